"""Automatic dispatch beside those who change what it rests on: modes, people, other looks."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from scheduler import automatic
from scheduler.automatic import dispatch_waiting
from store.commands import (
    MoveTechnician,
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveRegion,
    SaveSite,
    SaveTechnician,
    SendNominee,
    SetAutomatic,
    Undo,
)
from store.domain.dispatch.refusals import NomineeCannot
from store.domain.errors import NameUnknown, StoreRaced
from store.domain.who import THE_DESK
from tests.scheduler.automatic_desk import do, furnished, line, looked, proposed
from tests.scheduler.desk import START, after

if TYPE_CHECKING:
    from store.domain.intents import Command
    from tests.scheduler.desk import Desk

NOT_YET = 0.5
"""Seconds in which whoever need not wait would be through."""


@pytest.mark.parametrize("off", [SetAutomatic(mode="off"), SetAutomatic(mode=None), Undo()])
def test_once_off_is_confirmed_nobody_is_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, off: Command
) -> None:
    """Said while somebody is being chosen, it is heard once he is sent, and not before."""
    furnished(desk, 0.0)
    desk.order(site="A", priority=3)
    do(desk, SetAutomatic(mode="act", margin=0))
    weigh, confirmed = automatic._decision, Event()

    def say_off() -> None:
        do(desk, off)
        confirmed.set()

    teller = Thread(target=say_off)

    def weighing(*given: Any) -> Any:
        teller.start()
        assert not confirmed.wait(NOT_YET)
        return weigh(*given)

    monkeypatch.setattr(automatic, "_decision", weighing)
    looked(desk)
    teller.join()
    told = [row.fact for row in desk.rows("SELECT fact FROM journal ORDER BY seq")]
    assert told[-2] == "chosen"
    assert told[-1] in {"automatic_set", "automatic_restored"}
    assert dispatch_waiting(desk.records, at=START).on is False


def test_a_lost_race_is_looked_at_with_the_next_look(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of the order, and puts nothing off."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    number = desk.order(site="A")

    def losing(*_: Any) -> Any:
        raise StoreRaced

    monkeypatch.setattr(automatic, "_decision", losing)
    dispatch_waiting(desk.records, at=START)
    assert proposed(desk, number) is None
    monkeypatch.undo()
    dispatch_waiting(desk.records, at=START)
    assert proposed(desk, number) == "T1"


def test_two_put_the_same_order_off(desk: Desk) -> None:
    """The second waits for the first, and what it says counts."""
    furnished(desk, 0.0)
    number = desk.order(site="A")
    troubles: list[BaseException] = []
    begun = Event()

    def put_off() -> None:
        try:
            begun.set()
            with desk.records.work(who=THE_DESK, at=START) as mine:
                mine.look_later(number, look_at=after(7))
        except BaseException as error:  # noqa: BLE001  told below, in the test's own thread
            troubles.append(error)

    other = Thread(target=put_off)
    with desk.records.work(who=THE_DESK, at=START) as work:
        work.look_later(number, look_at=after(5))
        other.start()
        begun.wait()
        other.join(NOT_YET)
    other.join()
    assert troubles == []
    assert desk.moments("SELECT look_at FROM nominee") == [after(7)]


def test_whoever_has_left_is_proposed_no_more(desk: Desk) -> None:
    """From then on, not from the next look on; nor can he be sent."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    number = desk.order(site="A")
    looked(desk)
    nominee = line(desk, number).nominee
    assert nominee is not None
    do(desk, SaveTechnician(code="T1", name="Name T1", active=False))
    assert proposed(desk, number) is None
    with pytest.raises(NameUnknown):
        do(desk, SendNominee(number=number, technician=nominee.id))


@pytest.mark.parametrize(
    ("since", "why"),
    [
        (MoveTechnician(technician="T1", state="off"), "off duty"),
        (SaveTechnician(code="T1", name="Name T1", skills={"lift": 2}), "lift at level 2"),
        (SaveKind(code="trapped", name="Trapped", certificate="Gas"), "certificate Gas"),
        (SaveCertificate(technician="T1", name="rescue", expires_at=after(-1)), "Rescue has ended"),
        (SaveCustomer(code="C1", name="Acme", refuses=("T1",)), "Acme does not want"),
        (SaveTechnician(code="T1", name="Name T1", regions=("WEST",)), "region East"),
    ],
)
def test_whom_a_standing_rule_keeps_away_is_not_sent(desk: Desk, since: Command, why: str) -> None:
    """Seen where he is sent: who asked before was told how it was then."""
    furnished(desk, 0.0)
    for one in (
        *(SaveRegion(code=code, name=code.title()) for code in ("EAST", "WEST")),
        SaveSite(code="A", name="Site A", region="EAST"),
        SaveTechnician(code="T1", name="Name T1", skills={"lift": 3}),
        SaveCertificate(technician="T1", name="rescue"),
        SaveKind(code="trapped", name="Trapped", skill="lift", level=3, certificate="Rescue"),
        SaveCustomer(code="C1", name="Acme"),
        SetAutomatic(mode="propose"),
    ):
        do(desk, one)
    number, other = (desk.order(site="A", kind="trapped", customer="C1") for _ in range(2))
    looked(desk)
    nominee = line(desk, number).nominee
    assert nominee is not None
    do(desk, SendNominee(number=other, technician=nominee.id))
    do(desk, since)
    with pytest.raises(NomineeCannot, match=why):
        do(desk, SendNominee(number=number, technician=nominee.id))
    assert line(desk, number).technician_code is None


def test_the_less_urgent_have_their_turn(desk: Desk) -> None:
    """However many more urgent ones are weighed anew in the meantime."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    numbers = [desk.order(site="A", priority=priority) for priority in (1, 1, 1, 4)]
    assert len(numbers) == 2 * automatic.LOOK
    for minutes in (0, 6):
        dispatch_waiting(desk.records, at=after(minutes))
    assert [proposed(desk, number) for number in numbers] == ["T1"] * 4
