"""Answers that a typed command needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, select

from store.domain.distance import distance_km
from store.domain.lifecycle import LIVE_VISITS
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.lines import COLUMNS, ORDERS, PLACES, SITES, TECHNICIANS, joined, lines
from store.queries.answers.people import board, in_sight, technicians
from store.queries.answers.scope import checked_limit, within
from store.queries.named import Candidate

if TYPE_CHECKING:
    from store.domain.distance import Position
    from store.persistence.reader import Reader
    from store.queries.board import BoardLine
    from store.queries.named import JobsOf, LinesOf, WhoCan

VISITS = metadata.tables["visit"]
SKILLS = metadata.tables["technician_skill"]
_FURTHEST = case(
    {state.value: place for place, state in enumerate(LIVE_VISITS)}, value=VISITS.c.state
)


def lines_of(reader: Reader, query: LinesOf) -> dict[int, BoardLine]:
    """In the order of their numbers."""
    found = select(*COLUMNS).select_from(joined(ORDERS)).where(within(reader, ORDERS.c.site_id))
    given: dict[str, Any] = {}
    if query.low is not None and query.high is not None:
        found = found.where(ORDERS.c.number.between(query.low, query.high))
    else:
        found = found.where(among(ORDERS.c.number, "numbers", reader.kind))
        given["numbers"] = list(query.numbers)
    asked = found.order_by(ORDERS.c.number).limit(checked_limit(query.limit))
    told = lines(reader.conn.execute(asked, given), PLACES["rank_at"], reader)
    return {line.number: line for line in told}


def jobs_of(reader: Reader, query: JobsOf) -> tuple[int, ...]:
    """Those at sites that the asker sees."""
    found = (
        select(VISITS.c.number)
        .join(ORDERS, ORDERS.c.number == VISITS.c.number)
        .where(VISITS.c.technician_id == bindparam("technician"))
        .where(VISITS.c.state.in_([state.value for state in LIVE_VISITS]))
        .where(within(reader, ORDERS.c.site_id))
        .order_by(_FURTHEST.desc(), VISITS.c.assigned_at, VISITS.c.number)
    )
    told = reader.conn.execute(found, {"technician": query.technician}).scalars()
    return tuple(dict.fromkeys(told))


def who_can(reader: Reader, query: WhoCan) -> tuple[Candidate, ...]:
    """Plainly ranked: what a recommendation weighs besides is its own affair."""
    masters = select(SKILLS.c.technician_id, SKILLS.c.level).where(SKILLS.c.skill_id == query.skill)
    levels = {row.technician_id: row.level for row in reader.conn.execute(masters)}
    who = TECHNICIANS.c
    able = board(reader).where(who.active == 1, among(who.id, "ids", reader.kind))
    told = technicians(reader, able, ids=list(levels))
    where = _place_meant(reader, query)
    stands = _positions(reader, list(levels))
    candidates = []
    for line in told:
        position, seen_at = stands.get(line.id, (None, None))
        known = where is not None and position is not None
        candidates.append(
            Candidate(
                who=line,
                level=levels[line.id],
                distance_km=distance_km(where, position) if where and position else None,
                seen_at=seen_at if known else None,
            )
        )
    candidates.sort(key=_rank)
    return tuple(candidates[: checked_limit(query.limit)])


def _rank(candidate: Candidate) -> tuple[Any, ...]:
    who, far = candidate.who, candidate.distance_km
    away = who.absent or not who.on_shift or who.state in {"off", "break"}
    busy = who.state != "available" or who.jobs > 0
    return (away, busy, far is None, far or 0.0, who.jobs, -candidate.level, who.code)


def _place_meant(reader: Reader, query: WhoCan) -> Position | None:
    site = query.site
    if query.number is not None:
        site = seen_order(reader, query.number).site
    if site is None:
        return None
    asked = select(SITES.c.latitude, SITES.c.longitude)
    row = reader.conn.execute(
        asked.where(SITES.c.id == site, in_sight(reader, "site", SITES))
    ).one_or_none()
    return None if row is None or None in (row[0], row[1]) else (row[0], row[1])


def _positions(reader: Reader, ids: list[int]) -> dict[int, tuple[Position | None, Any]]:
    """Where technicians were seen last, and when; else their home sites."""
    asked = (
        select(
            *(TECHNICIANS.c.id, TECHNICIANS.c.latitude, TECHNICIANS.c.longitude),
            TECHNICIANS.c.position_at,
            SITES.c.latitude.label("home_lat"),
            SITES.c.longitude.label("home_long"),
        )
        .select_from(TECHNICIANS.outerjoin(SITES, SITES.c.id == TECHNICIANS.c.home_site_id))
        .where(among(TECHNICIANS.c.id, "ids", reader.kind))
    )
    found: dict[int, tuple[Position | None, Any]] = {}
    for row in reader.conn.execute(asked, {"ids": ids}):
        if row.latitude is not None and row.longitude is not None:
            found[row.id] = (row.latitude, row.longitude), row.position_at
        elif row.home_lat is not None and row.home_long is not None:
            found[row.id] = (row.home_lat, row.home_long), None
    return found
