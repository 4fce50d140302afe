"""Laws of deadline waivers: against the same order that never had one."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from store.domain.advance import prioritise, reclock
from store.domain.calendar import Calendar
from store.domain.due_times import stops
from store.domain.errors import MoveRefused
from store.domain.evolve import evolve
from store.domain.exceptions import Deviation, Grant, OrderException
from store.domain.kpi.measured import measure
from store.domain.ladders import ladder
from store.domain.lifecycle import Move
from store.domain.reckon import after_due, reckon, spent_at
from store.domain.targets import ClockKind
from store.domain.timer_kinds import BREACH_LEVEL
from store.domain.waivers import is_moved, kept_by_waiver, rewaived
from tests.builders import ANA, MONDAY, OFFICE, WORKDAYS, clock, gold, moved, order, rules, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from store.domain.order import Clock, WorkOrder
    from store.domain.rules import Rules

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LONG = Calendar.parse(
    {"zone": "Asia/Shanghai", "week": {key: [["06:00", "22:00"]] for key in WORKDAYS}}
)
HOURS = (OFFICE, LONG)
KINDS = (ClockKind.ARRIVE, ClockKind.RESOLVE)
MOVES = (
    *(Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.WAIT, Move.RESUME, Move.FINISH, Move.CLOSE),
    *(Move.REOPEN, Move.CANCEL),
)
Step = tuple[Move | str, int, int]
"""What happens, how many minutes later, and a number that says more of it."""


def in_force(version: int) -> Rules:
    """The rules of a day, whose calendar was edited so many times."""
    calendars = {1: HOURS[0], 2: HOURS[1], 3: HOURS[0]}
    return replace(rules(gold(after_s=(3600,)), calendars[version], version), calendars=calendars)


def waiver(id_: int, kind: ClockKind, until: datetime, at: datetime) -> OrderException:
    """One that is granted."""
    return OrderException(
        id=id_, version=1, number=7, kind=Deviation.WAIVER.value, size=None, clock=kind.value,
        about="", reason="agreed", state=Grant.GRANTED, asked_by=ANA, asked_at=at, decide_by=until,
        expires_at=until, zone="Asia/Shanghai", decided_by=ANA, decided_at=at,
    )  # fmt: skip


class Pair:
    """An order with waivers, and its twin to which all else happens alike."""

    def __init__(self) -> None:
        self.at, self.version, self.granted = MONDAY, 1, list[OrderException]()
        self.asked = 0
        self.waived = self.plain = order(in_force(1))

    @property
    def rules(self) -> Rules:
        return in_force(self.version)

    def step(self, what: Move | str, minutes: int, more: int) -> None:
        """What cannot be done is not done; a waiver that is over is not withdrawn."""
        self.at += minutes * MINUTE
        if what == "grant":
            until = self.at + (more + 1) * 7 * MINUTE
            self.grant(KINDS[more % 2], until)
        elif what == "withdraw":
            live = [one for one in self.granted if one.expires_at > self.at]
            if live:
                self.withdraw(live[more % len(live)])
        elif what == "edit":
            self.version = min(3, self.version + 1)
            self.both(lambda held: reclock(held, rules=self.rules, at=self.at)[0])
        elif what == "priority":
            self.both(lambda held: prioritise(
                held, more % 4 + 1, rules=self.rules, at=self.at, by=ANA)[0])  # fmt: skip
        else:
            self.both(lambda held: take(held, Move(what), self.at, self.rules, insist=True)[0])

    def both(self, change: Callable[[WorkOrder], WorkOrder]) -> None:
        with contextlib.suppress(MoveRefused):
            self.plain, self.waived = change(self.plain), change(self.waived)

    def grant(self, kind: ClockKind, until: datetime) -> None:
        self.asked += 1
        one = waiver(self.asked, kind, until, self.at)
        if any(c.running and c.kind is kind for c in self.waived.clocks):
            self.granted.append(one)
            self.waived = rewaived(self.waived, one, self.granted, rules=self.rules, at=self.at)

    def withdraw(self, one: OrderException) -> None:
        self.granted.remove(one)
        gone = evolve(one, state=Grant.WITHDRAWN)
        self.waived = rewaived(self.waived, gone, self.granted, rules=self.rules, at=self.at)

    def twins(self) -> Iterator[tuple[Clock, Clock]]:
        """Each clock beside what it is without waivers."""
        yield from zip(self.waived.clocks, self.plain.clocks, strict=True)


def day(*others: str) -> st.SearchStrategy[list[Step]]:
    what = st.sampled_from([*MOVES, "grant", "grant", "grant", "withdraw", *others])
    return st.lists(st.tuples(what, st.integers(0, 400), st.integers(0, 500)), max_size=14)


@given(day("edit", "priority"))
def test_no_clock_is_due_earlier_than_without_a_waiver(steps: list[Step]) -> None:
    """Nor is any level of it reached earlier; and it remembers when it would be due."""
    pair = Pair()
    for step in steps:
        pair.step(*step)
        for held, plain in pair.twins():
            own = held.due_at if held.waived_until is None else held.own_due_at
            assert own == plain.due_at
            if held.waived_until is None or plain.due_at is None:
                assert held.due_at == plain.due_at
            else:
                on_top(pair, held, max(plain.due_at, held.waived_until))
            if held.running:
                levels(pair, held, plain)


def on_top(pair: Pair, held: Clock, moved_to: datetime) -> None:
    """What it stood still between its own due time and the moved one moves that, nothing else."""
    own, end = held.own_due_at, held.met_at or held.ended_at
    assert own is not None
    spans = [
        (a, b) for a, b in stops(held, pair.waived.pauses) if own <= a and (end is None or a < end)
    ]
    if held.due_at is None:
        assert any(until is None for _since, until in spans)
        return
    assert held.due_at >= moved_to
    hours = pair.rules.version(held.calendar_version)
    stood = [hours.between(a, b) for a, b in spans if b is not None and a < held.due_at]
    assert all(b is not None or a >= held.due_at for a, b in spans)
    assert hours.between(moved_to, held.due_at) == sum(stood, timedelta())


def levels(pair: Pair, held: Clock, plain: Clock) -> None:
    for percent in (1, 50, 90, 100):
        spent, was = (
            spent_at(c, o.pauses, pair.rules, percent)
            for c, o in ((held, pair.waived), (plain, pair.plain))
        )
        assert (spent is None) == (was is None) or (held.due_at is None and spent is None)
        assert spent is None or was is None or spent >= was
        assert percent < 100 or spent == held.due_at
    again, was = (after_due(c, pair.waived.pauses, pair.rules, 3600) for c in (held, plain))
    assert again is None or was is None or again >= was


@given(day())
def test_withdrawn_it_leaves_the_clock_that_never_had_one(steps: list[Step]) -> None:
    """Settled or running, moved once or more than once, in whatever order they go."""
    pair = Pair()
    for step in steps:
        pair.step(*step)
    for one in [one for one in pair.granted if one.expires_at > pair.at]:
        pair.withdraw(one)
    if pair.granted:
        return  # one was over, and stays
    told = [
        tuple(evolve(c, warned=0) for c in reckon(held, pair.rules, at=pair.at).clocks)
        for held in (pair.waived, pair.plain)
    ]
    assert told[0] == told[1]


@given(day())
def test_a_waiver_betters_no_figure(steps: list[Step]) -> None:
    """What is kept by it alone is missed, and told beside; what is not waived is as it was."""
    pair = Pair()
    for step in steps:
        pair.step(*step)
    told = [measure(held, pair.rules, planned=False) for held in (pair.waived, pair.plain)]
    for kind in ("respond", "arrive", "resolve"):
        if not any(c.running and c.kind == kind for c in pair.waived.clocks):
            assert getattr(told[0], f"{kind}_kept") == getattr(told[1], f"{kind}_kept")
    mine = [(held, plain) for held, plain in pair.twins() if kept_by_waiver(held)]
    assert told[0].waived == int(bool(mine))
    assert all(plain.breached_at is not None for _held, plain in mine)
    assert told[1].waived == 0


def waived_by(held: WorkOrder, hours: int, at: datetime, kind: str = "resolve") -> WorkOrder:
    one = waiver(1, ClockKind(kind), MONDAY + hours * HOUR, at)
    return rewaived(held, one, [one], rules=rules(), at=at)


def test_its_levels_follow_the_moved_due_time() -> None:
    """Of twelve hours instead of eight, three quarters are nine; after it, an hour after twelve."""
    by = rules(gold(after_s=(3600,)))
    held = waived_by(order(by), 12, MONDAY + HOUR)
    resolve = clock(held, ClockKind.RESOLVE)
    assert is_moved(resolve)
    assert (resolve.own_due_at, resolve.original_due_at) == (MONDAY + 8 * HOUR,) * 2
    rungs = {aim.level: aim.due_at - MONDAY for aim in ladder(resolve, held, by)}
    assert rungs == {
        50: 6 * HOUR, 75: 9 * HOUR, 90: 10.8 * HOUR, BREACH_LEVEL: 12 * HOUR, 101: 13 * HOUR
    }  # fmt: skip


def test_a_miss_stays_one_though_its_clock_is_waived_after() -> None:
    """Also one that nobody was told of yet."""
    held = waived_by(order(), 12, MONDAY + 9 * HOUR)
    resolve = clock(held, ClockKind.RESOLVE)
    assert (resolve.breached_at, resolve.due_at) == (MONDAY + 8 * HOUR, MONDAY + 12 * HOUR)
    assert not kept_by_waiver(resolve)


def test_what_goes_on_after_a_reopening_stays_waived_and_what_begins_anew_is_not() -> None:
    """Resolve counts from its first start; to arrive once more is another promise."""
    held = waived_by(waived_by(order(), 40, MONDAY), 40, MONDAY, "arrive")
    road = (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.REOPEN)
    again = moved(held, *road)
    assert clock(again, ClockKind.RESOLVE, run=2).due_at == MONDAY + 40 * HOUR
    assert clock(again, ClockKind.ARRIVE, run=2).waiver is None


def test_a_hold_past_its_own_due_time_stops_it_as_one_before_does() -> None:
    """It is not missed on hold, and is due as much later; without the waiver it was missed."""
    held = waived_by(moved(order(), Move.ASSIGN, Move.ACCEPT), 12, MONDAY + HOUR)
    on_hold = take(held, Move.WAIT, MONDAY + 9 * HOUR)[0]
    resolve = clock(on_hold, ClockKind.RESOLVE)
    assert (resolve.due_at, resolve.own_due_at) == (None, MONDAY + 8 * HOUR)
    by = rules(gold(after_s=(3600,)))
    assert [aim.level for aim in ladder(resolve, on_hold, by)] == [50, 75]  # nine hours of twelve
    assert spent_at(resolve, on_hold.pauses, by, 90) is None
    again = clock(take(on_hold, Move.RESUME, MONDAY + 13 * HOUR)[0], ClockKind.RESOLVE)
    assert (again.due_at, again.breached_at) == (MONDAY + 16 * HOUR, None)
    late = take(on_hold, Move.RESUME, MONDAY + 13 * HOUR)[0]
    done = clock(take(late, Move.FINISH, MONDAY + 15 * HOUR, insist=True)[0], ClockKind.RESOLVE)
    assert kept_by_waiver(done)


def test_one_that_is_granted_on_hold_stands_still_at_once() -> None:
    """Also where another one is left, once the one that reached further is withdrawn."""
    held = moved(order(), Move.ASSIGN, Move.ACCEPT)
    first = waiver(1, ClockKind.RESOLVE, MONDAY + 12 * HOUR, MONDAY + HOUR)
    held = rewaived(held, first, [first], rules=rules(), at=MONDAY + HOUR)
    held = take(held, Move.WAIT, MONDAY + 9 * HOUR)[0]
    more = waiver(2, ClockKind.RESOLVE, MONDAY + 20 * HOUR, MONDAY + 10 * HOUR)
    held = rewaived(held, more, [first, more], rules=rules(), at=MONDAY + 10 * HOUR)
    assert clock(held, ClockKind.RESOLVE).due_at is None
    held = take(held, Move.RESUME, MONDAY + 11 * HOUR)[0]
    assert clock(held, ClockKind.RESOLVE).due_at == MONDAY + 22 * HOUR
    gone = evolve(more, state=Grant.WITHDRAWN)
    held = rewaived(held, gone, [first], rules=rules(), at=MONDAY + 12 * HOUR)
    assert clock(held, ClockKind.RESOLVE).due_at == MONDAY + 14 * HOUR
