"""Automatic dispatch: what the desk does about orders that nobody has, mode by mode."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler import automatic
from scheduler.automatic import dispatch_waiting
from scheduler.runner import fire_due
from scheduler.service import Service
from store.commands import (
    FollowOrder,
    MoveOrder,
    SaveSite,
    SaveTechnician,
    SaveView,
    SendNominee,
    SetAutomatic,
    SetPriority,
    Undo,
)
from store.domain.dispatch.refusals import NomineeGone
from store.domain.errors import NameUnknown, Stale
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.queries.automatic import ListAutomatic, ModeFor
from store.queries.board import BoardLine, LineOf
from store.queries.card import OrderCard, Trace
from store.records import open_records
from tests.scheduler.desk import ANA, START, after

if TYPE_CHECKING:
    from store.domain.intents import Command, Done
    from tests.scheduler.desk import Desk

FAR_EAST = 0.25
"""Degrees: so far from the site that the way there costs more than the margin."""


def do(desk: Desk, command: Command) -> Done:
    return desk.records.do(command, who=ANA, at=START)


def furnished(desk: Desk, *homes: float) -> tuple[str, ...]:
    """One site, and technicians at home so many degrees east of it."""
    do(desk, SaveSite(code="A", name="Site A", zone="UTC", latitude=31.2, longitude=121.4))
    codes = tuple(f"T{place}" for place, _ in enumerate(homes, 1))
    for code, east in zip(codes, homes, strict=True):
        home = SaveSite(
            code=f"H{code}", name=f"Home {code}", zone="UTC", latitude=31.2, longitude=121.4 + east
        )
        do(desk, home)
        do(desk, SaveTechnician(code=code, name=f"Name {code}", home=f"H{code}"))
    return codes


def looked(desk: Desk, minutes: float = 0) -> None:
    """Look until nothing is left to be looked at."""
    while dispatch_waiting(desk.records, at=after(minutes)).more:
        pass


def line(desk: Desk, number: int, minutes: float = 0) -> BoardLine:
    found = desk.records.ask(LineOf(number=number), who=ANA, at=after(minutes))
    assert found is not None
    return found


def proposed(desk: Desk, number: int) -> str | None:
    nominee = line(desk, number).nominee
    return None if nominee is None else nominee.code


def told(desk: Desk, number: int, fact: str) -> dict[str, Any]:
    """What the newest such entry of an order tells."""
    trace = desk.records.ask(Trace(number=number), who=ANA, at=START)
    return dict(next(one.body for one in reversed(trace) if one.fact == fact))


def test_a_desk_dispatches_nothing_by_itself_until_it_is_told(desk: Desk) -> None:
    """And plans no timer more for it: an order has those that it always had."""
    furnished(desk, 0.0)
    number = desk.order()
    before = desk.rows("SELECT count(*) FROM timer")[0][0]
    assert dispatch_waiting(desk.records, at=START).on is False
    assert (proposed(desk, number), line(desk, number).technician_code) == (None, None)
    do(desk, SetAutomatic(mode="act"))
    do(desk, SetAutomatic(mode="off"))
    assert dispatch_waiting(desk.records, at=START).on is False
    assert desk.rows("SELECT count(*) FROM nominee")[0][0] == 0
    assert desk.rows("SELECT count(*) FROM timer")[0][0] == before
    do(desk, SetAutomatic(mode="propose"))
    looked(desk)
    assert desk.rows("SELECT count(*) FROM timer")[0][0] == before


def test_it_proposes_the_best_with_its_reasons(desk: Desk) -> None:
    """Told once, whoever looks how often; nobody is sent, and the order's version stays."""
    furnished(desk, FAR_EAST, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    number = desk.order(site="A")
    version = line(desk, number).version
    looked(desk)
    looked(desk, 6)
    shown = line(desk, number)
    assert shown.nominee is not None
    assert (shown.nominee.code, shown.nominee.arrive_at) == ("T2", after(6))
    assert shown.nominee.left_s == 60 * (120 - 6 - 60)
    assert (shown.technician_code, shown.version) == (None, version)
    assert desk.facts(number).count("nominated") == 1
    body = told(desk, number, "nominated")
    assert (body["mode"], body["parts"], body["gap"] > 15) == ("propose", {}, True)
    card = desk.records.ask(OrderCard(number=number), who=ANA, at=START)
    assert {one.code for one in card.technicians.values()} == {"T1", "T2"}


def test_what_is_proposed_is_sent_with_one_command(desk: Desk) -> None:
    """The same as an assigning, taken back as one; another version, or another one, is refused."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="propose"))
    number = desk.order(site="A")
    looked(desk)
    nominee, version = line(desk, number).nominee, line(desk, number).version
    assert nominee is not None
    with pytest.raises(Stale):
        do(desk, SendNominee(number=number, technician=nominee.id, version=version + 1))
    with pytest.raises(NomineeGone):
        do(desk, SendNominee(number=number, technician=nominee.id + 1, version=version))
    do(desk, SendNominee(number=number, technician=nominee.id, version=version))
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T1", None)
    do(desk, Undo())
    assert line(desk, number).technician_code is None
    with pytest.raises(NomineeGone):
        do(desk, SendNominee(number=number, technician=nominee.id))


def test_it_acts_where_the_best_is_clearly_the_best(desk: Desk) -> None:
    """Journalled as the desk's own, with its reasons in the same deed, and taken back as one."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")
    looked(desk)
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T1", None)
    rows = desk.rows(
        "SELECT fact, coalesce(deed, seq) AS deed, by, via FROM journal"
        " WHERE number = :n AND fact IN ('assigned', 'chosen')",
        n=number,
    )
    assert {row.fact for row in rows} == {"assigned", "chosen"}
    assert len({row.deed for row in rows}) == 1
    assert {(row.by, row.via) for row in rows} == {(THE_DESK.operator, "scheduler")}
    assert told(desk, number, "chosen")["gap"] > 15
    do(desk, Undo(number=number))
    assert line(desk, number).technician_code is None
    looked(desk, 1)
    shown = line(desk, number)
    assert shown.technician_code is None, "what a person took back is not done again"
    assert shown.nominee is not None
    assert (shown.nominee.code, shown.nominee.why) == ("T2", "taken_back")


def test_it_asks_where_two_are_as_good(desk: Desk) -> None:
    """By the margin that is set: none is enough for a smaller one."""
    furnished(desk, 0.0, 0.01)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")
    looked(desk)
    shown = line(desk, number)
    assert shown.nominee is not None
    assert (shown.technician_code, shown.nominee.code, shown.nominee.why) == (None, "T1", "close")
    do(desk, SetAutomatic(mode="act", margin=1))
    looked(desk)
    assert line(desk, number).technician_code == "T1"


def test_it_asks_where_somebody_follows(desk: Desk) -> None:
    """He has said that he sees to it."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")
    do(desk, FollowOrder(number=number))
    looked(desk)
    nominee = line(desk, number).nominee
    assert nominee is not None
    assert (nominee.code, nominee.why) == ("T1", "followed")


def test_it_makes_no_order_of_the_first_priority_late(desk: Desk) -> None:
    """Where sending the best would, it asks."""
    furnished(desk, 0.0)
    first = desk.order(site="A", priority=1)
    do(desk, MoveOrder(number=first, move=Move.ASSIGN, technician="T1"))
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A", priority=1)
    looked(desk, 70)
    nominee = line(desk, number, 70).nominee
    assert nominee is not None
    assert nominee.why == "urgent"


def test_who_does_not_accept_loses_it_to_the_next(desk: Desk) -> None:
    """Each is asked once; those who said no or let it lapse are not asked again."""
    furnished(desk, 0.0, FAR_EAST, 2 * FAR_EAST)
    do(desk, SetAutomatic(mode="act", accept_min=5, margin=0))
    number = desk.order(site="A")
    looked(desk)
    looked(desk, 4.9)
    assert line(desk, number).technician_code == "T1"
    looked(desk, 5)
    assert line(desk, number).technician_code == "T2"
    desk.move(number, Move.DECLINE, at=after(6), reason="no")
    looked(desk, 6)
    assert line(desk, number).technician_code == "T3"
    looked(desk, 12)
    shown = line(desk, number)
    assert (shown.technician_code, shown.nominee) == ("T3", None), "nobody is left to ask"
    assert desk.facts(number).count("chosen") == 3


def test_who_accepted_keeps_it(desk: Desk) -> None:
    """However long he takes to come."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", accept_min=5))
    number = desk.order(site="A")
    looked(desk)
    desk.move(number, Move.ACCEPT, at=after(4))
    looked(desk, 60)
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T1", None)


def test_whom_a_person_sent_is_not_replaced_but_the_next_is_proposed(desk: Desk) -> None:
    """A person's choice is a person's to change; so it stays, however often the desk looks."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", accept_min=5, margin=0))
    number = desk.order(site="A")
    do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"))
    for minutes in (1, 5, 11, 17):
        looked(desk, minutes)
    shown = line(desk, number)
    assert shown.nominee is not None
    assert (shown.technician_code, shown.nominee.code) == ("T1", "T2")
    assert shown.nominee.why == "by_hand"
    assert desk.facts(number).count("nominated") == 1
    do(desk, SendNominee(number=number, technician=shown.nominee.id, version=shown.version))
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T2", None)


def test_what_three_declined_is_for_a_person(desk: Desk) -> None:
    """The desk asks nobody more, and it rings at once, in the lane of those nobody follows."""
    furnished(desk, 0.0, FAR_EAST, 2 * FAR_EAST, 3 * FAR_EAST)
    do(desk, SetAutomatic(mode="act", margin=0))
    number = desk.order(site="A", priority=2)
    for minutes in (1, 2, 3):
        looked(desk, minutes)
        desk.move(number, Move.DECLINE, at=after(minutes), reason="no")
    looked(desk, 3)
    assert (line(desk, number).technician_code, proposed(desk, number)) == (None, None)
    fire_due(desk.records, at=after(3))
    assert ("orphan", "", 0, False) in desk.alarms(number)
    assert line(desk, number).orphan_at == after(3)


def test_one_setting_goes_before_another(desk: Desk) -> None:
    """A view's before a queue's, one for a priority before one for all; of views the careful."""
    furnished(desk, 0.0)
    do(desk, SaveView(name="lifts", query="lift", shared=True))
    do(desk, SaveView(name="stuck", query="stuck", shared=True))
    number = desk.order(site="A", priority=2)

    def mode() -> str | None:
        found = desk.records.ask(ModeFor(number=number), who=ANA, at=START)
        return None if found is None else found.mode.value

    steps: tuple[tuple[dict[str, Any], str], ...] = (
        ({"mode": "propose"}, "propose"),
        ({"mode": "act", "priority": 2}, "act"),
        ({"mode": "off", "priority": 1}, "act"),
        ({"mode": "propose", "queue": "overdue"}, "act"),
        ({"mode": "act", "queue": "lifts"}, "act"),
        ({"mode": "off", "queue": "stuck"}, "off"),
        ({"mode": None, "queue": "stuck"}, "act"),
        ({"mode": "propose", "queue": "lifts"}, "propose"),
    )
    assert mode() is None
    for given, wanted in steps:
        do(desk, SetAutomatic(**given))
        assert mode() == wanted, given
    listed = desk.records.ask(ListAutomatic(), who=ANA, at=START)
    assert [(one.setting.queue, one.setting.priority) for one in listed] == [
        ("lifts", 0), ("overdue", 0), ("all_open", 1), ("all_open", 2), ("all_open", 0),
    ]  # fmt: skip
    assert [one.open_orders for one in listed] == [1, 0, 1, 1, 1]
    with pytest.raises(NameUnknown):
        do(desk, SetAutomatic(mode="act", queue="nowhere"))


def test_a_setting_is_taken_back_and_what_was_proposed_with_it(desk: Desk) -> None:
    """Exactly as it was, and again."""
    furnished(desk, 0.0)
    number = desk.order(site="A")
    do(desk, SetAutomatic(mode="propose"))
    do(desk, SetAutomatic(mode="act", margin=30))
    do(desk, Undo())

    def now() -> list[tuple[str, int]]:
        found = desk.records.ask(ListAutomatic(), who=ANA, at=START)
        return [(one.setting.mode.value, one.setting.margin) for one in found]

    assert now() == [("propose", 15)]
    looked(desk)
    assert proposed(desk, number) == "T1"
    do(desk, Undo())
    assert (now(), proposed(desk, number)) == ([], None)
    do(desk, Undo(redo=True))
    assert now() == [("propose", 15)]


def test_another_priority_weighs_anew_what_was_proposed(desk: Desk) -> None:
    """An order that its mode leaves alone now has nobody proposed after the next look."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose", priority=2))
    number = desk.order(site="A", priority=2)
    other = desk.order(site="A", priority=3)
    looked(desk)
    assert (proposed(desk, number), proposed(desk, other)) == ("T1", None)
    do(desk, SetAutomatic(mode="propose", priority=3))
    do(desk, SetAutomatic(mode="off", priority=2))
    do(desk, SetPriority(number=other, priority=2))
    looked(desk, 6)
    assert (proposed(desk, number), proposed(desk, other)) == (None, None)


def test_four_schedulers_send_once(desk: Desk) -> None:
    """At the same time, over the same orders; nobody is sent to two as if he had none."""
    furnished(desk, 0.0, FAR_EAST, 2 * FAR_EAST)
    do(desk, SetAutomatic(mode="act", margin=0))
    numbers = [desk.order(site="A", priority=3) for _ in range(6)]
    url = str(desk.records.database.url)

    def look(_: int) -> None:
        with closing(open_records(url, feed=False)) as mine:
            while dispatch_waiting(mine, at=START).more:
                pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(4)))
    looked(desk)
    for number in numbers:
        facts = desk.facts(number)
        assert (facts.count("assigned"), facts.count("chosen")) == (1, 1)


def test_what_dies_half_way_has_sent_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order, its reasons and what is kept of it are one transaction."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")

    class Dies(BaseException):
        pass

    from store.persistence import nominees

    def dying(*_: Any, **__: Any) -> None:
        raise Dies

    monkeypatch.setattr(nominees, "keep", dying)
    with pytest.raises(Dies):
        looked(desk)
    assert (desk.facts(number), line(desk, number).technician_code) == (["created"], None)
    monkeypatch.undo()
    looked(desk)
    assert desk.facts(number).count("chosen") == 1


def test_a_fault_of_one_order_keeps_no_other_from_its_turn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is put off; the next has somebody."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    bad, good = desk.order(site="A", priority=1), desk.order(site="A", priority=2)
    weigh = automatic._decision

    def failing(work: Any, order: Any, *more: Any) -> Any:
        if order.number == bad:
            raise ZeroDivisionError
        return weigh(work, order, *more)

    monkeypatch.setattr(automatic, "_decision", failing)
    looked(desk)
    assert (proposed(desk, bad), proposed(desk, good)) == (None, "T1")
    monkeypatch.undo()
    looked(desk, 4)
    assert proposed(desk, bad) is None
    looked(desk, 6)
    assert proposed(desk, bad) == "T1"


def test_the_service_looks_beside_its_sweeps(desk: Desk) -> None:
    """By the clock it is given; and at once with news, where the desk does anything by itself."""
    now = [START]
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    service = Service(desk.records, now=lambda: now[0])
    number = desk.order(site="A")
    service._ring()
    assert proposed(desk, number) == "T1"
    other = desk.order(site="A")
    service._ring()
    assert proposed(desk, other) is None
    now[0] += timedelta(seconds=5)
    service._ring()
    assert proposed(desk, other) == "T1"
    assert service.pulse.trouble is None
