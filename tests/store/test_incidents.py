"""Major incidents: everybody concerned has word again and again, and who had none is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import (
    DeclareIncident,
    FollowOrder,
    PutUnder,
    SetPriority,
    StandDown,
    TakeOut,
    TellFamily,
    UpdateCustomer,
)
from store.domain.errors import BadInput, OrderUnknown, Stale
from store.domain.families import IncidentBelow
from store.domain.incidents import IncidentAlready, NoIncident, missed_word, promised_word
from store.domain.lifecycle import Move
from store.domain.moves_refusals import IncidentRuns, OrderOver
from store.domain.targets import ClockKind
from store.persistence.loading import ALARM
from store.persistence.mapping import CLOCK
from store.queries.board import LineOf
from store.queries.checks import Check
from store.queries.doctor import ExamineOrders
from store.queries.past import DeskThen
from tests.store.desk import ANA, AT_SOUTH, do, minutes, move, promises_kept, rows, stored, written
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

EVERY = 30 * 60


def declare(records: Records, number: int, at: float = 10, every: int = EVERY) -> int:
    """A major incident from then on; the entry that says so."""
    command = DeclareIncident(number=number, cadence_s=every)
    return do(records, command, at=minutes(at)).seq


def _due(records: Records, number: int) -> datetime | None:
    promised = promised_word(stored(records, number))
    return None if promised is None else promised.due_at


def _incident(records: Records, children: int = 2, **fields: object) -> list[int]:
    top, *under = (written(records, **fields) for _ in range(children + 1))
    for child in under:
        do(records, PutUnder(number=child, parent=top), at=minutes(5))
    declare(records, top)
    return [top, *under]


def test_it_promises_word_by_the_clock_on_the_wall(records: Records) -> None:
    """Round the clock, whatever the level's hours: also of a priority that promises no news."""
    number = written(records, priority=4)
    declare(records, number, at=12 * 60)
    assert _due(records, number) == minutes(12 * 60 + 30)
    assert records.ask(LineOf(number=number), who=ANA, at=minutes(721)).incident  # type: ignore[union-attr]
    promises_kept(records, [number])
    then = records.ask(DeskThen(then=minutes(721)), who=ANA, at=minutes(800))
    assert [line.incident for line in then.lines] == [True]


def test_the_alarm_rings_when_word_is_due_and_goes_with_the_notice(records: Records) -> None:
    """Each customer's journal has the words, and the clock starts anew from then."""
    top, one, two = _incident(records, priority=3)
    for number in (top, one, two):
        do(records, FollowOrder(number=number), at=minutes(11))  # so that nothing else rings
    fire_due(records, at=minutes(39))
    assert "update_due" not in {row["kind"] for row in rows(records, ALARM, number=top)}
    fire_due(records, at=minutes(40.1))
    rung = [row for row in rows(records, ALARM) if row["cleared_at"] is None]
    assert [(row["number"], row["kind"], row["clock"]) for row in rung] == [
        (top, "update_due", "next_update")
    ], "one alarm for all of them"
    do(records, TellFamily(number=top, text="抢修中"), at=minutes(45))
    assert [row for row in rows(records, ALARM, number=top) if row["cleared_at"] is None] == []
    assert {stored(records, n).told_at for n in (top, one, two)} == {minutes(45)}
    assert _due(records, top) == minutes(75)
    runs = [c for c in stored(records, top).clocks if c.kind is ClockKind.NEXT_UPDATE]
    assert (runs[-2].breached_at, runs[-2].met_at) == (minutes(40), minutes(45))
    promises_kept(records, [top, one, two])


def test_who_had_no_word_is_known(records: Records) -> None:
    """Nobody had any at first; one who joins later, until he is told, too."""
    top, one, two = _incident(records)
    late = written(records)

    def missed(*numbers: int) -> list[bool]:
        parent = stored(records, top)
        return [missed_word(parent, stored(records, n).told_at) for n in numbers]

    assert missed(one, two) == [True, True]
    do(records, TellFamily(number=top, text="soon"), at=minutes(20))
    do(records, PutUnder(number=late, parent=top), at=minutes(21))
    assert missed(one, two, late) == [False, False, True]
    do(records, UpdateCustomer(number=late, text="soon"), at=minutes(22))
    assert missed(one, two, late) == [False, False, False]
    before = written(records)
    do(records, UpdateCustomer(number=before, text="of his own"), at=minutes(19.9))
    do(records, PutUnder(number=before, parent=top), at=minutes(22.5))
    assert missed(before) == [True]
    do(records, TakeOut(number=late), at=minutes(23))


def test_word_to_one_keeps_no_promise_made_to_all(records: Records) -> None:
    """The clock goes on; of an incident that concerns nobody else it starts anew."""
    top, _one, _two = _incident(records)
    do(records, UpdateCustomer(number=top, text="to you only"), at=minutes(20))
    assert (_due(records, top), stored(records, top).told_at) == (minutes(40), minutes(20))
    lone = written(records)
    declare(records, lone)
    do(records, UpdateCustomer(number=lone, text="soon"), at=minutes(20))
    assert _due(records, lone) == minutes(50)
    done = do(records, TellFamily(number=lone, text="soon"), at=minutes(25))
    assert (done.facts["count"], _due(records, lone)) == (0, minutes(55))


def test_declaring_puts_off_nothing_that_was_promised(records: Records) -> None:
    """Word was promised earlier: it is due then, and on the cadence after that."""
    number = written(records, customer="C2", priority=1)
    promised = _due(records, number)
    assert promised is not None
    declare(records, number, at=1, every=24 * 3600)
    assert _due(records, number) == promised
    declare(records, number, at=2, every=EVERY)
    assert _due(records, number) == min(promised, minutes(32))
    do(records, SetPriority(number=number, priority=4), at=minutes(3))
    assert _due(records, number) == min(promised, minutes(32))
    promises_kept(records, [number])


def test_word_that_is_late_already_stays_late(records: Records) -> None:
    """The alarm rings on until the customer has it; then the cadence holds."""
    number = written(records, customer="C2", priority=1)
    promised = _due(records, number)
    assert promised is not None
    late = (promised - minutes(0)) / timedelta(minutes=1) + 5
    fire_due(records, at=minutes(late))
    declare(records, number, at=late)
    assert _due(records, number) == promised
    promises_kept(records, [number])
    undo(records, number=number, at=late + 1)
    declare(records, number, at=late + 2)
    do(records, SetPriority(number=number, priority=4), at=minutes(late + 3))
    assert _due(records, number) == promised
    do(records, TellFamily(number=number, text="soon"), at=minutes(late + 5))
    assert _due(records, number) == minutes(late + 35)
    promises_kept(records, [number])


def test_over_open_cases_it_is_finished_by_whoever_insists(records: Records) -> None:
    """The last technician's part is the whole of it; and how many go on is told."""
    top, one, two = _incident(records)
    for technician in ("T1", "T2"):
        move(records, top, Move.ASSIGN, minutes(11), technician=technician, also=True)
        for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
            move(records, top, step, minutes(12), technician=technician)
    line = records.ask(LineOf(number=top), who=ANA, at=minutes(12))
    assert line is not None
    assert (line.under, line.hands) == (2, 2)
    move(records, top, Move.FINISH, minutes(13), technician="T1")
    with pytest.raises(IncidentRuns, match="still runs, open under it: 2; /insist"):
        move(records, top, Move.FINISH, minutes(14), technician="T2")
    done = move(records, top, Move.FINISH, minutes(14), technician="T2", insist=True)
    assert done.facts["incident_runs"] == [[top, 2]]
    assert f"the major incident #{top} still runs, open under it: 2" in str(done.facts["besides"])
    undo(records, entry=done.seq, at=15)
    for case in (one, two):
        move(records, case, Move.CANCEL, minutes(16), reason="no")
    done = move(records, top, Move.FINISH, minutes(17), technician="T2")
    assert "incident_runs" not in done.facts
    calm = written(records)
    do(records, PutUnder(number=written(records), parent=calm), at=minutes(5))
    line = records.ask(LineOf(number=calm), who=ANA, at=minutes(18))
    assert line is not None
    assert (line.under, line.hands) == (0, 0)


def test_it_ends_by_word_or_with_the_order(records: Records) -> None:
    """Then the level's own promise holds, or none; opened again it is an order like others."""
    number = written(records, customer="C2", priority=1)
    declare(records, number)
    do(records, StandDown(number=number), at=minutes(20))
    promised = promised_word(stored(records, number))
    assert promised is not None
    assert promised.fixed_due_at is None
    declare(records, number, at=21)
    move(records, number, Move.FINISH, minutes(30), insist=True)
    assert stored(records, number).cadence_s == EVERY, "who was cut off waits for word still"
    move(records, number, Move.CLOSE, minutes(30))
    assert (stored(records, number).cadence_s, _due(records, number)) == (None, None)
    move(records, number, Move.REOPEN, minutes(31), reason="again")
    assert stored(records, number).cadence_s is None
    promises_kept(records, [number])


@pytest.mark.parametrize("after", ["declared", "told", "over", "closed"])
def test_every_step_of_it_is_taken_back_exactly(records: Records, after: str) -> None:
    """Mark, cadence and clock as they were."""
    top, one, two = _incident(records, customer="C2", priority=1)
    if after == "declared":
        do(records, StandDown(number=top), at=minutes(11))
    before = [stored(records, n) for n in (top, one, two)]
    seq = {
        "declared": lambda: declare(records, top, at=20, every=3600),
        "told": lambda: do(records, TellFamily(number=top, text="x"), at=minutes(20)).seq,
        "over": lambda: do(records, StandDown(number=top), at=minutes(20)).seq,
        "closed": lambda: (
            move(records, one, Move.CANCEL, minutes(20), reason="no", insist=True).seq
        ),
    }[after]()
    undo(records, entry=seq, at=21)
    for order in before:
        now = stored(records, order.number)
        for name in ("state", "cadence_s", "told_at", "clocks", "parent"):
            assert getattr(now, name) == getattr(order, name), name


def test_what_cannot_be_an_incident_says_why(records: Records) -> None:
    """A child, twice the same, an impossible cadence, what is over, out of sight, or stale."""
    top, one, _two = _incident(records)
    other, lone, north = written(records), written(records), written(records, site="N1")
    declare(records, lone)
    for command, why in (
        (DeclareIncident(number=one), IncidentBelow),
        (DeclareIncident(number=top, cadence_s=EVERY), IncidentAlready),
        (DeclareIncident(number=other, cadence_s=60), BadInput),
        (DeclareIncident(number=other, cadence_s=10**9), BadInput),
        (DeclareIncident(number=other, version=9), Stale),
        (StandDown(number=other), NoIncident),
        (PutUnder(number=lone, parent=other), IncidentBelow),
    ):
        with pytest.raises(why):
            do(records, command)
    with pytest.raises(OrderUnknown):
        do(records, DeclareIncident(number=north), who=AT_SOUTH)
    move(records, other, Move.CANCEL, reason="no need")
    with pytest.raises(OrderOver):
        do(records, DeclareIncident(number=other))


def test_the_doctor_misses_the_promise_of_an_incident(records: Records) -> None:
    """Where a hand in the database took the clock away."""
    number = written(records, priority=4)
    declare(records, number)
    with records.database.writing() as conn:
        held = (CLOCK.c.number == number) & (CLOCK.c.kind == "next_update")
        conn.execute(CLOCK.delete().where(held))
    found = records.ask(ExamineOrders(), who=ANA, at=minutes(11)).findings
    assert (Check.INCIDENT, number) in {(f.check, f.number) for f in found}
