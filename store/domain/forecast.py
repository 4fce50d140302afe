"""What will be missed at the present load: when each order is reached, and which clock that breaks.

The assumptions, so that a forecast can be argued with:

- An order takes the usual time of its kind and priority, from setting out to the end of the work;
  one that is under way takes what is left of that, and never less than `LEAST`.
- Who has orders does them one after the other, the urgent before the less urgent, then by deadline;
  he works on shift, not while he is absent, and finishes what he began.
- Orders that nobody has share the time that everybody has left, in the same order. One is reached
  when that time is as long as the work before it, and somebody is there.
- Being reached keeps the promises to respond and to arrive; the end of the work keeps the one to
  resolve. Word to the customer depends on nobody's time and is left out.
- A waiting order is work from its waking on, and nothing new comes in.

So the forecast is the same for the same facts, one technician more never makes it worse, and one
order more never makes it better.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.supply import FAR, Supply
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from store.domain.supply import Span

LEAST = timedelta(minutes=10)
"""What is left at least of work under way."""

_ENDS = frozenset({ClockKind.RESOLVE})
_BEGINS = frozenset({ClockKind.RESPOND, ClockKind.ARRIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One order as far as a forecast needs to know it."""

    number: int
    priority: int
    takes: timedelta
    """The usual time of such an order."""
    technician: int | None = None
    """Who has it."""
    began_at: datetime | None = None
    """When he set out or arrived; None while he has not."""
    from_at: datetime | None = None
    """When it wakes, if it waits."""
    dues: Mapping[ClockKind, datetime]
    """The due times of its running clocks, missed ones left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From when until when a technician is there."""

    technician: int
    from_at: datetime
    to_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When whoever has an order comes to it."""

    job: Job
    reached_at: datetime
    done_at: datetime
    free_at: datetime
    """When he has time for the next."""
    before: int
    work: timedelta
    """How much work comes before it."""


class Why(StrEnum):
    """What keeps an order from being reached in time."""

    BUSY = "busy"
    """Whoever has it has others before it."""
    LOAD = "load"
    """Nobody has it, and the work before it takes all their time."""
    LONG = "long"
    """It is reached at once, and the usual work takes longer than is left."""
    NOBODY = "nobody"
    """Nobody is there in time to come to it, though nothing comes before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A clock that will be missed, and why."""

    number: int
    priority: int
    clock: ClockKind
    due_at: datetime
    reached_at: datetime
    """`FAR` where nobody comes."""
    done_at: datetime
    why: Why
    technician: int | None
    before: int
    """How many orders come before it."""
    work_before: timedelta
    """How much work they are."""

    @property
    def late(self) -> timedelta:
        """How late the clock is met."""
        return (self.done_at if self.clock in _ENDS else self.reached_at) - self.due_at


def foresee(
    jobs: Iterable[Job],
    there: Iterable[Stretch],
    *,
    at: datetime,
    until: datetime,
    least: timedelta = LEAST,
) -> tuple[Miss, ...]:
    """The clocks due by `until` that will be missed, the worst first: by priority, then lateness.

    Of each order the clock that is missed first; what was missed by `at` is no forecast.
    """
    stretches = _by_technician(there, at)
    held: dict[int, list[Job]] = defaultdict(list)
    free: list[Job] = []
    for job in sorted(jobs, key=_urgency):
        if job.technician is None:
            free.append(job)
        else:
            held[job.technician].append(job)
    missed = [
        miss
        for technician in sorted(held)
        for miss in _of_one(held[technician], stretches, technician, at, until, least)
    ]
    missed += _of_all(free, [one for some in stretches.values() for one in some], at, until)
    return tuple(sorted(missed, key=lambda miss: (miss.priority, -miss.late, miss.number)))


def _urgency(job: Job) -> tuple[bool, int, datetime, int]:
    """Work under way first, then as urgent and as soon due as it is."""
    return job.began_at is None, job.priority, min(job.dues.values(), default=FAR), job.number


def _by_technician(there: Iterable[Stretch], at: datetime) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for one in sorted(there, key=lambda one: (one.technician, one.from_at, one.to_at)):
        begins = max(one.from_at, at)
        if begins < one.to_at:
            held = found.setdefault(one.technician, [])
            if held and begins <= held[-1][1]:
                held[-1] = held[-1][0], max(held[-1][1], one.to_at)
            else:
                held.append((begins, one.to_at))
    return found


def without(span: Span, away: Iterable[Span]) -> Iterator[Span]:
    """What is left of a stretch of time, in order, when others are taken out of it.

    They may overlap each other, and either end of it.
    """
    begins, ends = span
    for leaves, returns in sorted(away):
        if begins < (until := min(leaves, ends)):
            yield begins, until
        begins = max(begins, returns)
    if begins < ends:
        yield begins, ends


def plan(
    jobs: Iterable[Job], there: Iterable[Stretch], *, at: datetime, least: timedelta = LEAST
) -> dict[int, list[Turn]]:
    """When whoever has orders comes to each of them, by technician; as `foresee` reckons."""
    stretches = _by_technician(there, at)
    held: dict[int, list[Job]] = defaultdict(list)
    for job in sorted(jobs, key=_urgency):
        if job.technician is not None:
            held[job.technician].append(job)
    return {
        who: list(_turns(some, stretches.get(who, []), at, least)) for who, some in held.items()
    }


def _turns(
    jobs: Iterable[Job], mine: Sequence[Span], at: datetime, least: timedelta
) -> Iterator[Turn]:
    """One technician's orders, one after the other."""
    free_at, before, work = at, 0, timedelta()
    for job in jobs:
        takes = job.takes
        if job.began_at is not None:
            takes = max(least, job.takes - (at - job.began_at))
        wanted = max(free_at, job.from_at or at)
        reached = wanted if job.began_at is not None else _next(mine, wanted)
        done = FAR if reached >= FAR else reached + takes
        if job.from_at is None or job.from_at <= free_at:
            free_at = max(free_at, done)
        else:  # he has the time until it wakes, and somebody's order waits no longer for it
            free_at += takes
        yield Turn(
            job=job, reached_at=reached, done_at=done, free_at=free_at, before=before, work=work
        )
        before, work = before + 1, work + takes


def _of_one(
    jobs: Sequence[Job],
    stretches: dict[int, list[Span]],
    technician: int,
    at: datetime,
    until: datetime,
    least: timedelta,
) -> Iterator[Miss]:
    """What one technician will miss; the time that his orders take is gone for the others."""
    free_at, mine = at, stretches.get(technician, [])
    for turn in _turns(jobs, mine, at, least):
        free_at = turn.free_at
        yield from _missed(
            turn.job, turn.reached_at, turn.done_at, at, until, turn.before, turn.work
        )
    stretches[technician] = [
        (max(begins, free_at), ends) for begins, ends in mine if ends > free_at
    ]


def _of_all(
    jobs: Sequence[Job],
    stretches: Iterable[tuple[datetime, datetime]],
    at: datetime,
    until: datetime,
) -> Iterator[Miss]:
    """What will be missed of the orders that nobody has."""
    supply = Supply(stretches)
    work = timedelta()
    for before, job in enumerate(jobs):
        reached = supply.when(work, not_before=max(at, job.from_at or at))
        done = FAR if reached >= FAR else reached + job.takes
        yield from _missed(job, reached, done, at, until, before, work)
        work += job.takes


def _next(stretches: Sequence[tuple[datetime, datetime]], at: datetime) -> datetime:
    return next((max(begins, at) for begins, ends in stretches if ends > at), FAR)


def _missed(
    job: Job,
    reached: datetime,
    done: datetime,
    at: datetime,
    until: datetime,
    before: int,
    work: timedelta,
) -> Iterator[Miss]:
    """The first promise of an order that will be broken by then, if any will."""
    broken = [
        (due_at, clock)
        for clock, due_at in job.dues.items()
        if at <= due_at <= until
        and ((clock in _BEGINS and reached > due_at) or (clock in _ENDS and done > due_at))
    ]
    if not broken:
        return
    due_at, clock = min(broken)
    if reached >= FAR or (not before and reached > due_at):
        why = Why.NOBODY
    elif reached <= due_at and not (reached > at and before):
        why = Why.LONG
    else:
        why = Why.BUSY if job.technician is not None else Why.LOAD
    yield Miss(
        number=job.number,
        priority=job.priority,
        clock=clock,
        due_at=due_at,
        reached_at=reached,
        done_at=done,
        why=why,
        technician=job.technician,
        before=before,
        work_before=work,
    )
