"""Orders on hold between their own due time and the one that a waiver moved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scheduler.runner import fire_due
from store.commands import MoveOrder
from store.commands.exceptions import WithdrawException
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.domain.timer_kinds import BREACHES, TimerKind
from store.queries.alarms import AlarmStrip
from store.queries.card import OrderCard
from tests.store.desk import ANA, BO, NINE, do, promises_kept
from tests.store.test_exceptions import ask, with_limits
from tests.store.test_kpi_judged import as_judged, judge_of
from tests.store.test_kpi_kept import figures_follow
from tests.store.test_surveys import faults
from tests.store.test_waivers import told
from tests.store.test_waivers_anew import due, newest

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

RESOLVE, HOUR = ClockKind.RESOLVE, timedelta(hours=1)
MISSED = {BREACHES[RESOLVE].value, TimerKind.OVERDUE_AGAIN.value}
WAIVER: dict[str, Any] = {"kind": "waiver", "about": RESOLVE.value}


def on_hold(records: Records) -> tuple[int, int, datetime]:
    """An order an hour past its own due time, its waiver of four hours, and that time."""
    number = with_limits(records)
    own = due(records, number, RESOLVE)
    one = ask(records, number, **WAIVER, until=own + 4 * HOUR)
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT)):
        at = NINE + timedelta(minutes=11 + place)
        do(records, MoveOrder(number=number, move=step, technician="T1"), at=at)
    wake = own + 99 * HOUR
    wait = MoveOrder(number=number, move=Move.WAIT, reason="parts", wake_at=wake)
    do(records, wait, at=own + HOUR)
    return number, one, own


def rung(records: Records, at: datetime) -> set[str]:
    """The alarms of that clock."""
    fire_due(records, at=at)
    alarms = records.ask(AlarmStrip(), who=ANA, at=at).alarms
    return {one.kind for one in alarms if one.clock == RESOLVE.value}


def test_on_hold_past_its_own_due_time_it_is_not_missed(records: Records) -> None:
    """Its figures still are; it is due as much later, and missed then."""
    number, one, own = on_hold(records)
    late = own + 9 * HOUR
    assert newest(records, number, RESOLVE).due_at is None
    assert not MISSED & rung(records, late)
    held = newest(records, number, RESOLVE)
    assert (held.breached_at, held.waiver, held.own_due_at) == (None, one, own)
    card = records.ask(OrderCard(number=number), who=ANA, at=late)
    (mine,) = [c for c in card.clocks if c.clock.kind is RESOLVE]
    assert (mine.paused, mine.overdue) == (True, False)
    assert mine.remaining_s is not None
    assert mine.remaining_s >= 0
    assert told(records, late, "deadlines_waived", "resolve_deadline_kept") == [1, 0]
    figures_follow(records)
    as_judged(records, judge_of(records, late), NINE.date(), late.date(), "Asia/Shanghai")
    do(records, MoveOrder(number=number, move=Move.RESUME), at=late)
    held = newest(records, number, RESOLVE)
    assert held.due_at is not None
    assert held.due_at > own + 4 * HOUR
    assert (held.breached_at, held.due_at > late) == (None, True)
    promises_kept(records, [number])
    figures_follow(records)
    moved_to = due(records, number, RESOLVE)
    fire_due(records, at=moved_to - timedelta(minutes=1))
    assert newest(records, number, RESOLVE).breached_at is None
    fire_due(records, at=moved_to)
    assert newest(records, number, RESOLVE).breached_at == moved_to
    assert faults(records) == ()


def test_withdrawn_on_hold_it_was_missed_at_its_own_time(records: Records) -> None:
    """As though it had never been granted."""
    number, one, own = on_hold(records)
    at = own + 2 * HOUR
    assert not MISSED & rung(records, at)
    do(records, WithdrawException(exception=one, why="x"), who=BO, at=at)
    assert due(records, number, RESOLVE) == own
    assert MISSED & rung(records, at)
    assert newest(records, number, RESOLVE).breached_at == own
    promises_kept(records, [number])
    figures_follow(records)
    assert faults(records) == ()
