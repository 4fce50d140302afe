"""What will be missed at the present load: when each order is reached, and which clock that breaks.

The assumptions, so that a forecast can be argued with:

- Who has orders comes to them when the schedule board says so: in his turn, with the ways between,
  on shift and not absent, and no earlier than a start that was planned.
- Orders that nobody has share the time that everybody has left, the urgent before the less urgent,
  then by deadline. One takes the usual time of its kind and priority, and is reached when that time
  is as long as the work before it, and somebody is there.
- Being set out for keeps the promise to respond, being reached the one to arrive; the end of the
  work keeps the one to resolve. Word to the customer depends on nobody's time and is left out; so
  is who comes to an appointment: whoever does may say so long before they set out.
- A waiting order is work from its waking on, and nothing new comes in.

So the forecast is the same for the same facts, and of what nobody has, one technician more never
makes it worse, and one order more never makes it better.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.supply import FAR, Supply
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.domain.dispatch.rules import Barred
    from store.domain.supply import Span

LEAST = timedelta(minutes=10)
"""What is left at least of work under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When whoever has an order comes to it."""

    technician: int
    sets_out_at: datetime
    reached_at: datetime
    """`FAR`, like the others, where that is never."""
    done_at: datetime
    since: datetime
    """When that stretch of his time begins in which he does."""
    away: Barred | None
    """What he is until then; None where he is there now."""
    before: int
    work: timedelta
    """How much work he has before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One order as far as a forecast needs to know it."""

    number: int
    priority: int
    takes: timedelta
    """The usual time of such an order."""
    turn: Turn | None = None
    """None where nobody has it."""
    from_at: datetime | None = None
    """When it wakes, if it waits; when it is meant to begin, if that was planned."""
    awaited_at: datetime | None = None
    """When the customer awaits somebody; `from_at` lies no earlier."""
    appointed: bool = False
    """Whether its promise to arrive is an appointment."""
    dues: Mapping[ClockKind, datetime]
    """The due times of its running clocks, missed ones left out."""


class Why(StrEnum):
    """What keeps an order from being reached in time."""

    BUSY = "busy"
    """Whoever has it has others before it."""
    LOAD = "load"
    """Nobody has it, and the work before it takes all their time."""
    LONG = "long"
    """It is reached as soon as may be, and the usual work takes longer than is left."""
    WAY = "way"
    """Nothing comes before it, and the way to it takes longer than is left."""
    START = "start"
    """It wakes, or is meant to begin, too late for that."""
    APPOINTMENT = "appointment"
    """The customer awaits somebody too late for that."""
    AWAY = "away"
    """Whoever has it is absent or off shift for too long."""
    FULL = "full"
    """Whoever has it has no time for it as far ahead as is looked, with what comes before it."""
    NOBODY = "nobody"
    """Nobody is there in time to come to it, though nothing comes before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A clock that will be missed, and why."""

    number: int
    priority: int
    clock: ClockKind
    due_at: datetime
    sets_out_at: datetime
    reached_at: datetime
    """`FAR` where nobody comes."""
    done_at: datetime
    why: Why
    technician: int | None
    before: int
    """How many orders come before it."""
    work_before: timedelta
    """How much work they are."""
    away: Barred | None = None
    """Until when whoever has it is absent or off shift, where that is why."""
    from_at: datetime | None = None
    """When it wakes, is meant to begin or is awaited, where that is why."""
    appointed: bool = False
    """Whether the clock is that of an appointment."""

    @property
    def late(self) -> timedelta:
        """How late the clock is met."""
        kept = {ClockKind.RESPOND: self.sets_out_at, ClockKind.RESOLVE: self.done_at}
        return kept.get(self.clock, self.reached_at) - self.due_at


def foresee(
    jobs: Iterable[Job], left: Iterable[Span], *, at: datetime, until: datetime
) -> tuple[Miss, ...]:
    """The clocks due by `until` that will be missed, the worst first: by priority, then lateness.

    Of each order the clock that is missed first; what was missed by `at` is no forecast. What is
    left of everybody's time is shared by the orders that nobody has.
    """
    held: list[tuple[Job, Turn]] = []
    free: list[Job] = []
    for job in sorted(jobs, key=_urgency):
        if job.turn is None:
            free.append(job)
        else:
            held.append((job, job.turn))
    broken = [(job, turn, _first(job, turn, at, until)) for job, turn in held]
    missed = [
        _miss(job, turn, clock, _why_held(job, turn, clock, at))
        for job, turn, clock in broken
        if clock is not None
    ]
    missed += _of_all(free, left, at, until)
    return tuple(sorted(missed, key=lambda miss: (miss.priority, -miss.late, miss.number)))


def _urgency(job: Job) -> tuple[int, datetime, int]:
    """As urgent and as soon due as it is."""
    return job.priority, min(job.dues.values(), default=FAR), job.number


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


def _of_all(
    jobs: Sequence[Job], left: Iterable[Span], at: datetime, until: datetime
) -> Iterator[Miss]:
    """What will be missed of the orders that nobody has."""
    supply = Supply(left)
    work = timedelta()
    for before, job in enumerate(jobs):
        reached = supply.when(work, not_before=max(at, job.from_at or at))
        done = FAR if reached >= FAR else reached + job.takes
        turn = Turn(
            technician=0,
            sets_out_at=reached,
            reached_at=reached,
            done_at=done,
            since=at,
            away=None,
            before=before,
            work=work,
        )
        if (clock := _first(job, turn, at, until)) is not None:
            yield _miss(job, turn, clock, _why_free(job, turn, clock, at))
        work += job.takes


def _first(job: Job, turn: Turn, at: datetime, until: datetime) -> ClockKind | None:
    """The first promise of an order that will be broken by then, if any will."""
    kept = {
        ClockKind.RESPOND: turn.sets_out_at,
        ClockKind.ARRIVE: turn.reached_at,
        ClockKind.RESOLVE: turn.done_at,
    }
    if job.awaited_at is not None:
        del kept[ClockKind.RESPOND]
    broken = [
        (due_at, clock)
        for clock, due_at in job.dues.items()
        if clock in kept and at <= due_at <= until and kept[clock] > due_at
    ]
    return min(broken)[1] if broken else None


def _latest(job: Job, clock: ClockKind) -> datetime:
    """When it must be reached so that a clock is met."""
    return job.dues[clock] - (job.takes if clock is ClockKind.RESOLVE else timedelta())


def _why_held(job: Job, turn: Turn, clock: ClockKind, at: datetime) -> Why:
    """What alone would break it, whatever comes before it; else what comes before it."""
    latest = _latest(job, clock)
    if turn.reached_at >= FAR and turn.away is None:
        return Why.FULL if turn.before else Why.NOBODY
    if turn.reached_at >= FAR or turn.since > max(at, latest):
        return Why.AWAY
    if job.from_at is not None and job.from_at > max(at, latest):
        return _why_not_before(job)
    if clock is ClockKind.RESOLVE and at > latest:
        return Why.LONG
    if turn.before:
        return Why.BUSY
    return Why.LONG if turn.reached_at <= latest else Why.WAY


def _why_free(job: Job, turn: Turn, clock: ClockKind, at: datetime) -> Why:
    reached, due_at = turn.reached_at, job.dues[clock]
    if reached >= FAR:
        return Why.NOBODY
    if job.from_at is not None and job.from_at > max(at, _latest(job, clock)):
        return _why_not_before(job)
    if not turn.before and reached > due_at:
        return Why.NOBODY
    if reached <= due_at and not (reached > at and turn.before):
        return Why.LONG
    return Why.LOAD


def _why_not_before(job: Job) -> Why:
    """Whether it is the customer who keeps it from beginning, or the desk."""
    return Why.APPOINTMENT if job.from_at == job.awaited_at else Why.START


def _miss(job: Job, turn: Turn, clock: ClockKind, why: Why) -> Miss:
    return Miss(
        number=job.number,
        priority=job.priority,
        clock=clock,
        due_at=job.dues[clock],
        sets_out_at=turn.sets_out_at,
        reached_at=turn.reached_at,
        done_at=turn.done_at,
        why=why,
        technician=None if job.turn is None else turn.technician,
        before=turn.before,
        work_before=turn.work,
        away=turn.away if why is Why.AWAY else None,
        from_at=job.from_at if why in {Why.START, Why.APPOINTMENT} else None,
        appointed=job.appointed and clock is ClockKind.ARRIVE,
    )
