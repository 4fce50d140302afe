"""What an order wakes the desk for: one aim a ladder, each level once, and alarms that clear."""

from __future__ import annotations

from datetime import timedelta

from store.domain.advance import note, open_order, prioritise, update_customer
from store.domain.lifecycle import Move, State
from store.domain.targets import ClockKind
from store.domain.timers import (
    TIMERS,
    TimerAim,
    TimerKind,
    after_fire,
    catch_up,
    fire,
    implied,
)
from tests.builders import (
    ANA,
    MONDAY,
    OFFICE,
    clock,
    gold,
    order,
    request,
    rules,
    standing_in,
    take,
)
from tests.domain.aims import Promise, aim, aims

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def test_every_kind_is_in_the_table() -> None:
    """A new kind has a label and a severity."""
    assert TIMERS.keys() == set(TimerKind)


def test_an_open_order_aims_once_for_each_ladder() -> None:
    """Four clocks and the orphan: five rows, not sixteen."""
    assert sorted((found.kind, found.clock, found.level) for found in aims(order())) == [
        ("orphan", "", 0),
        ("warn", "arrive", 50),
        ("warn", "next_update", 50),
        ("warn", "resolve", 50),
        ("warn", "respond", 50),
    ]


def test_a_ladder_is_climbed_one_level_at_a_time() -> None:
    """Warnings, the due time, the rings after it, then silence; each at its own moment."""
    by = rules(gold(after_s=(1800, 7200)))
    held = order(by)
    climbed: list[tuple[TimerKind, int, timedelta]] = []
    while (rung := aim(held, ClockKind.RESPOND, by)) is not None and len(climbed) < 20:
        climbed.append((rung.kind, rung.level, rung.due_at - MONDAY))
        held = after_fire(held, rung)
    assert climbed == [
        (TimerKind.WARN, 50, 30 * MINUTE),
        (TimerKind.WARN, 75, 45 * MINUTE),
        (TimerKind.WARN, 90, 54 * MINUTE),
        (TimerKind.NOT_ACCEPTED, 100, HOUR),
        (TimerKind.OVERDUE_AGAIN, 101, 1.5 * HOUR),
        (TimerKind.OVERDUE_AGAIN, 102, 3 * HOUR),
    ]


def test_the_breach_is_the_due_time_and_is_remembered() -> None:
    """Whenever it fires: the fact and the clock carry the promise that was missed."""
    held = order()
    rung = aim(held, ClockKind.RESPOND, at=MONDAY + 5 * HOUR)
    assert rung is not None
    held, facts = fire(held, rung)
    assert clock(held, ClockKind.RESPOND).breached_at == MONDAY + HOUR
    assert [fact.name for fact in facts] == ["breached"]
    assert facts[0].body["level"] == 100


def test_a_warning_is_journalled_as_a_warning() -> None:
    """With the clock, the run, the level and when it was due."""
    held = order()
    rung = aim(held, ClockKind.RESPOND)
    assert rung is not None
    _, facts = fire(held, rung)
    assert [fact.name for fact in facts] == ["warned"]
    assert (facts[0].body["clock"], facts[0].body["run"], facts[0].body["level"]) == (
        "respond",
        1,
        50,
    )


def test_rings_after_the_due_time_run_on_the_calendar() -> None:
    """One working hour after six in the evening is half past nine in the morning."""
    by = rules(gold(after_s=(3600,), targets=gold().targets), OFFICE)
    held = order(by, at=MONDAY + 8 * HOUR)  # 17:00; respond is due at 18:00, closing time
    for _ in range(4):
        rung = aim(held, ClockKind.RESPOND, by)
        assert rung is not None
        held = after_fire(held, rung)
    rung = aim(held, ClockKind.RESPOND, by)
    assert rung is not None
    assert rung.due_at == MONDAY + 24.5 * HOUR


def test_what_fell_due_meanwhile_fires_once_at_its_worst() -> None:
    """Planned late, the lower levels are skipped."""
    held = order()
    at_once = aim(held, ClockKind.RESPOND, at=MONDAY + 45 * MINUTE)
    rung = aim(held, ClockKind.RESPOND, at=MONDAY + 50 * MINUTE)
    assert at_once == rung, "what falls due at this very moment is due"
    assert rung is not None
    assert (rung.level, rung.due_at) == (75, MONDAY + 45 * MINUTE)
    rung = aim(after_fire(held, rung), ClockKind.RESPOND, at=MONDAY + 50 * MINUTE)
    assert rung is not None
    assert rung.level == 90


def test_a_timer_that_was_aimed_low_catches_up_with_the_worst() -> None:
    """A desk that was switched off over all of them rings once, for the miss."""
    held = order()
    rung = aim(held, ClockKind.RESPOND)
    assert rung is not None
    worst = catch_up(held, rung, rules(), at=MONDAY + 5 * HOUR)
    assert (worst.kind, worst.level, worst.due_at) == (
        TimerKind.NOT_ACCEPTED,
        100,
        MONDAY + HOUR,
    )
    assert catch_up(held, rung, rules(), at=rung.due_at) == rung
    assert aim(after_fire(held, worst), ClockKind.RESPOND) is None


def test_a_settled_clock_aims_at_nothing() -> None:
    """Kept, ended or given up."""
    assert aim(standing_in(State.ACCEPTED), ClockKind.RESPOND) is None
    assert aims(standing_in(State.CLOSED)) == set()
    assert aims(standing_in(State.CANCELLED)) == set()


def test_a_level_told_out_of_turn_does_not_take_the_clock_back() -> None:
    """Two sweepers may see old aims; the higher level stays told."""
    held = order()
    low = aim(held, ClockKind.RESPOND)
    high = aim(held, ClockKind.RESPOND, at=MONDAY + 50 * MINUTE)
    assert low is not None
    assert high is not None
    held = after_fire(after_fire(held, high), low)
    assert clock(held, ClockKind.RESPOND).warned == 75


def test_a_timer_that_comes_after_its_clock_was_settled_does_nothing() -> None:
    """The technician was quicker than the sweep."""
    rung = aim(standing_in(State.ASSIGNED), ClockKind.RESPOND)
    assert rung is not None
    held = standing_in(State.ACCEPTED)
    assert fire(held, rung) == (held, ())


def test_a_paused_clock_aims_at_nothing_but_the_wake_up_does() -> None:
    """Which is the pause's own, so that the next pause has another."""
    held, _ = take(order(), Move.WAIT, MONDAY + MINUTE)
    assert {found.clock for found in aims(held)} == {"", "respond", "next_update"}
    wake = next(found for found in aims(held) if found.kind is TimerKind.WAKE)
    assert (wake.run, wake.due_at) == (1, held.wake_at)
    held, _ = take(held, Move.RESUME, MONDAY + HOUR)
    held, _ = take(held, Move.WAIT, MONDAY + 2 * HOUR)
    wake = next(found for found in aims(held) if found.kind is TimerKind.WAKE)
    assert wake.run == 2


def test_a_level_reached_before_a_pause_is_still_told_during_it() -> None:
    """The pause stops what is to come, not what has been."""
    held, _ = take(order(), Move.WAIT, MONDAY + 1.6 * HOUR)
    rung = aim(held, ClockKind.ARRIVE, at=MONDAY + 1.6 * HOUR)
    assert rung is not None
    assert (rung.level, rung.due_at) == (75, MONDAY + 1.5 * HOUR)


def test_warnings_move_with_the_due_time() -> None:
    """Two hours of waiting put every level to come two hours later."""
    held, _ = take(order(), Move.WAIT, MONDAY + HOUR / 2)
    held, _ = take(held, Move.RESUME, MONDAY + 2.5 * HOUR)
    rung = aim(held, ClockKind.RESOLVE)
    assert rung is not None
    assert rung.due_at == MONDAY + 6 * HOUR


def test_a_clock_that_was_born_missed_is_silent() -> None:
    """Only the rings after its due time, if the level asks for them."""
    held, _ = open_order(request(opened_at=MONDAY - 3 * HOUR), at=MONDAY, rules=rules())
    assert aim(held, ClockKind.RESPOND) is None
    held, _ = prioritise(order(), 1, rules=rules(), at=MONDAY + 1.5 * HOUR, by=ANA)
    assert aim(held, ClockKind.ARRIVE) is None


def test_an_order_that_nobody_holds_is_an_orphan_after_a_while() -> None:
    """New, declined or reopened alike; each time a new one, so that it rings again."""
    runs = set()
    for state in (State.NEW, State.DECLINED, State.REOPENED):
        held = standing_in(state)
        orphan = next(found for found in aims(held) if found.kind is TimerKind.ORPHAN)
        assert orphan.due_at == held.state_since + 15 * MINUTE
        runs.add(orphan.run)
    assert len(runs) == 3
    assert not any(found.kind is TimerKind.ORPHAN for found in aims(standing_in(State.ASSIGNED)))


def test_silence_is_counted_on_the_calendar_from_the_last_sign_of_life() -> None:
    """A note begins it anew; waiting orders have their wake-up instead."""
    by = rules(gold(silent_after_s=4 * 3600), OFFICE)
    held = order(by)  # 09:00; four hours of work end at 14:00, after the lunch break
    silence = next(found for found in aims(held, by) if found.kind is TimerKind.SILENCE)
    assert silence.due_at == MONDAY + 5 * HOUR
    held, _ = note(held, "on it", rules=by, at=MONDAY + HOUR, by=ANA)
    again = next(found for found in aims(held, by) if found.kind is TimerKind.SILENCE)
    assert again.due_at == MONDAY + 6 * HOUR
    assert again.run != silence.run
    held, _ = take(held, Move.WAIT, MONDAY + 2 * HOUR, by)
    assert not any(found.kind is TimerKind.SILENCE for found in aims(held, by))


def test_follow_ups_outlive_the_order() -> None:
    """A call promised for next week is made, though the order is closed."""
    held = standing_in(State.CLOSED)
    promised = [Promise(1, MONDAY + HOUR), Promise(2, MONDAY + HOUR, done_at=MONDAY)]
    assert implied(held, rules(), promised) == (
        TimerAim(kind=TimerKind.FOLLOW_UP, run=1, due_at=MONDAY + HOUR),
    )


def test_the_next_update_has_a_ladder_for_each_run() -> None:
    """Telling the customer starts it afresh."""
    held, _ = update_customer(order(), rules=rules(), at=MONDAY + 3 * HOUR, by=ANA)
    rung = aim(held, ClockKind.NEXT_UPDATE)
    assert rung is not None
    assert (rung.run, rung.level, rung.due_at) == (2, 50, MONDAY + 5 * HOUR)


def test_a_timer_is_of_one_run_of_its_clock() -> None:
    """What is due of the second run marks that one; what comes late of the first marks nothing."""
    first = order()
    late = aim(first, ClockKind.NEXT_UPDATE)
    held, _ = update_customer(first, rules=rules(), at=MONDAY + HOUR, by=ANA)
    rung = aim(held, ClockKind.NEXT_UPDATE)
    assert late is not None
    assert rung is not None
    assert fire(held, late) == (held, ())
    marked = after_fire(held, rung)
    warned = [c.warned for c in marked.clocks if c.kind is ClockKind.NEXT_UPDATE]
    assert warned == [0, 50]
    last = catch_up(held, rung, rules(), at=MONDAY + 5 * HOUR)
    assert (last.run, last.level, last.due_at) == (2, 100, MONDAY + 5 * HOUR)


def test_a_miss_is_of_the_due_time_whatever_rings_first() -> None:
    """A desk that was off until a reminder tells when the promise was broken, not when it rang."""
    by = rules(gold(after_s=(3600,)))
    held = order(by)
    rung = aim(held, ClockKind.RESPOND, by)
    assert rung is not None
    reminder = catch_up(held, rung, by, at=MONDAY + 100 * HOUR)
    assert (reminder.level, reminder.due_at) == (101, MONDAY + 2 * HOUR)
    missed = clock(after_fire(held, reminder), ClockKind.RESPOND)
    assert (missed.warned, missed.breached_at) == (101, MONDAY + HOUR)
