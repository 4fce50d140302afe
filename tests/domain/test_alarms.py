"""Alarms: how bad each is, whether it rings, and for how long it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store.domain.advance import follow, prioritise, update_customer
from store.domain.lifecycle import Move, State
from store.domain.reasons import worst
from store.domain.targets import ClockKind
from store.domain.timers import (
    TimerAim,
    TimerKind,
    after_fire,
    rings,
    severity,
    still_stands,
)
from tests.builders import (
    ANA,
    MONDAY,
    gold,
    order,
    rules,
    standing_in,
    take,
)
from tests.domain.aims import Promise, aim

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("kind", "level", "by_priority"),
    [
        (TimerKind.WARN, 50, (4, 4, 4, 4)),
        (TimerKind.WARN, 74, (4, 4, 4, 4)),
        (TimerKind.WARN, 75, (2, 3, 3, 4)),
        (TimerKind.WARN, 90, (2, 3, 3, 4)),
        (TimerKind.BREACH, 100, (1, 2, 2, 3)),
        (TimerKind.OVERDUE_AGAIN, 101, (1, 1, 1, 2)),
        (TimerKind.ORPHAN, 0, (1, 2, 2, 3)),
        (TimerKind.FOLLOW_UP, 0, (1, 2, 2, 3)),
    ],
)
def test_severity_is_by_kind_and_priority(
    kind: TimerKind, level: int, by_priority: tuple[int, ...]
) -> None:
    """One is worst, four quiet; never outside."""
    assert tuple(severity(kind, level=level, priority=p) for p in (1, 2, 3, 4)) == by_priority


def test_low_levels_are_journalled_and_do_not_ring() -> None:
    """From which level on is the service level's choice."""
    assert not rings(TimerKind.WARN, level=50, rules=rules())
    assert rings(TimerKind.WARN, level=75, rules=rules())
    assert rings(TimerKind.WARN, level=50, rules=rules(gold(ring_from=50)))
    assert rings(TimerKind.ORPHAN, level=0, rules=rules())


def test_an_alarm_of_a_clock_stands_until_the_clock_is_settled() -> None:
    """Accepting clears “not accepted”, and the next run of a clock is another matter."""
    late = MONDAY + 5 * HOUR
    held = standing_in(State.ASSIGNED)
    rung = aim(held, ClockKind.RESPOND, at=late)
    assert rung is not None
    held = after_fire(held, rung)
    kind = TimerKind.NOT_ACCEPTED
    assert still_stands(held, rules(), kind=kind, clock="respond", at=late)
    held, _ = take(held, Move.ACCEPT, late)
    assert not still_stands(held, rules(), kind=kind, clock="respond", at=late)
    told, _ = update_customer(order(), rules=rules(), at=late, by=ANA)
    assert not still_stands(told, rules(), kind=TimerKind.UPDATE_DUE, clock="next_update", at=late)


def test_a_warning_goes_when_its_clock_stands_still_or_is_far_again() -> None:
    """Nothing is near any more."""
    at = MONDAY + 1.6 * HOUR
    held = order()
    kind = TimerKind.WARN
    assert still_stands(held, rules(), kind=kind, clock="arrive", at=at)
    waiting, _ = take(held, Move.WAIT, at)
    assert not still_stands(waiting, rules(), kind=kind, clock="arrive", at=at)
    milder, _ = prioritise(held, 4, rules=rules(), at=at, by=ANA)
    assert not still_stands(milder, rules(), kind=kind, clock="arrive", at=at)


def test_the_other_alarms_stand_while_their_reason_does() -> None:
    """Nobody following, waiting over, silence, a promise to call."""
    late = MONDAY + 48 * HOUR
    by = rules(gold(silent_after_s=3600))
    held = order(by)
    assert still_stands(held, by, kind="orphan", at=late)
    assert still_stands(held, by, kind="silence", at=late)
    followed, _ = follow(held, rules=by, at=late, by=ANA)
    assert not still_stands(followed, by, kind="orphan", at=late)
    assert not still_stands(followed, by, kind="silence", at=late)
    waiting = standing_in(State.WAITING)
    assert still_stands(waiting, by, kind="wake", at=late)
    resumed, _ = take(waiting, Move.RESUME, late)
    assert not still_stands(resumed, by, kind="wake", at=late)
    promised = [Promise(1, MONDAY)]
    assert still_stands(held, by, kind="follow_up", follow_ups=promised, at=late)
    kept = [replace(promised[0], done_at=late)]
    assert not still_stands(held, by, kind="follow_up", follow_ups=kept, at=late)


def test_an_alarm_stands_from_the_very_moment_that_it_is_due() -> None:
    """It rings just then, and must not be cleared by the sweep that raised it."""
    by, tick = rules(gold(silent_after_s=3600)), timedelta(milliseconds=1)
    held, waiting = order(by), standing_in(State.WAITING)
    assert waiting.wake_at is not None
    promised = [Promise(1, MONDAY + HOUR)]
    for found, kind, due_at, follow_ups in (
        (held, "orphan", MONDAY + 15 * MINUTE, []),
        (held, "silence", MONDAY + HOUR, []),
        (waiting, "wake", waiting.wake_at, []),
        (held, "follow_up", MONDAY + HOUR, promised),
    ):
        stands = [
            still_stands(found, by, kind=kind, follow_ups=follow_ups, at=at)
            for at in (due_at - tick, due_at)
        ]
        assert stands == [False, True], kind


def test_the_worst_reason_left_is_a_broken_promise_before_what_is_as_bad() -> None:
    """Even one that is due longer; of several such the one that is due longest, however late."""
    by = rules(gold(silent_after_s=3600))
    held, at = order(by), MONDAY + 3 * HOUR
    orphan = TimerAim(kind=TimerKind.ORPHAN, run=int(MONDAY.timestamp()), due_at=MONDAY + HOUR / 4)
    calls = [Promise(1, MONDAY + HOUR / 2), Promise(2, MONDAY + HOUR / 5)]
    called = [
        TimerAim(kind=TimerKind.FOLLOW_UP, run=call.place, due_at=call.due_at) for call in calls
    ]
    milder = [orphan, *called]
    assert worst(held, by, milder, calls, at=at) == called[1]
    assert worst(held, by, milder[:2], calls, at=at) == orphan
    missed = TimerAim(kind=TimerKind.NOT_ACCEPTED, clock="respond", level=100, due_at=MONDAY + HOUR)
    assert severity("not_accepted", level=100, priority=2) == severity("orphan", priority=2)
    assert worst(after_fire(held, missed), by, [*milder, missed], calls, at=at) == missed
    assert worst(held, by, [], calls, at=at) is None


def test_a_follow_up_put_off_is_no_reason_until_then() -> None:
    """It fired for its old time; by the clock of whoever fired it that time has come."""
    by, held = rules(), order()
    fired = [TimerAim(kind=TimerKind.FOLLOW_UP, run=1, due_at=MONDAY + HOUR)]
    for put_off, reason in ((2 * HOUR, None), (HOUR, fired[0])):
        calls = [Promise(1, MONDAY + put_off)]
        assert worst(held, by, fired, calls, at=MONDAY + HOUR - MINUTE) == reason
