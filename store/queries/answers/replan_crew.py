"""What a plan for the whole board is made of: orders as stops, technicians with their time."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.dispatch.appointed import due_at_within
from store.domain.dispatch.crew import WEIGHTS, Stop, Worker
from store.domain.dispatch.papers import papers_of
from store.domain.dispatch.things import parted
from store.domain.forecast import LEAST
from store.domain.lifecycle import State, VisitState
from store.domain.starts import is_meant
from store.domain.targets import ClockKind
from store.persistence.figures import figures_of
from store.persistence.mapping import CLOCK
from store.persistence.statements import among
from store.persistence.travel_times import table_now
from store.persistence.types import to_ms
from store.queries.answers.crew_papers import ends_of
from store.queries.answers.crew_stops import minutes_to, position
from store.queries.answers.crew_time import time_of, work_ended

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from store.domain.distance import Position
    from store.persistence.reader import Reader
    from store.persistence.standings import Standing
    from store.queries.answers.usual_times import UsualTimes

_UNDER_WAY: Final = frozenset({VisitState.EN_ROUTE.value, VisitState.ON_SITE.value})
_OVERRUN: Final = 2
"""Work overruns once it has taken so many times what such work takes."""
_BOUND: Final = (ClockKind.ARRIVE.value, ClockKind.RESOLVE.value)


class Stops:
    """Orders as stops."""

    def __init__(
        self, reader: Reader, times: UsualTimes, rows: Sequence[Any], people: list[int]
    ) -> None:
        self._reader = reader
        self._times = times
        self._dues = _dues(reader, sorted({row.number for row in rows}))
        self.overrun: set[int] = set()
        """Technicians at work that takes far longer than usual, of what was read as stops."""
        self._untils = ends_of(
            reader, {row.kind for row in rows}, people, partial(minutes_to, reader)
        )

    def fixed(self, row: Any) -> Stop:
        """What stays with whoever has it: done before his certificate for it has ended.

        Those who do something together at a start begin it then, each of them.
        """
        stop = self.stop(row)
        stop.until = self._untils.get((row.who, row.kind), inf)
        stop.locked = stop.locked or (row.crew > 1 and (stop.planned or -1.0) >= 0)
        return stop

    def stop(self, row: Any) -> Stop:
        """What it takes, and until when."""
        reader, takes = self._reader, self._times.takes(row.kind, row.priority, row.takes_s)
        waits = row.state == State.WAITING.value
        under_way = getattr(row, "visit", None) in _UNDER_WAY and not waits
        meet_at = None if under_way else row.appointment_at
        arrive = ClockKind.ARRIVE.value
        dues = (until + takes * (kind == arrive) for kind, until in self._dues[row.number])
        due = min(dues, default=None)
        due = due_at_within(due, meet_at, takes)
        began = (row.departed_at or row.arrived_at) if under_way else None
        if began is not None:
            if reader.at - began > _OVERRUN * takes:
                self.overrun.add(row.who)
            takes = max(reader.pace.here(LEAST), takes - (reader.at - began))
        times_set = [row.wake_at if waits else None, meet_at]
        if row.planned_at is not None and is_meant(
            to_ms(row.planned_at), locked=row.locked_by is not None, crew=row.crew
        ):
            times_set.append(row.planned_at)
        ready = max((minutes_to(reader, t) for t in times_set if t is not None), default=None)
        times_set.append(row.planned_at)
        planned = max((minutes_to(reader, t) for t in times_set if t is not None), default=None)
        return Stop(
            number=row.number,
            at=position(row.latitude, row.longitude),
            site=row.site_id,
            takes=minutes_to(reader, reader.at + takes),
            due=inf if due is None else minutes_to(reader, due),
            weight=WEIGHTS.get(row.priority, 1.0),
            ready=0.0 if ready is None or under_way else max(0.0, ready),
            under_way=under_way,
            planned=planned,
            appointed=None if meet_at is None else minutes_to(reader, meet_at),
            locked=row.locked_by is not None,
        )


class Crew:
    """Technicians with their time and what no plan takes from them."""

    def __init__(self, reader: Reader, people: Mapping[int, Standing]) -> None:
        self._reader = reader
        self._people = people
        self._figures = figures_of(reader.conn)
        self.travel = self._figures.travel(table_now(reader.conn))
        self._worked = work_ended(reader, self._figures.rest)

    def worker(self, who: int, stops: list[Stop]) -> Worker:
        """One of them."""
        reader, one = self._reader, self._people[who]
        under_way = next((stop for stop in stops if stop.under_way), None)
        roster, off = one.shifts if one.row.rostered else None, one.row.state == "off"
        time = time_of(reader, roster, one.absences, self._worked[who], under_way, gone=off)
        where, site = self._where(one.row, under_way, there=time.there)
        return Worker(
            id=who,
            at=where,
            site=site,
            base=position(one.row.home_lat, one.row.home_long),
            base_site=one.row.home_site_id,
            spans=time.spans,
            away=time.away,
            off=off,
            worked_until=time.worked_until,
            rest=self._figures.rest,
            skills=one.skills,
            papers=_papers(reader, one),
            carries=parted(one.row.carries),
            home=one.row.region_id,
            regions=frozenset(one.regions),
            refused_by=frozenset(c for c, wish in one.wishes.items() if wish == -1),
            asked_for_by=frozenset(c for c, wish in one.wishes.items() if wish == 1),
            stops=tuple(stops),
        )

    def _where(
        self, row: Any, under_way: Stop | None, *, there: bool
    ) -> tuple[Position | None, int | None]:
        """Where somebody's way begins: at the order at hand, where he was seen, or at home."""
        if under_way is not None and self.travel.knows(under_way.at, under_way.site):
            return under_way.at, under_way.site
        seen, since = position(row.latitude, row.longitude), row.position_at
        forgotten = self._reader.pace.here(timedelta(minutes=self._figures.forgotten))
        if there and seen and since is not None and self._reader.at - since <= forgotten:
            return seen, None
        return position(row.home_lat, row.home_long), row.home_site_id

    def out(self, who: int) -> bool:
        """Whether he is away now, or has gone off duty."""
        one = self._people[who]
        absent = any(begins <= self._reader.at < ends for begins, ends in one.absences)
        return absent or one.row.state == "off"


def _papers(reader: Reader, one: Standing) -> dict[str, float | None]:
    return papers_of(
        (name, None if ends is None else minutes_to(reader, ends)) for name, ends in one.papers
    )


def _dues(reader: Reader, numbers: Sequence[int]) -> defaultdict[int, list[tuple[str, datetime]]]:
    """What is promised and not kept yet; missed promises too, since each minute more counts."""
    asked = select(CLOCK.c.number, CLOCK.c.kind, CLOCK.c.due_at).where(
        among(CLOCK.c.number, "numbers", reader.kind),
        *(CLOCK.c.met_at.is_(None), CLOCK.c.ended_at.is_(None), CLOCK.c.due_at.is_not(None)),
        CLOCK.c.kind.in_(_BOUND),
    )
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for number, kind, due_at in reader.conn.execute(asked, {"numbers": list(numbers)}):
        found[number].append((kind, due_at))
    return found
