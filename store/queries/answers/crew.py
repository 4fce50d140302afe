"""Everybody in sight with his time and what he has to do, as a recommendation reckons with it."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from store.domain.dispatch.crew import Worker
from store.domain.dispatch.papers import add_paper
from store.domain.dispatch.things import parted
from store.persistence.figures import figures_of
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.persistence.travel_times import table_now
from store.persistence.types import nearest
from store.queries.answers.crew_stops import (
    HeldOrders,
    as_kept,
    minutes_to,
    position,
    stops_of,
)
from store.queries.answers.crew_time import time_of
from store.queries.answers.lines import SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.remembered import Work
from store.queries.recommend import From, Person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from store.domain.dispatch.crew import Stop, Wanted
    from store.domain.distance import Position
    from store.persistence.reader import Reader
    from store.queries.answers.usual_times import UsualTimes

_T = metadata.tables
PAPERS = _T["certificate"]
MASTERED, REGIONS, WISHES = _T["technician_skill"], _T["technician_region"], _T["technician_wish"]

_MASTERS = select(MASTERED).where(MASTERED.c.skill_id == bindparam("skill"))
_GOES = select(REGIONS)
_WISHED = select(WISHES).where(WISHES.c.customer_id == bindparam("customer"))

_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


class Everybody:
    """The technicians in sight; what each has to do is read of those who come into question."""

    def __init__(self, reader: Reader, wanted: Wanted, work: Work | None = None) -> None:
        self.reader = reader
        self.figures = figures_of(reader.conn)
        self._work = work or Work(reader, self.figures.rest)
        self.travel = self.figures.travel(table_now(reader.conn))
        self._rows = {row.id: row for row in technician_rows(reader)}
        lists = _Lists(reader, list(self._rows), wanted)
        self.workers = {who: _standing(row, lists) for who, row in self._rows.items()}
        """Those who are busy with their time and what they have to do, the others without."""
        self.held = HeldOrders()
        self._begins: dict[int, _Begins] = {}
        """Of those who are busy."""
        self._away: dict[int, list[tuple[datetime, datetime]]] = {}
        """Their absences."""
        ago = (
            reader.pace.here(timedelta(minutes=minutes))
            for minutes in (self.figures.forgotten, self.figures.stale)
        )
        self._forgotten, self._stale = (reader.at - one for one in ago)

    def busy(
        self, times: UsualTimes, people: list[int], *, but: int, recalled: bool = False
    ) -> list[Worker]:
        """Some with all that they have to do, but for the order that somebody is found for.

        It is told the `workers` themselves. If `recalled`, as it would be did who has gone off duty
        come back: a recommendation never takes him, but says whether that would help.
        """
        reader = self.reader
        work = self._work
        held = work.held(people)
        rows = [row for who in people for row in held[who] if row[0] != but]
        stops = stops_of(reader, times, rows, work.promised, self.held)
        shifts, away = work.hours("shift", people), work.hours("absence", people)
        self._away |= away
        rostered, worked = work.rostered, self._worked
        found = []
        for who in people:
            his = [stop for _, stop in sorted(stops[who], key=lambda one: one[0])]
            worker, row = self.workers[who], self._rows[who]
            under_way = next((stop for stop in his if stop.under_way), None)
            roster, gone = shifts[who] if who in rostered else None, worker.off and not recalled
            time = time_of(reader, roster, away[who], worked.get(who, ()), under_way, gone=gone)
            begins = self._begins[who] = self._found(row, under_way, there=time.there)
            worker.at, worker.site = begins.at, begins.site
            worker.base, worker.base_site = _home_of(row), row.home_site_id
            worker.spans, worker.away = time.spans, time.away
            worker.worked_until = time.worked_until
            worker.rest = self.figures.rest
            worker.stops = tuple(his)
            found.append(worker)
        return found

    @cached_property
    def _worked(self) -> Mapping[int, Sequence[int]]:
        return self._work.worked()

    def person(self, who: int) -> Person:
        """Somebody to be told of."""
        row = self._rows[who]
        how = (self._begins.get(who) or self._found(row, None, there=False)).how
        seen_at = nearest(row.position_at) if how is From.SEEN else None
        return Person(
            id=row.id,
            code=row.code,
            name=row.name,
            begins_from=how,
            seen_at=seen_at,
            stale=seen_at is not None and seen_at < self._stale,
        )

    def _found(self, row: Any, under_way: Stop | None, *, there: bool) -> _Begins:
        """Where his way begins: at the order at hand, where he was seen, or at home."""
        if under_way is not None and self.travel.knows(under_way.at, under_way.site):
            return _Begins(under_way.at, under_way.site, From.ORDER)
        seen = position(row.latitude, row.longitude) if there else None
        seen_at = None if seen is None or row.position_at is None else nearest(row.position_at)
        if seen_at is not None and seen_at >= self._forgotten:
            return _Begins(seen, None, From.SEEN)
        home, site = _home_of(row), row.home_site_id
        known = self.travel.knows(home, site)
        return _Begins(home, site, From.HOME if known else From.UNKNOWN)

    def absences(self, who: int) -> list[tuple[datetime, datetime]]:
        """When somebody is absent, from a little while ago on."""
        if who not in self._away:
            self._away |= self._work.hours("absence", [who])
        return self._away[who]

    def back_at(self, who: int) -> datetime | None:
        """When the absence ends in which somebody is, or comes next; None where he has none."""
        back: datetime | None = None
        for begins, ends in sorted(self.absences(who)):
            if ends > self.reader.at and (back is None or begins <= back):
                back = ends if back is None else max(back, ends)
        return back


class _Begins(NamedTuple):
    """Where somebody's way begins, and how that is known."""

    at: Position | None
    site: int | None
    how: From


def _standing(row: Any, lists: _Lists) -> Worker:
    """Of most there is nothing to say: five hundred times nothing is looked up once each."""
    who, _code, _name, state, _lat, _long, _at, _home, carries, region, *_place = row
    worker = Worker(id=who, off=state == "off", home=region)
    if carries:
        worker.carries = parted(carries)
    worker.skills = lists.skills.get(who, _NOTHING)
    worker.papers = lists.papers.get(who, _NOTHING)
    if (regions := lists.regions.get(who)) is not None:
        worker.regions = frozenset(regions)
    if lists.wishes:
        worker.refused_by = frozenset(lists.wishes.get((who, -1), ()))
        worker.asked_for_by = frozenset(lists.wishes.get((who, 1), ()))
    return worker


def technician_rows(reader: Reader) -> Sequence[Any]:
    """Those in sight who are still with us, with where they were seen and their home sites."""
    seen = in_sight(reader, "technician", TECHNICIANS)
    return reader.conn.execute(_with_us().where(seen)).all()


@cache
def _with_us() -> Select[Any]:
    """Everybody; when somebody was seen, in milliseconds as it is kept."""
    who, site = TECHNICIANS.c, SITES.c
    return (
        select(
            *(who.id, who.code, who.name, who.state, who.latitude, who.longitude),
            *(as_kept(who.position_at).label("position_at"), who.home_site_id, who.carries),
            *(site.region_id, site.latitude.label("home_lat"), site.longitude.label("home_long")),
        )
        .select_from(TECHNICIANS.outerjoin(SITES, SITES.c.id == TECHNICIANS.c.home_site_id))
        .where(who.active == 1)
        .order_by(who.id)
    )


class _Lists:
    """Of what is asked for: who masters it, has the paper, goes there, and is wanted or not."""

    def __init__(self, reader: Reader, people: list[int], wanted: Wanted) -> None:
        self.skills: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self.papers: defaultdict[int, dict[str, float | None]] = defaultdict(dict)
        self.regions: defaultdict[int, set[int]] = defaultdict(set)
        self.wishes: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        ask = reader.conn.execute
        if wanted.skill is not None:
            for row in ask(_MASTERS, {"skill": wanted.skill}).all():
                self.skills[row.technician_id][wanted.skill] = row.level
        if wanted.paper:
            his = select(PAPERS).where(among(PAPERS.c.technician_id, "people", reader.kind))
            for row in ask(his, {"people": people}).all():
                ends = None if row.expires_at is None else minutes_to(reader, row.expires_at)
                add_paper(self.papers[row.technician_id], row.name, ends)
        for row in ask(_GOES).all():
            self.regions[row.technician_id].add(row.region_id)
        if wanted.customer is not None:
            for row in ask(_WISHED, {"customer": wanted.customer}):
                self.wishes[row.technician_id, row.wish].add(wanted.customer)


def _home_of(row: Any) -> Position | None:
    return position(row.home_lat, row.home_long)
