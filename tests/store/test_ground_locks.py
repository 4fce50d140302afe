"""Who sends somebody holds what everybody is reckoned with; on PostgreSQL, where two may write."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event

from store.commands import (
    LoadTravel,
    SaveCustomer,
    SaveKind,
    SaveSite,
    SaveTechnician,
    SetFigure,
    Undo,
)
from store.records import open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, do, furnish, minutes, stored
from tests.store.recommend_desk import furniture, order
from tests.store.test_figures_race import CHIEF
from tests.store.test_handover_races import waiters
from tests.store.test_send_as_shown import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.domain.intents import Command
    from store.records import Records
    from tests.prepared import Prepared

LOADED = LoadTravel(pairs=(("A", "B", 20), ("B", "A", 25)))
CHANGES: dict[str, Command] = {
    "figure": SetFigure(figure="speed", value=40),
    "kind": SaveKind(code="lift", name="Lift", skill="hoist", level=2),
    "skill": SaveTechnician(code="BO", name="Bo", skills={"lift": 5, "hoist": 2}),
    "travel": LOADED,
    "no travel": LoadTravel(pairs=()),
    "undo": Undo(),
    "wish": SaveCustomer(code="C9", name="Choosy", asks_for=("AN",)),
}


def _furnished(url: str) -> None:
    records = open_records(url, feed=False)
    furnish(records)
    for one in furniture():
        do(records, one, who=CHIEF)
    do(records, LoadTravel(pairs=(("A", "B", 9), ("B", "A", 9))), who=CHIEF)
    do(records, SetFigure(figure="road", value=120), who=CHIEF)
    records.close()


@pytest.fixture
def desks(prepared: Prepared, tmp_path: Path) -> Iterator[tuple[Records, Records]]:
    """The same store opened twice: two who master lifts, a table of ways, a figure that was set."""
    with prepared.copy("postgresql", _furnished, tmp_path) as url:
        records, other = open_records(url, feed=False), open_records(url, feed=False)
        yield records, other
        other.close()
        records.close()


@pytest.fixture
def desk(desks: tuple[Records, Records]) -> Records:
    """The first of them."""
    return desks[0]


@pytest.mark.parametrize("what", CHANGES)
def test_who_sends_and_who_changes_wait_in_no_circle(
    desk: Records, desks: tuple[Records, Records], what: str
) -> None:
    """A change that waits for a sending holds up nobody whom the sending might wait for."""
    number, other = order(desk, site="B"), desks[1]
    troubles: list[BaseException] = []

    def write(command: Command) -> None:
        try:
            do(other, command, who=CHIEF)
        except BaseException as error:  # noqa: BLE001  told below, in the test's own thread
            troubles.append(error)

    moves = SaveSite(code="B", name="Site B", zone="UTC", region="EAST")
    change, site = (Thread(target=write, args=(one,)) for one in (CHANGES[what], moves))
    with desk.work(who=ANA, at=minutes(2)) as work:
        work.order(number)
        work.stamps([4], at=minutes(2))
        change.start()
        until(lambda: waiters(desk) == 1)
        site.start()
        site.join(20)
        assert not site.is_alive(), "who moves a site waits for a change that waits for us"
        work.places([number])
    change.join(60)
    assert not change.is_alive()
    assert troubles == []


def test_nobody_waits_while_the_rows_of_a_table_are_written(
    desk: Records, desks: tuple[Records, Records]
) -> None:
    """A large table takes seconds; who sends somebody meanwhile goes by the one that counts."""
    number, other = order(desk, site="B"), desks[1]
    sending = Thread(target=do, args=(desk, chosen(desk, number)), kwargs={"at": minutes(2)})
    sent: list[bool] = []

    def meanwhile(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith('INSERT INTO "travel_row"') and not sent:
            sending.start()
            sending.join(20)
            sent.append(not sending.is_alive())

    event.listen(Engine, "after_cursor_execute", meanwhile)
    try:
        do(other, LOADED, who=CHIEF)
    finally:
        event.remove(Engine, "after_cursor_execute", meanwhile)
    sending.join(60)
    assert sent == [True]
    assert stored(desk, number).technician is not None


def test_of_two_tables_one_comes_after_the_other(
    desk: Records, desks: tuple[Records, Records]
) -> None:
    """The second is held to what the first has left."""
    second = Thread(target=do, args=(desks[1], LOADED), kwargs={"who": CHIEF})
    with desk.work(who=CHIEF, at=minutes(1)) as first:
        first.travel_pairs()
        second.start()
        until(lambda: waiters(desk) == 1)
        first.put_travel({})
    second.join(60)
    assert not second.is_alive()
    with desk.work(who=CHIEF, at=minutes(3)) as work:
        assert work.travel_pairs() == 2
