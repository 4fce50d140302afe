"""Answers what speaks against sending whom: the rules of a recommendation, without its costs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, select, true

from store.domain.dispatch.crew import Stop, Wanted, Worker
from store.domain.dispatch.papers import add_paper
from store.domain.dispatch.rules import bars_now
from store.domain.dispatch.things import parted
from store.domain.distance import distance_km
from store.domain.finding.grams import folded
from store.persistence.bars import needs_of
from store.persistence.figures import figures_of
from store.persistence.statements import among
from store.queries.answers.crew import (
    MASTERED,
    PAPERS,
    REGIONS,
    WISHES,
    technician_rows,
)
from store.queries.answers.crew_stops import minutes_to, position
from store.queries.answers.crew_time import AHEAD, SHIFTS, spans_of, there_from_now
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import within
from store.queries.answers.wanted import REGIONS as PLACES
from store.queries.heeds import Heeded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from store.domain.dispatch.rules import Barred
    from store.domain.distance import Position
    from store.persistence.reader import Reader
    from store.queries.heeds import Heeds


def heeds(reader: Reader, query: Heeds) -> dict[int, Heeded]:
    """In the order of their numbers."""
    them = _Them(reader, query.technician)
    asked = _asked(reader, query.numbers)
    them.learn([wanted for _, wanted in asked])
    return {
        wanted.stop.number: Heeded(against=them.against(wanted), far=them.far_from(place))
        for place, wanted in asked
    }


def _asked(reader: Reader, numbers: Sequence[int]) -> list[tuple[Position | None, Wanted]]:
    """What each order takes, and where it is."""
    order, site = ORDERS.c, SITES.c
    rows = reader.conn.execute(
        select(
            *(order.number, order.kind, order.needs, order.customer_id),
            *(site.latitude, site.longitude),
            *(site.region_id, PLACES.c.name.label("region")),
            CUSTOMERS.c.name.label("customer"),
        )
        .select_from(
            ORDERS.outerjoin(SITES, site.id == order.site_id)
            .outerjoin(PLACES, PLACES.c.id == site.region_id)
            .outerjoin(CUSTOMERS, CUSTOMERS.c.id == order.customer_id)
        )
        .where(among(order.number, "numbers", reader.kind), within(reader, order.site_id))
        .order_by(order.number),
        {"numbers": list(numbers)},
    ).all()
    needs = {kind: needs_of(reader.conn, kind) for kind in {row.kind for row in rows}}
    return [(position(row.latitude, row.longitude), _wanted(row, *needs[row.kind])) for row in rows]


def _wanted(row: Any, skill: Any, level: int, paper: str) -> Wanted:
    return Wanted(
        stop=Stop(number=row.number, at=None, takes=0.0, due=inf, weight=0.0),
        region=row.region_id,
        customer=row.customer_id,
        skill=None if skill is None else skill.id,
        level=level,
        paper=folded(paper),
        needs=parted(row.needs),
        names={
            "skill": "" if skill is None else skill.name,
            "paper": paper,
            "region": row.region or "",
            "customer": row.customer or "",
        },
    )


@dataclass(kw_only=True)
class _Known:
    """What is known of one technician."""

    row: Any
    roster: list[tuple[Any, Any]] = field(default_factory=list)
    away: list[tuple[Any, Any]] = field(default_factory=list)
    skills: dict[int, int] = field(default_factory=dict)
    papers: dict[str, float | None] = field(default_factory=dict)
    regions: set[int] = field(default_factory=set)
    refused_by: set[int] = field(default_factory=set)


class _Them:
    """The technicians in sight, or one of them, as far as a rule asks of them."""

    def __init__(self, reader: Reader, technician: int | str | None) -> None:
        self._reader = reader
        forgotten = timedelta(minutes=figures_of(reader.conn).forgotten)
        self._forgotten = reader.pace.here(forgotten)
        rows = (row for row in technician_rows(reader) if technician in {None, row.id, row.code})
        self._known = {row.id: _Known(row=row) for row in rows}
        self._ids = list(self._known)
        self._workers: dict[int, tuple[Worker, bool]] = {}

    def learn(self, wanted: Sequence[Wanted]) -> None:
        """Ask what the rules for these orders ask."""
        skills = sorted({one.skill for one in wanted if one.skill is not None})
        customers = sorted({one.customer for one in wanted if one.customer is not None})
        self._read(MASTERED, _mastered, MASTERED.c.skill_id, skills)
        self._read(WISHES, _refused, WISHES.c.customer_id, customers)
        self._read(REGIONS, lambda known, row: known.regions.add(row.region_id))
        if any(one.paper for one in wanted):
            self._read(PAPERS, self._holds)
        self._learn_times()
        self._workers = {who: self._worker(known) for who, known in self._known.items()}

    def against(self, wanted: Wanted) -> dict[int, tuple[Barred, ...]]:
        """The rules that they would break, by technician."""
        found = {}
        for who, (worker, now) in self._workers.items():
            if rules := bars_now(worker, wanted, rostered_now=now, when=self._when):
                found[who] = rules
        return found

    def _when(self, minutes: float) -> datetime:
        return self._reader.pace.after(self._reader.at, minutes)

    def far_from(self, place: Position | None) -> dict[int, float]:
        """How far they are, as far as that is known."""
        if place is None:
            return {}
        stands = ((who, self._stands(known)) for who, known in self._known.items())
        return {who: distance_km(place, here) for who, here in stands if here is not None}

    def _stands(self, known: _Known) -> Position | None:
        row, at = known.row, self._reader.at
        seen = position(row.latitude, row.longitude)
        fresh = row.position_at is not None and at - row.position_at <= self._forgotten
        return seen if seen and fresh else position(row.home_lat, row.home_long)

    def _read(
        self,
        table: Any,
        take: Callable[[_Known, Any], object],
        column: ColumnElement[Any] | None = None,
        those: Sequence[int] = (),
    ) -> None:
        """Have each row of a table told to the technician that it is about."""
        if column is not None and not those:
            return
        reader, his = self._reader, table.c.technician_id
        some = true() if column is None else among(column, "those", reader.kind)
        asked = select(table).where(among(his, "people", reader.kind), some)
        given: dict[str, Any] = {"people": self._ids}
        if column is not None:
            given["those"] = list(those)
        for row in reader.conn.execute(asked, given).all():
            take(self._known[row.technician_id], row)

    def _holds(self, known: _Known, row: Any) -> None:
        ends = None if row.expires_at is None else minutes_to(self._reader, row.expires_at)
        add_paper(known.papers, row.name, ends)

    def _learn_times(self) -> None:
        reader, at = self._reader, self._reader.at
        his = SHIFTS.c.technician_id
        asked = select(his).distinct().where(among(his, "people", reader.kind))
        rostered = set(reader.conn.execute(asked, {"people": self._ids}).scalars().all())
        shifts = spans_of(reader, "shift", self._ids)
        away = spans_of(reader, "absence", self._ids)
        always: defaultdict[int, list[tuple[Any, Any]]] = defaultdict(lambda: [(at, at + AHEAD)])
        for who, known in self._known.items():
            known.roster = (shifts if who in rostered else always)[who]
            known.away = away[who]

    def _worker(self, known: _Known) -> tuple[Worker, bool]:
        """With his time, and whether a shift covers the instant, absent or not."""
        at, roster = self._reader.at, known.roster
        spans = there_from_now(self._reader, roster, known.away)
        worker = Worker(
            id=known.row.id,
            spans=tuple(spans),
            away=not spans and bool(there_from_now(self._reader, roster, [])),
            off=known.row.state == "off",
            skills=known.skills,
            papers=known.papers,
            carries=parted(known.row.carries),
            regions=frozenset(known.regions),
            refused_by=frozenset(known.refused_by),
        )
        return worker, any(begins <= at < ends for begins, ends in roster)


def _mastered(known: _Known, row: Any) -> None:
    known.skills[row.skill_id] = row.level


def _refused(known: _Known, row: Any) -> None:
    if row.wish < 0:
        known.refused_by.add(row.customer_id)
