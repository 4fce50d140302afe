"""What dispatch reckons with, set by two at once; on PostgreSQL, where two may write at once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from store.commands import LoadTravel, SetFigure
from store.commands.figures import set_figure
from store.domain.errors import BadInput
from store.domain.who import Who
from store.persistence.journal import _DESK_LOCK
from store.queries.figures import DispatchFigures
from store.records import open_records
from tests.scheduler.faults import until
from tests.store.desk import ANA, do, minutes
from tests.store.fresh_desks import furnished_in_utc
from tests.store.test_handover_races import waiters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.domain.intents import Command
    from store.records import Records
    from tests.prepared import Prepared

CHIEF = Who(operator=2)


@pytest.fixture
def desks(prepared: Prepared, tmp_path: Path) -> Iterator[tuple[Records, Records]]:
    """The same store, opened twice."""
    with prepared.copy("postgresql", furnished_in_utc, tmp_path) as url:
        records, other = open_records(url, feed=False), open_records(url, feed=False)
        yield records, other
        other.close()
        records.close()


def test_of_two_figures_the_second_is_held_to_the_first(desks: tuple[Records, Records]) -> None:
    """Each alone is right; together a position would be forgotten before it is old."""
    records, other = desks
    told: list[BadInput] = []

    def second() -> None:
        try:
            do(other, SetFigure(figure="forgotten", value=100), who=CHIEF)
        except BadInput as refusal:
            told.append(refusal)

    with records.work(who=CHIEF, at=minutes(1)) as first:
        set_figure(first, SetFigure(figure="stale", value=400))
        beside = threading.Thread(target=second)
        beside.start()
        until(lambda: waiters(records) == 1 or not beside.is_alive())
    beside.join(timeout=60)
    assert not beside.is_alive()
    assert len(told) == 1
    figures = records.ask(DispatchFigures(), who=ANA, at=minutes(2)).figures
    assert (figures.stale, figures.forgotten) == (400, 480)


@pytest.mark.parametrize(
    "command",
    [
        SetFigure(figure="speed", value=48),
        LoadTravel(pairs=(("S1", "N1", 5),)),
        LoadTravel(pairs=()),
    ],
    ids=["figure", "travel", "no travel"],
)
def test_promises_are_held_before_the_desk(
    desks: tuple[Records, Records], command: Command
) -> None:
    """Who waits for those who change a calendar has nothing that they wait for."""
    records, other = desks
    do(records, LoadTravel(pairs=(("S1", "N1", 9),)), who=CHIEF)
    beside = threading.Thread(target=do, args=(other, command), kwargs={"who": CHIEF})
    with records.work(who=CHIEF, at=minutes(1)) as first:
        first.hold_promises(alone=True)
        beside.start()
        until(lambda: waiters(records) == 1 or not beside.is_alive())
        asked = text(f"SELECT pg_try_advisory_xact_lock({_DESK_LOCK})")
        assert first.conn.execute(asked).scalar_one()
    beside.join(timeout=60)
    assert not beside.is_alive()
