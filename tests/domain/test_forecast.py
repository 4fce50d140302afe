"""The forecast of missed promises: examples to read, and laws for all loads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from store.domain.dispatch.rules import Barred, Rule
from store.domain.forecast import Job, Turn, Why, foresee, without
from store.domain.supply import FAR
from store.domain.targets import ClockKind
from tests.builders import LI, MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.forecast import Miss
    from store.domain.supply import Span

HOUR = timedelta(hours=1)
UNTIL = MONDAY + 4 * HOUR


def hence(hours: float) -> datetime:
    """So many hours after the moment of asking."""
    return MONDAY + hours * HOUR


def job(number: int, *, due: float = 1, takes: float = 1, **told: Any) -> Job:
    """An order to be resolved in so many hours, that takes so many."""
    plain = {"priority": 2, "dues": {ClockKind.RESOLVE: hence(due)}, "takes": takes * HOUR}
    return Job(number=number, **{**plain, **told})


def there(begins: float = 0, ends: float = 24) -> Span:
    """A technician on shift, with nothing to do."""
    return hence(begins), hence(ends)


def turn(reached: float, done: float, **told: Any) -> Turn:
    """When Li Wei comes to an order that he has; he is there, and the way takes no time."""
    plain: dict[str, Any] = {"sets_out_at": hence(reached), "since": MONDAY, "away": None}
    plain |= {"technician": LI, "before": 0, "work": timedelta()}
    times = {"reached_at": hence(reached), "done_at": hence(done)}
    return Turn(**{**plain, **times, **told})


def missed(jobs: list[Job], people: list[Span]) -> tuple[Miss, ...]:
    """What will be missed in four hours."""
    return foresee(jobs, people, at=MONDAY, until=UNTIL)


def test_what_one_technician_can_do_in_time_is_not_foretold() -> None:
    """Due exactly when it is done is in time."""
    assert missed([job(1, due=1), job(2, due=2), job(3, due=3)], [there()]) == ()


def test_the_order_behind_the_others_is_late() -> None:
    """With how much work stands before it."""
    found = missed([job(1, due=1), job(2, due=1.5)], [there()])
    assert [(miss.number, miss.why, miss.before) for miss in found] == [(2, Why.LOAD, 1)]
    assert (found[0].reached_at, found[0].done_at) == (hence(1), hence(2))
    assert (found[0].work_before, found[0].late) == (HOUR, HOUR / 2)


def test_two_do_twice_as_much() -> None:
    """Orders that nobody has share the time of all."""
    assert missed([job(1, due=1), job(2, due=1.5)], [there(), there()]) == ()


def test_whoever_has_an_order_does_it_himself() -> None:
    """Though others have time."""
    jobs = [job(1, turn=turn(0, 1)), job(2, due=1.5, turn=turn(1, 2, before=1, work=HOUR))]
    found = missed(jobs, [there(), there()])
    assert [(miss.number, miss.why, miss.technician) for miss in found] == [(2, Why.BUSY, LI)]
    assert (found[0].before, found[0].work_before, found[0].late) == (1, HOUR, HOUR / 2)


def why(one: Turn, *, clock: ClockKind = ClockKind.ARRIVE, **told: Any) -> tuple[Why, object]:
    """What is said of an order that is due in an hour, and until when he is away."""
    [miss] = missed([job(1, turn=one, dues={clock: hence(1)}, **told)], [there()])
    return miss.why, None if miss.away is None else miss.away.rule


def test_what_alone_breaks_a_promise_is_told_before_what_only_adds_to_it() -> None:
    """Others before it are no reason where he is not even there, nor the way where they are."""
    off = {"since": hence(3), "away": Barred(rule=Rule.OFF_SHIFT), "before": 2, "work": HOUR}
    assert why(turn(5, 6, **off)) == (Why.AWAY, Rule.OFF_SHIFT)
    assert why(turn(5, 6, **{**off, "since": hence(0.5)})) == (Why.BUSY, None)
    assert why(turn(2, 3, before=1), from_at=hence(2)) == (Why.START, None)
    assert why(turn(2, 3, before=1), from_at=hence(0.5)) == (Why.BUSY, None)
    assert why(turn(2, 3)) == (Why.WAY, None)
    assert why(turn(0, 2), takes=2, clock=ClockKind.RESOLVE) == (Why.LONG, None)
    assert why(turn(1, 3, before=1), takes=2, clock=ClockKind.RESOLVE) == (Why.LONG, None)
    assert why(turn(0.5, 1.5), clock=ClockKind.RESOLVE) == (Why.WAY, None)


def test_who_sets_out_in_time_has_said_yes() -> None:
    """The promise to respond is kept before he is there, the one to arrive is not."""
    one = turn(2, 3, sets_out_at=hence(0.5))
    assert missed([job(1, turn=one, dues={ClockKind.RESPOND: hence(1)})], []) == ()
    assert why(one) == (Why.WAY, None)
    late = turn(2, 3, sets_out_at=hence(1.5))
    [miss] = missed([job(1, turn=late, dues={ClockKind.RESPOND: hence(1)})], [])
    assert (miss.late, miss.reached_at) == (HOUR / 2, hence(2))


def test_the_urgent_comes_first() -> None:
    """Then what is due first."""
    jobs = [job(1, due=1, priority=4), job(2, due=1.9, priority=1), job(3, due=3, priority=4)]
    assert [miss.number for miss in missed(jobs, [there()])] == [1]


def test_being_reached_keeps_the_first_promises() -> None:
    """The end of the work keeps the last."""
    clocks = {ClockKind.RESPOND: hence(0.5), ClockKind.RESOLVE: hence(9)}
    found = missed([job(1, priority=1), job(2, dues=clocks)], [there()])
    assert [(miss.number, miss.clock) for miss in found] == [(2, ClockKind.RESPOND)]


def test_nobody_comes_where_nobody_is() -> None:
    """Not to orders of one who is with us no more, nor to any when all are off."""
    never = turn(0, 1, sets_out_at=FAR, reached_at=FAR, done_at=FAR)
    found = missed([job(1), job(2, turn=never)], [])
    assert [(miss.why, miss.reached_at) for miss in found] == [(Why.NOBODY, FAR)] * 2
    assert [miss.technician for miss in found] == [None, LI]
    assert [miss.number for miss in missed([job(1, due=3)], [there(begins=2.5)])] == [1]


def test_a_shift_that_begins_later_helps_later() -> None:
    """Reached when somebody is there, and not before."""
    found = missed([job(1, due=1)], [there(begins=0.5)])
    assert [(miss.reached_at, miss.why) for miss in found] == [(hence(0.5), Why.LONG)]


def test_a_waiting_order_is_work_from_its_waking_on() -> None:
    """It is not reached before."""
    found = missed([job(1, due=2.5, from_at=hence(2))], [there()])
    assert [(miss.reached_at, miss.why) for miss in found] == [(hence(2), Why.START)]


def test_what_is_late_already_is_no_forecast() -> None:
    """Nor what is due after the window."""
    assert missed([job(1, due=-1), job(2, due=5, takes=9)], [there()]) == ()


quarters = st.integers(1, 16).map(lambda count: count / 4)
jobs_ = st.lists(
    st.builds(
        job,
        st.just(0),
        due=quarters,
        takes=quarters,
        priority=st.integers(1, 4),
        from_at=st.sampled_from([None, None, hence(1.25)]),
    ),
    max_size=8,
).map(lambda found: [replace(one, number=n) for n, one in enumerate(found, 1)])
people = st.lists(
    st.tuples(quarters, quarters).map(lambda told: there(told[0] - 1, told[0] - 1 + told[1])),
    max_size=5,
)


def reached(jobs: list[Job], staff: list[Span]) -> dict[int, timedelta]:
    """How late each missed order is."""
    return {miss.number: miss.late for miss in missed(jobs, staff)}


@given(jobs_, people, quarters, quarters)
def test_one_more_technician_never_makes_it_worse(
    jobs: list[Job], staff: list[Span], begins: float, lasts: float
) -> None:
    """No order is missed that was not, and none is later."""
    before, after = (
        reached(jobs, staff),
        reached(jobs, [*staff, there(begins, begins + lasts)]),
    )
    assert after.keys() <= before.keys()
    assert all(late <= before[number] for number, late in after.items())


@given(jobs_, people, st.integers(0, 7))
def test_one_order_less_never_makes_it_worse(
    jobs: list[Job], staff: list[Span], place: int
) -> None:
    """The others are reached as soon as before, or sooner."""
    fewer = [one for one in jobs if one.number != place]
    before, after = reached(jobs, staff), reached(fewer, staff)
    assert after.keys() <= before.keys()
    assert all(late <= before[number] for number, late in after.items())


@given(jobs_, people, st.randoms())
def test_the_forecast_does_not_depend_on_the_order_of_its_facts(
    jobs: list[Job], staff: list[Span], dice: Any
) -> None:
    """The same load, the same words."""
    found = missed(jobs, staff)
    dice.shuffle(jobs)
    dice.shuffle(staff)
    assert missed(jobs, staff) == found


@given(jobs_, people)
def test_what_is_foretold_is_in_the_window_and_worst_first(
    jobs: list[Job], staff: list[Span]
) -> None:
    """Nobody is reached in the past."""
    found = missed(jobs, staff)
    assert all(MONDAY <= miss.due_at <= UNTIL and miss.late > timedelta() for miss in found)
    assert all(miss.reached_at >= MONDAY for miss in found)
    assert [miss.priority for miss in found] == sorted(miss.priority for miss in found)


hours = st.integers(0, 12)
spans = st.tuples(hours, hours).map(lambda pair: (min(pair), max(pair)))


def _hours_of(some: Iterable[tuple[datetime, datetime]]) -> list[int]:
    """The hours that stretches cover, one for each time that they do."""
    return sorted(
        hour for begins, ends in some for hour in range(24) if begins <= hence(hour) < ends
    )


@given(spans, st.lists(spans, max_size=5))
def test_what_is_left_of_a_shift_is_every_hour_that_nobody_was_away(
    shift: tuple[int, int], absences: list[tuple[int, int]]
) -> None:
    """Once each, and forwards; absences may overlap each other and the ends of the shift."""
    left = list(
        without(
            (hence(shift[0]), hence(shift[1])),
            [(hence(leaves), hence(returns)) for leaves, returns in absences],
        )
    )
    assert all(begins < ends for begins, ends in left)
    assert left == sorted(left)
    there = set(range(*shift)) - {hour for away in absences for hour in range(*away)}
    assert _hours_of(left) == sorted(there)
