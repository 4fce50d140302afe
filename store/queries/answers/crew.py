"""Everybody in sight with his time and what he has to do, as a recommendation reckons with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from store.domain.dispatch.crew import Worker
from store.domain.dispatch.things import parted
from store.domain.finding.grams import folded
from store.persistence.figures import figures_of
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.persistence.travel_times import table_now
from store.queries.answers.crew_stops import minutes_to, position, stops_of
from store.queries.answers.crew_time import earlier_day, spans_of, there_from_now, work_ended
from store.queries.answers.forecast import AHEAD
from store.queries.answers.lines import SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.recommend import From, Person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from store.domain.dispatch.crew import Stop, Wanted
    from store.domain.distance import Position
    from store.persistence.reader import Reader
    from store.queries.answers.crew_stops import Held
    from store.queries.answers.forecast import UsualTimes

_T = metadata.tables
SHIFTS, ABSENCES, PAPERS = _T["shift"], _T["absence"], _T["certificate"]
MASTERED, REGIONS, WISHES = _T["technician_skill"], _T["technician_region"], _T["technician_wish"]

_ROSTERED = select(SHIFTS.c.technician_id).distinct()
_MASTERS = select(MASTERED).where(MASTERED.c.skill_id == bindparam("skill"))
_GOES = select(REGIONS)
_WISHED = select(WISHES).where(WISHES.c.customer_id == bindparam("customer"))

_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


class Everybody:
    """The technicians in sight; what each has to do is read of those who come into question."""

    def __init__(self, reader: Reader, wanted: Wanted) -> None:
        self.reader = reader
        self.figures = figures_of(reader.conn)
        self.travel = self.figures.travel(table_now(reader.conn))
        self._rows = {row.id: row for row in technician_rows(reader)}
        lists = _Lists(reader, list(self._rows), wanted)
        self.workers = {who: _standing(row, lists) for who, row in self._rows.items()}
        """Without their time, and without what they have to do."""
        self.people = _People(self, self._rows)
        self.held: dict[int, Held] = {}

    def busy(self, times: UsualTimes, people: list[int], *, but: int) -> list[Worker]:
        """Some with all that they have to do, but for the order that somebody is found for."""
        reader, at = self.reader, self.reader.at
        stops, held = stops_of(reader, times, people, but)
        self.held |= held
        shifts, away = spans_of(reader, SHIFTS, people), spans_of(reader, ABSENCES, people)
        rostered = set(reader.conn.execute(_ROSTERED).scalars().all())
        worked = work_ended(reader, self.figures.rest)
        found = []
        for who in people:
            his = [stop for _, stop in sorted(stops[who], key=lambda one: one[0])]
            # Who is always there begins no working day, so he rests before none.
            ended = worked[who] if who in rostered else []
            roster = shifts[who] if who in rostered else [(at, at + AHEAD)]
            spans = there_from_now(reader, roster, away[who])
            under_way = next((stop for stop in his if stop.under_way), None)
            if under_way is not None and (not spans or spans[0][0] > 0):
                spans, ended = [(0.0, under_way.takes), *spans], []  # he rests when that is done
            there = bool(spans) and spans[0][0] <= 0
            known = _place(self, self._rows[who], under_way, there=there)
            self.people[who] = known.person
            found.append(
                replace(
                    self.workers[who],
                    at=known.at,
                    site=known.site,
                    base=known.base,
                    base_site=self._rows[who].home_site_id,
                    spans=tuple(spans),
                    away=bool(there_from_now(reader, roster, [])),
                    worked_until=earlier_day(reader, roster, ended),
                    rest=self.figures.rest,
                    stops=tuple(his),
                )
            )
        return found

    def back_at(self, who: int) -> datetime | None:
        """When the absence ends in which somebody is, or comes next; None where he has none."""
        back: datetime | None = None
        for begins, ends in sorted(spans_of(self.reader, ABSENCES, [who])[who]):
            if ends > self.reader.at and (back is None or begins <= back):
                back = ends if back is None else max(back, ends)
        return back


class _People(dict[int, Person]):
    """Whoever is told of; of hundreds that is a handful."""

    def __init__(self, them: Everybody, rows: Mapping[int, Any]) -> None:
        self._them, self._rows = them, rows

    def __missing__(self, who: int) -> Person:
        found = self[who] = _place(self._them, self._rows[who], None, there=False).person
        return found


def _standing(row: Any, lists: _Lists) -> Worker:
    who: int = row.id
    return Worker(
        id=who,
        off=row.state == "off",
        skills=lists.skills.get(who, _NOTHING),
        papers=lists.papers.get(who, _NOTHING),
        carries=parted(row.carries),
        home=row.region_id,
        regions=frozenset(lists.regions.get(who, ())),
        refused_by=frozenset(lists.wishes.get((who, -1), ())),
        asked_for_by=frozenset(lists.wishes.get((who, 1), ())),
    )


def technician_rows(reader: Reader) -> Sequence[Any]:
    """Those in sight who are still with us, with where they were seen and their home sites."""
    who, site = TECHNICIANS.c, SITES.c
    return reader.conn.execute(
        select(
            *(who.id, who.code, who.name, who.state, who.latitude, who.longitude, who.position_at),
            *(who.home_site_id, who.carries),
            *(site.region_id, site.latitude.label("home_lat"), site.longitude.label("home_long")),
        )
        .select_from(TECHNICIANS.outerjoin(SITES, SITES.c.id == TECHNICIANS.c.home_site_id))
        .where(who.active == 1, in_sight(reader, "technician", TECHNICIANS))
        .order_by(who.id)
    ).all()


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
                self.papers[row.technician_id][folded(row.name)] = ends
        for row in ask(_GOES).all():
            self.regions[row.technician_id].add(row.region_id)
        if wanted.customer is not None:
            for row in ask(_WISHED, {"customer": wanted.customer}):
                self.wishes[row.technician_id, row.wish].add(wanted.customer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Where somebody is, where his later days begin, and how that is known."""

    at: Position | None
    site: int | None
    base: Position | None
    person: Person


def _place(them: Everybody, row: Any, under_way: Stop | None, *, there: bool) -> _Known:
    reader, figures, travel = them.reader, them.figures, them.travel
    at, pace = reader.at, reader.pace
    home, seen = (
        position(row.home_lat, row.home_long),
        position(row.latitude, row.longitude),
    )
    since = row.position_at
    forgotten, stale = (
        pace.here(timedelta(minutes=after)) for after in (figures.forgotten, figures.stale)
    )
    fresh = seen is not None and since is not None and at - since <= forgotten
    where, site = home, row.home_site_id
    begins_from = From.HOME if travel.knows(home, site) else From.UNKNOWN
    if under_way is not None and travel.knows(under_way.at, under_way.site):
        where, site, begins_from = under_way.at, under_way.site, From.ORDER
    elif there and fresh:
        where, site, begins_from = seen, None, From.SEEN
    person = Person(
        id=row.id,
        code=row.code,
        name=row.name,
        begins_from=begins_from,
        seen_at=since if begins_from is From.SEEN else None,
        stale=begins_from is From.SEEN and at - since > stale,
    )
    return _Known(at=where, site=site, base=home, person=person)
