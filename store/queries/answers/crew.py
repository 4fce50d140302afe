"""Everybody in sight with his time and what he has to do, as a recommendation reckons with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.dispatch.crew import Worker
from store.domain.finding.grams import folded
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.crew_stops import minutes_from, position, stops_of
from store.queries.answers.crew_time import earlier_day, spans_of, there_from_now, work_ended
from store.queries.answers.forecast import AHEAD
from store.queries.answers.lines import SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.recommend import From, Person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.dispatch.crew import Stop
    from store.domain.distance import Position
    from store.persistence.reader import Reader
    from store.queries.answers.crew_stops import Held
    from store.queries.answers.forecast import UsualTimes

_T = metadata.tables
SHIFTS, ABSENCES, PAPERS = _T["shift"], _T["absence"], _T["certificate"]
MASTERED, REGIONS, WISHES = _T["technician_skill"], _T["technician_region"], _T["technician_wish"]

STALE = timedelta(minutes=30)
"""How old a position may be before it is marked."""
FORGOTTEN = timedelta(hours=8)
"""How old one may be before it is not used any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody:
    """The technicians in sight, and what else is told of them."""

    workers: tuple[Worker, ...]
    people: Mapping[int, Person]
    held: Mapping[int, Held]


def everybody(reader: Reader, times: UsualTimes, *, customer: int | None, but: int) -> Everybody:
    """All but their part in the order `but`, which somebody is to be found for."""
    rows = _technicians(reader)
    ids = [row.id for row in rows]
    stops, held = stops_of(reader, times, but)
    lists = _Lists(reader, ids, customer)
    shifts, away = spans_of(reader, SHIFTS, ids), spans_of(reader, ABSENCES, ids)
    rostered = set(reader.conn.execute(select(SHIFTS.c.technician_id).distinct()).scalars())
    worked = work_ended(reader)
    workers, people = [], {}
    for row in rows:
        his = sorted(stops[row.id], key=lambda one: one[0])
        roster = shifts[row.id] if row.id in rostered else [(reader.at, reader.at + AHEAD)]
        spans = there_from_now(roster, away[row.id], reader.at)
        under_way = next((stop for _, stop in his if stop.under_way), None)
        if under_way is not None and (not spans or spans[0][0] > 0):
            spans = [(0.0, under_way.takes), *spans]
        known = _place(row, under_way, reader.at, there=bool(spans) and spans[0][0] <= 0)
        people[row.id] = known.person
        workers.append(
            Worker(
                id=row.id,
                at=known.at,
                base=known.base,
                spans=tuple(spans),
                away=bool(there_from_now(roster, [], reader.at)),
                off=row.state == "off" and under_way is None,
                worked_until=earlier_day(roster, worked[row.id], reader.at),
                skills=lists.skills[row.id],
                papers=lists.papers[row.id],
                home=row.region_id,
                regions=frozenset(lists.regions[row.id]),
                refused_by=frozenset(lists.wishes[row.id, -1]),
                asked_for_by=frozenset(lists.wishes[row.id, 1]),
                stops=tuple(stop for _, stop in his),
            )
        )
    return Everybody(workers=tuple(workers), people=people, held=held)


def _technicians(reader: Reader) -> Sequence[Any]:
    who, site = TECHNICIANS.c, SITES.c
    return reader.conn.execute(
        select(
            *(who.id, who.code, who.name, who.state, who.latitude, who.longitude, who.position_at),
            *(site.region_id, site.latitude.label("home_lat"), site.longitude.label("home_long")),
        )
        .select_from(TECHNICIANS.outerjoin(SITES, SITES.c.id == TECHNICIANS.c.home_site_id))
        .where(who.active == 1, in_sight(reader, "technician", TECHNICIANS))
        .order_by(who.id)
    ).all()


class _Lists:
    """What each masters, which papers he has, where he goes, and who wants him or does not."""

    def __init__(self, reader: Reader, people: list[int], customer: int | None) -> None:
        self.skills: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self.papers: defaultdict[int, dict[str, float | None]] = defaultdict(dict)
        self.regions: defaultdict[int, set[int]] = defaultdict(set)
        self.wishes: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        mastered = self._of(reader, people, MASTERED, MASTERED.c.skill_id, MASTERED.c.level)
        for who, skill, level in mastered:
            self.skills[who][skill] = level
        for who, name, ends in self._of(reader, people, PAPERS, PAPERS.c.name, PAPERS.c.expires_at):
            self.papers[who][folded(name)] = None if ends is None else minutes_from(reader.at, ends)
        for who, region in self._of(reader, people, REGIONS, REGIONS.c.region_id):
            self.regions[who].add(region)
        if customer is not None:
            asked = select(WISHES.c.technician_id, WISHES.c.wish).where(
                WISHES.c.customer_id == bindparam("customer")
            )
            for who, wish in reader.conn.execute(asked, {"customer": customer}):
                self.wishes[who, wish].add(customer)

    def _of(self, reader: Reader, people: list[int], table: Any, *columns: Any) -> Sequence[Any]:
        his = table.c.technician_id
        asked = select(his, *columns).where(among(his, "people", reader.kind))
        return reader.conn.execute(asked, {"people": people}).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Where somebody is, where his later days begin, and how that is known."""

    at: Position | None
    base: Position | None
    person: Person


def _place(row: Any, under_way: Stop | None, at: datetime, *, there: bool) -> _Known:
    home, seen = (
        position(row.home_lat, row.home_long),
        position(row.latitude, row.longitude),
    )
    since = row.position_at
    fresh = seen is not None and since is not None and at - since <= FORGOTTEN
    where: Position | None
    if under_way is not None and under_way.at is not None:
        where, begins_from = under_way.at, From.ORDER
    elif there and fresh:
        where, begins_from = seen, From.SEEN
    else:
        where, begins_from = home, From.HOME if home is not None else From.UNKNOWN
    person = Person(
        id=row.id,
        code=row.code,
        name=row.name,
        begins_from=begins_from,
        seen_at=since if begins_from is From.SEEN else None,
        stale=begins_from is From.SEEN and at - since > STALE,
    )
    return _Known(at=where, base=home, person=person)
