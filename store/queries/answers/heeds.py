"""Answers what speaks against sending whom: the rules of a recommendation, without its costs.

Whether somebody is there is asked of the moment at which the order is to begin: its appointment,
or now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, select, true

from store.domain.dispatch.crew import Stop, Wanted, Worker
from store.domain.dispatch.papers import add_paper
from store.domain.dispatch.rules import bars_at
from store.domain.dispatch.things import parted
from store.domain.distance import distance_km
from store.domain.finding.grams import folded
from store.persistence.bars import needs_of
from store.persistence.figures import figures_of
from store.persistence.statements import among
from store.persistence.types import nearest
from store.queries.answers.crew import (
    MASTERED,
    PAPERS,
    REGIONS,
    WISHES,
    technician_rows,
)
from store.queries.answers.crew_stops import minutes_to, position
from store.queries.answers.crew_time import SHIFTS
from store.queries.answers.heeds_time import Hours, begins_of, hours_of
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import within
from store.queries.answers.wanted import REGIONS as PLACES
from store.queries.answers.wishes import wishes_of
from store.queries.heeds import Heeded, Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from store.domain.dispatch.rules import Barred
    from store.domain.distance import Position
    from store.persistence.reader import Reader
    from store.queries.answers.heeds_time import Begins
    from store.queries.heeds import Heeds


def heeds(reader: Reader, query: Heeds) -> dict[int, Heeded]:
    """In the order of their numbers."""
    them = _Them(reader, query.technician)
    asked = _asked(reader, query.numbers)
    them.learn([one.wanted for one in asked], [one.begins for one in asked])
    wishes = {} if query.technician is not None else wishes_of(reader, query.numbers)
    return {
        one.wanted.stop.number: Heeded(
            against=them.against(one.wanted, one.begins),
            far=them.far_from(one.place),
            wishes=wishes.get(one.wanted.stop.number, Wishes()),
        )
        for one in asked
    }


class _Asked(NamedTuple):
    """What an order takes, where it is, and from when until when it may begin."""

    wanted: Wanted
    place: Position | None
    begins: Begins


def _asked(reader: Reader, numbers: Sequence[int]) -> list[_Asked]:
    order, site = ORDERS.c, SITES.c
    rows = reader.conn.execute(
        select(
            *(order.number, order.kind, order.needs, order.customer_id),
            *(order.appointment_at, order.appointment_to),
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
    return [
        _Asked(
            wanted=_wanted(row, *needs[row.kind]),
            place=position(row.latitude, row.longitude),
            begins=begins_of(row.appointment_at, row.appointment_to, reader.at),
        )
        for row in rows
    ]


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
    hours: Hours
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
        self._known = {row.id: _Known(row=row, hours=Hours()) for row in rows}
        self._ids = list(self._known)
        self._workers: dict[Begins, dict[int, tuple[Worker, bool]]] = {}

    def learn(self, wanted: Sequence[Wanted], begins: Sequence[Begins]) -> None:
        """Ask what the rules for these orders ask."""
        skills = sorted({one.skill for one in wanted if one.skill is not None})
        customers = sorted({one.customer for one in wanted if one.customer is not None})
        self._read(MASTERED, _mastered, MASTERED.c.skill_id, skills)
        self._read(WISHES, _refused, WISHES.c.customer_id, customers)
        self._read(REGIONS, lambda known, row: known.regions.add(row.region_id))
        if any(one.paper for one in wanted):
            self._read(PAPERS, self._holds)
        for who, hours in self._hours(begins).items():
            self._known[who].hours = hours
        self._workers = {
            one: {who: self._worker(known, one) for who, known in self._known.items()}
            for one in set(begins)
        }

    def against(self, wanted: Wanted, begins: Begins) -> dict[int, tuple[Barred, ...]]:
        """The rules that they would break, by technician."""
        found, to = {}, self._reader
        start = minutes_to(to, begins.at)
        lasts = minutes_to(to, begins.until) - start
        for who, (worker, rostered) in self._workers[begins].items():
            rules = bars_at(
                *(worker, wanted), rostered=rostered, when=self._when, start=start, lasts=lasts
            )
            if rules:
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
        at_all = row.position_at is not None
        fresh = at_all and at - nearest(row.position_at) <= self._forgotten
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

    def _hours(self, begins: Sequence[Begins]) -> dict[int, Hours]:
        reader = self._reader
        his = SHIFTS.c.technician_id
        asked = select(his).distinct().where(among(his, "people", reader.kind))
        rostered = set(reader.conn.execute(asked, {"people": self._ids}).scalars().all())
        return hours_of(reader, self._ids, rostered, begins)

    def _worker(self, known: _Known, begins: Begins) -> tuple[Worker, bool]:
        """With his time from then on, and whether a shift covers the beginning, absent or not."""
        spans = known.hours.spans(self._reader, begins)
        worker = Worker(
            id=known.row.id,
            spans=spans,
            away=not spans and known.hours.is_rostered(begins),
            off=known.row.state == "off",
            skills=known.skills,
            papers=known.papers,
            carries=parted(known.row.carries),
            regions=frozenset(known.regions),
            refused_by=frozenset(known.refused_by),
        )
        return worker, known.hours.covers(begins)


def _mastered(known: _Known, row: Any) -> None:
    known.skills[row.skill_id] = row.level


def _refused(known: _Known, row: Any) -> None:
    if row.wish < 0:
        known.refused_by.add(row.customer_id)
