"""Of which orders a week's draw is made, as the store tells it: for whoever draws and re-runs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, or_, select

from store.domain.inspection_draw import Candidate, Reason
from store.domain.inspection_weeks import (
    DAYS,
    WIDEST,
    begins,
    last_over,
    monday_of,
    over_at,
    week_of,
    zone_of,
)
from store.domain.lifecycle import VisitState
from store.persistence.levels import Shelf
from store.persistence.mapping import CLOCK, ORDER, VISIT, table_of
from store.persistence.tables import OrderExceptionRow, SiteRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

EXCEPTION, SITE = table_of(OrderExceptionRow), table_of(SiteRow)
MONTH = timedelta(days=30)
_O = ORDER.c
_DID = (
    select(VISIT.c.technician_id)
    .where(VISIT.c.number == _O.number, VISIT.c.state == VisitState.DONE.value)
    .order_by(VISIT.c.place.desc())
    .limit(1)
    .scalar_subquery()
)
_USED = or_(
    exists().where(EXCEPTION.c.number == _O.number, EXCEPTION.c.uses > 0),
    exists().where(
        CLOCK.c.number == _O.number,
        CLOCK.c.own_due_at < func.coalesce(CLOCK.c.met_at, CLOCK.c.ended_at),
    ),
)
"""A deadline waiver is used by whoever is done past the due time that it moved."""
_IN = and_(_O.closed_at >= bindparam("since"), _O.closed_at < bindparam("until"))
_ROWS = (
    select(
        *(_O.number, _O.site_id, _O.asset_id, _O.reopened, _O.closed_at, _O.bad_at),
        *(func.coalesce(_DID, _O.technician_id).label("technician"), SITE.c.zone),
        _USED.label("used"),
    )
    .select_from(ORDER.outerjoin(SITE, SITE.c.id == _O.site_id))
    .where(or_(_IN, and_(_O.bad_at >= bindparam("since"), _O.bad_at < bindparam("until"))))
    .order_by(_O.closed_at, _O.number)
)
_ASSETS = (
    select(_O.asset_id)
    .where(_IN, _O.asset_id.is_not(None))
    .group_by(_O.asset_id)
    .having(func.count() >= bindparam("most"))
)
_BEFORE = (
    select(_O.number)
    .join(VISIT, VISIT.c.number == _O.number)
    .where(VISIT.c.technician_id == bindparam("who"), VISIT.c.state == VisitState.DONE.value)
    .where(_O.closed_at < bindparam("since"))
    .distinct()
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRules:
    """What is drawn for certain, besides the lot."""

    first_jobs: int
    asset_orders: int


def zones(conn: Connection) -> tuple[ZoneInfo, ...]:
    """The desk's own zone first, then those of its sites."""
    desk = Shelf(conn).desk_hours().zone
    found = conn.execute(select(SITE.c.zone).distinct().order_by(SITE.c.zone)).scalars()
    return (desk, *(zone_of(name or "", desk) for name in found))


def last_week(conn: Connection, *, at: datetime) -> str:
    """The last week that is over at every site."""
    return last_over(zones(conn), at=at)


def ready_at(conn: Connection, week: str) -> datetime:
    """From when on a week can be drawn."""
    return over_at(week, zones(conn))


def population(
    conn: Connection, week: str, rules: DrawRules, desk: ZoneInfo
) -> tuple[Candidate, ...]:
    """Orders that were closed in the week, or badly answered about, on the wall of their sites.

    By number. A bad answer counts in the week in which it came; the lot takes none of these.
    """
    monday = monday_of(week)
    since = begins(monday, desk) - WIDEST
    until = begins(monday + DAYS, desk) + WIDEST
    rows = conn.execute(_ROWS, {"since": since, "until": until}).all()
    end = begins(monday + DAYS, desk)
    busy = set[int]()
    if rules.asset_orders:
        stretch = {"since": end - MONTH, "until": end, "most": rules.asset_orders}
        busy = set(conn.execute(_ASSETS, stretch).scalars())
    earlier = _Earlier(conn, since, rules.first_jobs)
    found = []
    for row in rows:
        zone = zone_of(row.zone or "", desk)
        closed = None if row.closed_at is None else week_of(row.closed_at.astimezone(zone).date())
        bad = None if row.bad_at is None else week_of(row.bad_at.astimezone(zone).date())
        if closed is not None and closed < week and row.technician is not None:
            earlier.add(row.technician, row.closed_at, since)
        if week not in {closed, bad}:
            continue
        mine = closed == week
        held = {
            Reason.FIRST: mine and row.technician is not None and earlier.is_new(row.technician),
            Reason.BAD: bad == week,
            Reason.ASSET: mine and row.asset_id in busy,
            Reason.BACK: mine and row.reopened > 0,
            Reason.EXCEPTION: mine and bool(row.used),
        }
        if mine and row.technician is not None:
            earlier.did[row.technician] += 1
        reasons = tuple(reason.value for reason, holds in held.items() if holds)
        found.append(Candidate(number=row.number, technician=row.technician, reasons=reasons))
    return tuple(sorted(found, key=lambda one: one.number))


class _Earlier:
    """How many jobs each technician had done before, as far as that matters."""

    def __init__(self, conn: Connection, since: datetime, first_jobs: int) -> None:
        self._conn = conn
        self._since = since
        self._most = first_jobs
        self._before: dict[int, int] = {}
        self.did: defaultdict[int, int] = defaultdict(int)

    def add(self, technician: int, closed_at: datetime, since: datetime) -> None:
        """One of the week before, which the question for what was before did not count."""
        if closed_at >= since:
            self.did[technician] += 1

    def is_new(self, technician: int) -> bool:
        """Whether the next one is among his first jobs."""
        if not self._most:
            return False
        if technician not in self._before:
            asked = {"who": technician, "since": self._since, "most": self._most}
            self._before[technician] = len(self._conn.execute(_BEFORE, asked).all())
        return self._before[technician] + self.did[technician] < self._most


def sites_of(conn: Connection, numbers: Iterable[int]) -> Mapping[int, Any]:
    """Site and kind of work of some orders."""
    wanted = sorted(numbers)
    found: dict[int, Any] = {}
    for place in range(0, len(wanted), 500):
        some = wanted[place : place + 500]
        asked = select(_O.number, _O.site_id, _O.kind).where(_O.number.in_(some))
        found |= {row.number: row for row in conn.execute(asked)}
    return found
