"""What the board asks besides its queues: people, alarms, cards, reasons, the desk's pulse."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, update

from store.commands import PromiseFollowUp, SaveAbsence, SaveOperator, SaveShift, SaveTechnician
from store.domain.errors import BadInput, NameUnknown, OrderUnknown
from store.domain.ledger import EntryKind
from store.domain.lifecycle import Move, State, VisitState
from store.domain.targets import ClockKind
from store.domain.who import Role, Scope, Who
from store.persistence.tables import metadata
from store.queries.alarms import AlarmStrip
from store.queries.card import OrderCard, Trace
from store.queries.explain import Explain
from store.queries.health import Health
from store.queries.lists import (
    ListAlarms,
    ListCustomers,
    ListOrders,
    ListSites,
    ListTechnicians,
    StreamOrders,
)
from store.queries.people import DeskEmpty, OperatorNamed, Operators, PeopleNamed, TechnicianBoard
from tests.store.desk import ANA, AT_NORTH, NINE, do, minutes, move, written

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Query
    from store.records import Records


def ask(records: Records, query: Query[Any], *, who: Who = ANA, at: datetime = NINE) -> Any:
    """Ask as Ana at nine, unless told otherwise."""
    return records.ask(query, who=who, at=at)


def _raise(records: Records, number: int, severity: int, **values: Any) -> None:
    row = {"kind": "breach", "severity": severity, "due_at": NINE, "raised_at": NINE}
    with records.database.writing() as conn:
        conn.execute(insert(metadata.tables["alarm"]), {"number": number, **row, **values})


def test_technicians_stand_by_how_far_along_they_are(records: Records) -> None:
    """On site before en route before accepted, with their order and since when."""
    first, second = written(records), written(records, site="S1")
    move(records, first, Move.ASSIGN, minutes(1), technician="T2")
    move(records, second, Move.ASSIGN, minutes(2), technician="T3")
    for place, step in enumerate((Move.ACCEPT, Move.DEPART, Move.ARRIVE), 3):
        move(records, second, step, minutes(place))
    lines = ask(records, TechnicianBoard(), at=minutes(9))
    assert [(line.code, line.state, line.number, line.jobs) for line in lines] == [
        ("T3", "on_site", second, 1), ("T2", "assigned", first, 1), ("T1", "available", None, 0),
    ]  # fmt: skip
    assert (lines[0].state_since, lines[0].site_name) == (minutes(5), "South Tower")
    seen = ask(records, TechnicianBoard(), who=AT_NORTH)
    assert {line.code: line.title for line in seen} == {
        "T1": None, "T2": "lift stuck", "T3": None,
    }  # fmt: skip


def test_until_when_somebody_is_off_shift_is_told(records: Records) -> None:
    """The next shift of several; nothing while one runs, and nothing after the last."""
    for begins in (180, 60):
        ends_at = minutes(begins + 30)
        do(records, SaveShift(technician="T1", starts_at=minutes(begins), ends_at=ends_at))

    def until(at: int) -> datetime | None:
        return records.ask(ListTechnicians(), who=ANA, at=minutes(at))[0].off_until

    assert [until(at) for at in (0, 60, 90, 210)] == [minutes(60), None, minutes(180), None]


def test_shifts_and_absences_are_told(records: Records) -> None:
    """A technician without any shift counts as there; ends are exclusive."""
    do(records, SaveShift(technician="T1", starts_at=NINE, ends_at=minutes(60)))
    do(records, SaveAbsence(technician="T2", starts_at=NINE, ends_at=minutes(30), reason="ill"))
    told = {
        at: {
            line.code: (line.on_shift, line.absent)
            for line in ask(records, TechnicianBoard(), at=minutes(at))
        }
        for at in (0, 30, 60)
    }
    assert told == {
        0: {"T1": (True, False), "T2": (True, True), "T3": (True, False)},
        30: {"T1": (True, False), "T2": (True, False), "T3": (True, False)},
        60: {"T1": (False, False), "T2": (True, False), "T3": (True, False)},
    }


def test_of_alarms_as_bad_the_longest_due_comes_first(records: Records) -> None:
    """After a night asleep all were raised at the same instant."""
    for number, minute in ((written(records), 5), (written(records), 3), (written(records), 4)):
        _raise(records, number, 2, due_at=minutes(minute), raised_at=NINE)
    strip = ask(records, AlarmStrip())
    assert [alarm.due_at for alarm in strip.alarms] == [minutes(m) for m in (3, 4, 5)]
    assert [a.number for a in ask(records, ListAlarms())] == [a.number for a in strip.alarms]


def test_the_alarm_strip_is_no_flood(records: Records) -> None:
    """Worst first; what nobody answered, be it quiet, before what somebody did."""
    numbers = [written(records, site="N1" if n % 2 else "S1") for n in range(6)]
    for number, (severity, minute, seen) in zip(
        numbers,
        [(2, 5, True), (2, 3, False), (1, 9, False), (4, 7, False), (4, 2, True), (3, 1, False)],
        strict=True,
    ):
        seen_by = {"acknowledged_at": NINE, "acknowledged_by": 3} if seen else {}
        times = {"due_at": minutes(minute), "raised_at": minutes(minute)}
        _raise(records, number, severity, **times, **seen_by)
    strip = ask(records, AlarmStrip())
    assert [alarm.number for alarm in strip.alarms] == [numbers[n] for n in (2, 1, 5, 3, 0)]
    assert (strip.standing, strip.unacknowledged) == (6, 3)
    assert strip.alarms[-1].acknowledged_by == "Ana"
    quiet = strip.quiet
    assert (quiet.count, quiet.oldest_at, quiet.newest_at) == (2, minutes(2), minutes(7))
    assert [a.number for a in ask(records, AlarmStrip(limit=1)).alarms] == [numbers[2]]
    north = ask(records, AlarmStrip(), who=AT_NORTH)
    assert (north.standing, [alarm.number for alarm in north.alarms]) == (
        3, [numbers[1], numbers[5], numbers[3]],
    )  # fmt: skip
    listed = ask(records, ListAlarms(text="South"))
    assert [alarm.number for alarm in listed] == [numbers[n] for n in (2, 0, 4)]


def test_a_card_tells_everything_about_an_order(records: Records) -> None:
    """Names beside ids, clocks with what is left, promises, the alarm."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    move(records, number, Move.ACCEPT, minutes(10))
    move(records, number, Move.WAIT, minutes(20), reason="parts", wake_at=minutes(600))
    do(records, PromiseFollowUp(number=number, due_at=minutes(90), note="call"), at=minutes(21))
    _raise(records, number, 2)
    card = ask(records, OrderCard(number=number), at=minutes(60))
    assert card.order.state is State.WAITING
    assert (card.site.name, card.customer.code, card.level.code) == ("北楼", "C1", "standard")
    assert [visit.state for visit in card.order.visits] == [VisitState.ACCEPTED]
    assert [named.name for named in card.technicians.values()] == ["李强"]
    clocks = {held.clock.kind: held for held in card.clocks}
    assert clocks[ClockKind.RESPOND].remaining_s is None
    assert clocks[ClockKind.RESPOND].elapsed_s == 600
    resolve = clocks[ClockKind.RESOLVE]
    assert (resolve.paused, resolve.overdue) == (True, False)
    assert (resolve.elapsed_s, resolve.remaining_s) == (1200, 4 * 3600 - 1200)
    assert clocks[ClockKind.NEXT_UPDATE].remaining_s == 0
    assert [promised.note for promised in card.follow_ups] == ["call"]
    assert card.alarm.severity == 2
    assert (card.due_at, card.overdue, card.elapsed_s) == (None, False, 1200)


def test_a_trace_names_who_did_what(records: Records) -> None:
    """Oldest first, the newest kept where they are many; salts stay in the store."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    move(records, number, Move.DECLINE, minutes(1), reason="too far")
    entries = ask(records, Trace(number=number))
    assert [(entry.fact, entry.by_name) for entry in entries] == [
        ("created", "Ana"), ("assigned", "Ana"), ("declined", "Ana"),
    ]  # fmt: skip
    assert entries[0].words == {"title": "lift stuck"}
    assert "too far" in entries[2].words.values()
    assert [e.fact for e in ask(records, Trace(number=number, limit=2))] == ["assigned", "declined"]


@pytest.mark.parametrize("query", [OrderCard, Trace, Explain])
def test_an_order_out_of_sight_is_unknown(records: Records, query: type[Any]) -> None:
    """The same as one that is not there."""
    number = written(records, site="S1")
    assert ask(records, query(number=number)) is not None
    for who, wanted in ((AT_NORTH, number), (ANA, 999)):
        with pytest.raises(OrderUnknown):
            ask(records, query(number=wanted), who=who)


def test_a_deadline_is_explained(records: Records) -> None:
    """The working time adds up to the target, and the pause stands between."""
    number = written(records)
    move(records, number, Move.WAIT, minutes(60), reason="parts", wake_at=minutes(600))
    move(records, number, Move.RESUME, minutes(90))
    told = ask(records, Explain(number=number, kind=ClockKind.RESOLVE), at=minutes(100))
    worked = sum(e.seconds for e in told.entries if e.kind is EntryKind.WORK)
    assert (worked, told.zone, told.calendar) == (4 * 3600, "Asia/Shanghai", "Office hours")
    pauses = [e for e in told.entries if e.kind is EntryKind.PAUSE]
    assert [(e.from_at, e.to_at) for e in pauses] == [(minutes(60), minutes(90))]
    # Four hours from nine, half an hour paused, an hour for lunch.
    assert told.entries[-1].to_at == told.clock.due_at == minutes(5 * 60 + 30)
    assert ask(records, Explain(number=number)).clock.kind is ClockKind.RESPOND


def test_the_pulse_tells_whether_timers_fire(records: Records) -> None:
    """Late, failing and pending ones, and the journal's head."""
    written(records)
    calm = ask(records, Health())
    assert (calm.late, calm.late_since, calm.failing, calm.trouble) == (0, None, 0, None)
    assert (calm.pending > 0, calm.head) == (True, records.head())
    assert calm.next_aim_at is not None
    soon = calm.next_aim_at + timedelta(seconds=1)
    late = ask(records, Health(), at=soon)
    assert (late.late, late.late_since, late.pending) == (1, calm.next_aim_at, calm.pending)
    timers = metadata.tables["timer"]
    with records.database.writing() as conn:
        change = update(timers).where(timers.c.aim_at == calm.next_aim_at)
        conn.execute(change.values(tries=3, trouble="no such file"))
    failing = ask(records, Health(), at=soon)
    assert (failing.failing, failing.trouble) == (1, "no such file")
    assert (failing.late, failing.late_since) == (0, None), "somebody sweeps"


def test_an_operator_is_known_by_code_with_his_sites(records: Records) -> None:
    """The desk's own row is no operator to sit down as, and strangers are refused."""
    do(records, SaveOperator(code="bo", name="Bo", sites=("N1",)))
    bo = ask(records, OperatorNamed(code="bo", via="ssh"))
    assert bo == Who(operator=4, role=Role.DISPATCHER, scope=Scope(frozenset({1})), via="ssh")
    assert ask(records, OperatorNamed(code="ana")).scope.sites is None
    assert [named.code for named in ask(records, Operators())] == ["ana", "bo", "desk"]
    with pytest.raises(NameUnknown):
        ask(records, OperatorNamed(code="nobody"))


def test_names_are_offered_as_they_are_typed(records: Records) -> None:
    """By code or any part of the name, those that begin with it first, within the asker's sites."""
    for what, text, who, codes in (
        ("technician", "李", ANA, ["T1", "T2"]),
        ("technician", "fang", ANA, ["T3"]),
        ("technician", "", ANA, ["T1", "T2", "T3"]),
        ("site", "T", ANA, ["S1"]),
        ("site", "", AT_NORTH, ["N1"]),
        ("customer", "h", ANA, ["C2"]),
        ("technician", "%", ANA, []),
    ):
        found = ask(records, PeopleNamed(what=what, text=text), who=who)
        assert [named.code for named in found] == codes, (what, text)
    do(records, SaveTechnician(code="T2", name="李伟", active=False))
    assert [t.code for t in ask(records, PeopleNamed(what="technician", text="李"))] == ["T1"]
    with pytest.raises(NameUnknown):
        ask(records, PeopleNamed(what="password"))


def test_registers_are_listed_within_the_sites_of_the_asker(records: Records) -> None:
    """A customer belongs to a site office when it has an order there."""
    written(records, site="N1", customer="C1")
    written(records, site="S1", customer="C2")
    assert [(s.code, s.open_orders) for s in ask(records, ListSites())] == [("N1", 1), ("S1", 1)]
    assert [site.code for site in ask(records, ListSites(), who=AT_NORTH)] == ["N1"]
    assert [c.code for c in ask(records, ListCustomers(), who=AT_NORTH)] == ["C1"]
    assert [c.code for c in ask(records, ListCustomers(text="hotel"))] == ["C2"]
    assert [t.code for t in ask(records, ListTechnicians(text="wang"))] == ["T3"]
    first = ask(records, ListTechnicians(limit=2))
    rest = ask(records, ListTechnicians(after=first[-1].id))
    assert [t.code for t in (*first, *rest)] == ["T1", "T2", "T3"]


def test_orders_are_listed_page_by_page(records: Records) -> None:
    """Newest first for people, lowest first for an export; each exactly once."""
    numbers = [written(records, title=f"job {n}", site="N1" if n < 3 else "S1") for n in range(5)]
    seen: list[int] = []
    before = None
    while page := ask(records, ListOrders(limit=2, before=before)):
        seen += [line.number for line in page]
        before = page[-1].number
    assert seen == numbers[::-1]
    streamed, after = [], 0
    while page := ask(records, StreamOrders(after=after, limit=2)):
        streamed += [line.number for line in page]
        after = page[-1].number
    assert streamed == numbers
    assert len(ask(records, StreamOrders(), who=AT_NORTH)) == 3
    with pytest.raises(BadInput):
        ask(records, ListOrders(limit=0))


def test_overdue_is_that_of_the_resolve_clock(records: Records) -> None:
    """Open: past due now. Done: met after due. Paused or in time: no. The due time is in time."""
    due = minutes(5 * 60)  # four working hours from nine, over lunch
    late, kept, paused, still = (written(records) for _ in range(4))
    for number, done in ((late, due + timedelta(seconds=1)), (kept, due)):
        move(records, number, Move.FINISH, done, insist=True)
    move(records, paused, Move.WAIT, minutes(60), reason="parts", wake_at=minutes(6000))
    for at, open_late in ((due, False), (due + timedelta(seconds=1), True)):
        lines = {line.number: line for line in ask(records, StreamOrders(), at=at)}
        assert [lines[n].overdue for n in (late, kept, paused)] == [True, False, False]
        assert (lines[still].overdue, lines[still].due_at) == (open_late, due)
        assert (lines[paused].due_at, lines[paused].elapsed_s) == (None, 3600)
        assert (lines[kept].elapsed_s, lines[late].elapsed_s) == (4 * 3600, 4 * 3600 + 1)


def test_a_desk_is_empty_until_its_first_order(records: Records) -> None:
    """Registers do not count."""
    assert ask(records, DeskEmpty()) is True
    written(records)
    assert ask(records, DeskEmpty()) is False
