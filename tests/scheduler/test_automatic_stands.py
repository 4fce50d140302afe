"""Whoever is sent stands as he did when it was reckoned who should go, until he is sent."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from scheduler import automatic
from store.commands import (
    MoveOrder,
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveShift,
    SendNominee,
    SetAutomatic,
    Undo,
)
from store.domain.dispatch.refusals import NomineeChanged
from store.domain.lifecycle import Move
from store.queries.recommend import Recommended, WhoGoes
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed
from tests.scheduler.desk import ANA, START, after

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.intents import Command
    from tests.scheduler.desk import Desk

NOT_YET = 0.5
"""Seconds in which whoever need not wait would be through."""
SINCE: dict[str, Command] = {
    "off duty": MoveTechnician(technician="T1", state="off"),
    "ill": SaveAbsence(technician="T1", starts_at=START, ends_at=after(600)),
    "other hours": SaveShift(technician="T1", starts_at=after(60), ends_at=after(600)),
    "a paper": SaveCertificate(technician="T1", name="Gas", expires_at=after(-1)),
    "another job": MoveOrder(number=1, move=Move.ASSIGN, technician="T1"),
}


def while_somebody(desk: Desk, command: Command) -> tuple[Callable[[], bool], Thread]:
    """Somebody else does this; whether he is through by now, if he need not wait."""
    through = Event()

    def act() -> None:
        do(desk, command)
        through.set()

    thread = Thread(target=act)

    def came() -> bool:
        if not thread.ident:
            thread.start()
        return through.wait(NOT_YET)

    return came, thread


@pytest.mark.parametrize("since", SINCE)
def test_who_stands_otherwise_by_now_is_not_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, since: str
) -> None:
    """What comes between the reasons and the sending is seen; the next look reckons with it."""
    furnished(desk, 0.0, FAR_EAST)
    assert desk.order(site="A", priority=4) == 1
    do(desk, SetAutomatic(mode="act", margin=0, priority=3))
    number = desk.order(site="A", priority=3)
    came, thread = while_somebody(desk, SINCE[since])
    weigh = automatic._decision
    seen: list[bool] = []

    def weighing(*given: Any) -> Any:
        if not seen:
            seen.append(came())
        return weigh(*given)

    monkeypatch.setattr(automatic, "_decision", weighing)
    automatic.dispatch_waiting(desk.records, at=START)
    thread.join()
    assert seen == [desk.records.database.kind == "postgresql"], "SQLite lets nobody in between"
    assert line(desk, number).technician_code == (None if seen[0] else "T1")
    looked(desk)
    assert line(desk, number).technician_code is not None
    assert desk.facts(number).count("chosen") == 1


def test_who_is_sent_stands_so_until_he_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever would change it waits; what he says comes after."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", margin=0))
    number = desk.order(site="A", priority=3)
    came, thread = while_somebody(desk, SINCE["off duty"])
    tell = automatic._told

    def telling(*given: Any) -> Any:
        assert not came()
        return tell(*given)

    monkeypatch.setattr(automatic, "_told", telling)
    automatic.dispatch_waiting(desk.records, at=START)
    thread.join()
    assert line(desk, number).technician_code == "T1"


def asked(desk: Desk, number: int, about: int) -> SendNominee:
    """What the console sends when the proposal is taken up."""
    query = WhoGoes(number=number, about=about, limit=1, stamped=True)
    found = desk.records.ask(query, who=ANA, at=START)
    assert isinstance(found.asked, Recommended)
    version = line(desk, number).version
    return SendNominee(
        number=number,
        technician=about,
        version=version,
        stamp=found.asked.stamp,
        as_of=found.at,
        place=found.place,
    )


@pytest.mark.parametrize("since", [one for one in SINCE if one != "off duty"])
def test_a_proposal_is_taken_up_only_as_it_was_asked(desk: Desk, since: str) -> None:
    """The operator is told, and nothing is done; asked anew, he decides by what is now."""
    furnished(desk, 0.0, FAR_EAST)
    assert desk.order(site="A", priority=4) == 1
    do(desk, SetAutomatic(mode="propose", priority=3))
    number = desk.order(site="A", priority=3)
    looked(desk)
    nominee = line(desk, number).nominee
    assert nominee is not None
    command = asked(desk, number, nominee.id)
    do(desk, SINCE[since])
    with pytest.raises(NomineeChanged, match="Name T1 has just got other hours, papers or orders"):
        do(desk, command)
    assert (line(desk, number).technician_code, proposed(desk, number)) == (None, "T1")
    if since not in {"ill", "other hours"}:
        do(desk, asked(desk, number, nominee.id))
        assert line(desk, number).technician_code == "T1"
        do(desk, Undo())


def test_whom_an_operator_sends_stands_so_until_he_is(desk: Desk) -> None:
    """Between the rules that are looked at and the sending nobody gives him anything else."""
    furnished(desk, 0.0)
    number = desk.order(site="A", priority=3)
    came, thread = while_somebody(desk, SINCE["off duty"])
    with desk.records.work(who=ANA, at=START) as work:
        him = work.technician("T1").id
        assert work.bars_of(work.order(number), him) == ()
        assert not came()
    thread.join()
