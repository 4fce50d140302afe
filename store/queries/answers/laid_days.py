"""When everybody comes to what he has, as a recommendation reckons it, with the ways between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.crew import Stop, Wanted
from store.domain.dispatch.recommend import Crew
from store.domain.targets import ClockKind
from store.queries.answers.crew import Everybody
from store.queries.answers.usual_times import UsualTimes
from store.queries.days import Bar, BarKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from store.domain.dispatch.laid import Laid
    from store.persistence.reader import Reader
    from store.queries.answers.crew_stops import Held

_MINUTE: Final = timedelta(minutes=1)
_NOTHING: Final = Wanted(stop=Stop(number=0, at=None, takes=0.0, due=0.0, weight=0.0))
"""Everybody is read for no order: what each can is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An order that somebody has, with when he comes to it."""

    held: Held
    stop: Stop
    sets_out_at: datetime
    from_at: datetime
    to_at: datetime
    fits: bool
    """Whether it is over within a span of his time, and before his certificate for it ends."""
    counts: timedelta
    """How much is late: what is reckoned is not known to the second."""

    def bar(self) -> Bar:
        """The same as the board shows it."""
        promise, late = missed(self.held, self.from_at, self.to_at, self.counts)
        return Bar(
            number=self.held.number,
            title=self.held.title,
            kind=BarKind.PLAN,
            from_at=self.from_at,
            to_at=self.to_at,
            clashes=not self.fits,
            version=self.held.version,
            priority=self.held.priority,
            sets_out_at=self.sets_out_at,
            late=late,
            promise=promise,
            appointed=self.stop.appointed is not None,
            locked=self.stop.locked,
            planned=self.held.timed,
        )


class LaidDays:
    """The stops of some technicians over their time."""

    def __init__(self, reader: Reader, people: Iterable[int] | None = None) -> None:
        """Of everybody in sight, if not said of whom."""
        self._reader = reader
        self.them = Everybody(reader, _NOTHING)
        wanted = self.them.workers if people is None else people
        known = [who for who in wanted if who in self.them.workers]
        self.times = UsualTimes(reader)
        workers = self.them.busy(self.times, known, but=0)
        self.crew = Crew(workers, self.them.travel)

    def of(self, technician: int) -> Iterator[Coming]:
        """What somebody comes to, in his order."""
        yield from self.told(self.crew.laid.get(technician, ()))

    def told(self, laid: Iterable[Laid]) -> Iterator[Coming]:
        """The stops of some spans; what is done in parts is one, from its beginning to its end."""
        found: dict[int, Coming] = {}
        for one in laid:
            for at, stop in enumerate(one.stops):
                start, end = one.starts[at], one.dones[at + 1]
                coming = Coming(
                    held=self.them.held[stop.number],
                    stop=stop,
                    sets_out_at=self.when(max(one.dones[at], start - one.hops[at])),
                    from_at=self.when(start),
                    to_at=self.when(end),
                    fits=(end <= one.ends or stop.under_way) and end <= stop.until,
                    counts=self._reader.pace.here(_MINUTE),
                )
                if (begun := found.get(stop.number)) is not None:
                    coming = replace(begun, to_at=coming.to_at, fits=coming.fits)
                found[stop.number] = coming
        yield from found.values()

    def stranded(self, technician: int) -> int:
        """How many orders he has that he comes to in no span."""
        worker = self.crew.workers.get(technician)
        if worker is None:
            return 0
        laid = self.crew.laid[technician]
        return len(worker.stops) - len({stop.number for one in laid for stop in one.stops})

    def when(self, minutes: float) -> datetime:
        """The instant that lies so many minutes ahead."""
        return self._reader.pace.after(self._reader.at, minutes)

    def lasts(self, minutes: float) -> timedelta:
        """How long so many minutes are at this desk."""
        return self._reader.pace.here(timedelta(minutes=minutes))


def missed(
    held: Held, from_at: datetime, to_at: datetime, counts: timedelta
) -> tuple[ClockKind | None, timedelta]:
    """The promise that is missed first, and by how much."""
    found = [
        (due_at, ClockKind(kind), late)
        for kind, due_at in held.dues
        if (late := (from_at if kind == ClockKind.ARRIVE else to_at) - due_at) >= counts
    ]
    if not found:
        return None, timedelta()
    _due, kind, late = min(found, key=lambda one: one[0])
    return kind, late
