"""What holds for every promise, whatever its calendar, target and pauses."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.clockwork import Goal, Pause, due, elapsed, merged, remaining
from store.domain.ledger import Entry, EntryKind, ledger
from store.domain.localtime import in_seconds
from store.domain.targets import Target
from tests.domain.calendar_makers import calendars

if TYPE_CHECKING:
    from random import Random

Placed = tuple[Calendar, datetime]
Moves = list[tuple[timedelta, timedelta]]

seconds = st.integers(0, 30 * 86_400)
goals = st.one_of(
    seconds.map(lambda s: timedelta(seconds=s)),
    seconds.map(lambda s: Target(seconds=s)),
    st.integers(0, 15).map(lambda days: Target(days=days)),
)
breaks = st.lists(
    st.tuples(
        st.integers(-3 * 86_400, 30 * 86_400).map(lambda s: timedelta(seconds=s)),
        st.integers(0, 10 * 86_400).map(lambda s: timedelta(seconds=s)),
    ),
    max_size=5,
)


def pauses_of(start: datetime, moves: Moves) -> list[Pause]:
    """Pauses that begin some time after a start and last some time."""
    return [(start + after, start + after + lasting) for after, lasting in moves]


@given(calendars, goals, breaks, st.randoms(use_true_random=False))
def test_the_order_of_pauses_does_not_matter(
    placed: Placed, goal: Goal, moves: Moves, shuffler: Random
) -> None:
    """They come from a journal, and some are told late."""
    calendar, start = placed
    pauses = pauses_of(start, moves)
    shuffled = shuffler.sample(pauses, len(pauses))
    assert due(calendar, start, goal, shuffled) == due(calendar, start, goal, pauses)
    assert ledger(calendar, start, goal, None, shuffled) == ledger(
        calendar, start, goal, None, pauses
    )


@given(calendars, goals, breaks)
def test_a_pause_told_twice_counts_once(placed: Placed, goal: Goal, moves: Moves) -> None:
    """Overlapping pauses are one longer pause."""
    calendar, start = placed
    pauses = pauses_of(start, moves)
    assert due(calendar, start, goal, [*pauses, *pauses]) == due(calendar, start, goal, pauses)
    assert due(calendar, start, goal, merged(pauses, start)) == due(calendar, start, goal, pauses)


@given(calendars, goals, breaks, st.integers(0, 86_400), st.integers(0, 5 * 86_400))
def test_a_pause_moves_the_due_time_by_the_working_time_in_it(
    placed: Placed, goal: Goal, moves: Moves, after: int, lasting: int
) -> None:
    """If it begins before the clock is due, else by nothing."""
    calendar, start = placed
    earlier = [pause for pause in pauses_of(start, moves) if pause[0] < start]
    held = merged(earlier, start)
    begins = max([start, *(pause[1] for pause in held if pause[1])]) + timedelta(seconds=after)
    ends = begins + timedelta(seconds=lasting)
    before = due(calendar, start, goal, earlier)
    assert before is not None
    lost = calendar.between(begins, ends) if begins < before else timedelta()
    assert due(calendar, start, goal, [*earlier, (begins, ends)]) == calendar.add(before, lost)


@given(calendars, seconds, seconds, breaks)
def test_a_longer_target_is_never_due_earlier(
    placed: Placed, one: int, more: int, moves: Moves
) -> None:
    """Nor does one more pause make it earlier."""
    calendar, start = placed
    pauses = pauses_of(start, moves)
    short = due(calendar, start, Target(seconds=one), pauses)
    long = due(calendar, start, Target(seconds=one + more), pauses)
    fewer = due(calendar, start, Target(seconds=one), pauses[1:])
    assert short is not None
    assert long is not None
    assert fewer is not None
    assert fewer <= short <= long


@given(calendars, seconds, breaks)
def test_at_the_due_time_exactly_the_target_has_run(
    placed: Placed, target: int, moves: Moves
) -> None:
    """And a microsecond earlier it has not."""
    calendar, start = placed
    pauses = pauses_of(start, moves)
    at = due(calendar, start, Target(seconds=target), pauses)
    assert at is not None
    assert elapsed(calendar, start, at, pauses) == timedelta(seconds=target)
    earlier = at - timedelta(microseconds=1)
    assert at == start or elapsed(calendar, start, earlier, pauses) < timedelta(seconds=target)


@given(calendars, seconds, breaks, st.integers(0, 60 * 86_400))
def test_what_has_run_and_what_is_left_make_the_target(
    placed: Placed, target: int, moves: Moves, later: int
) -> None:
    """Early and late, in a pause and out of it, told or still open."""
    calendar, start = placed
    until = start + timedelta(seconds=later)
    pauses: list[Pause] = pauses_of(start, moves)
    for held in (pauses, [*pauses, (until - timedelta(hours=5), None)]):
        ran = elapsed(calendar, start, until, held)
        left = remaining(calendar, start, Target(seconds=target), until, held)
        assert ran + left == timedelta(seconds=target)


@given(calendars, goals, breaks, st.integers(-(86_400), 30 * 86_400))
def test_a_paused_clock_cannot_breach(placed: Placed, goal: Goal, moves: Moves, after: int) -> None:
    """Without an end in sight there is a due time only if it came before the pause."""
    calendar, start = placed
    pauses: list[Pause] = pauses_of(start, moves)
    begins = start + timedelta(seconds=after)
    held = due(calendar, start, goal, [*pauses, (begins, None)])
    told = due(calendar, start, goal, [pause for pause in pauses if pause[0] < begins])
    if held is not None:
        assert held <= max(begins, start)
    elif told is not None:
        assert max(begins, start) < told or any(ends and ends >= begins for _, ends in pauses)


@given(calendars, goals, breaks)
def test_a_clock_that_never_pauses_does_not_see_pauses(
    placed: Placed, goal: Goal, moves: Moves
) -> None:
    """The respond clock runs on while the order waits."""
    calendar, start = placed
    pauses: list[Pause] = [*pauses_of(start, moves), (start, None)]
    assert due(calendar, start, goal, pauses, pausable=False) == due(calendar, start, goal)
    assert ledger(calendar, start, goal, None, pauses, pausable=False) == ledger(
        calendar, start, goal
    )


def sum_of(entries: tuple[Entry, ...], *kinds: EntryKind) -> float:
    """The seconds of some kinds of entries."""
    return sum(entry.seconds for entry in entries if entry.kind in kinds)


@given(calendars, goals, breaks)
def test_the_ledger_adds_up(placed: Placed, goal: Goal, moves: Moves) -> None:
    """Its stretches make the target, and with its pauses the whole way to the due time."""
    calendar, start = placed
    pauses = pauses_of(start, moves)
    told = ledger(calendar, start, goal, None, pauses)
    at = due(calendar, start, goal, pauses)
    assert at is not None
    worked = sum_of(told, EntryKind.WORK, EntryKind.MORE_WORK)
    paused = sum_of(told, EntryKind.PAUSE, EntryKind.MORE_PAUSES)
    assert worked + paused == in_seconds(calendar.between(start, at))
    spent = due(calendar, start, goal)
    assert spent is not None
    assert worked == in_seconds(calendar.between(start, spent))
    assert [entry.kind for entry in told[-2:]] == [EntryKind.SPENT, EntryKind.DUE]
    assert told[-1].from_at == at
    assert told[-2].seconds == told[-1].running_total == worked
    assert len(told) <= 60


@given(calendars, goals, breaks, st.timedeltas(timedelta(days=-3), timedelta(days=30)))
def test_what_is_not_known_is_one_more_line(
    placed: Placed, goal: Goal, moves: Moves, after: timedelta
) -> None:
    """Only where the deadline lies beyond, between what begins before it and what begins after."""
    calendar, start = placed
    plain = ledger(calendar, start, goal, None, pauses_of(start, moves))
    edge = start + after
    told = ledger(calendar, start, goal, None, pauses_of(start, moves), known_before=edge)
    assert [entry for entry in told if entry.kind is not EntryKind.UNKNOWN] == list(plain)
    assert len(told) == len(plain) + (edge < plain[-1].from_at)
    assert [entry.from_at for entry in told] == sorted(entry.from_at for entry in told)


@given(calendars, goals, breaks)
def test_the_ledger_runs_forward(placed: Placed, goal: Goal, moves: Moves) -> None:
    """Each line begins where the one before it ended or later, and the total follows the work."""
    calendar, start = placed
    told = ledger(calendar, start, goal, None, pauses_of(start, moves))
    total = 0.0
    for line, following in itertools.pairwise(told):
        if {line.kind, following.kind} != {EntryKind.MORE_WORK, EntryKind.MORE_PAUSES}:
            assert following.kind is EntryKind.SPENT or (line.to_at or start) <= following.from_at
        total += line.seconds if line.kind in {EntryKind.WORK, EntryKind.MORE_WORK} else 0
        assert line.running_total == total
