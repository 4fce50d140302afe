"""Plans as they lie in the store: which want a look, and when each comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, func, or_, select

from store.domain.errors import LevelUnreadable
from store.domain.lifecycle import Category
from store.domain.plan_rules import read_rule
from store.domain.plans import Basis, Closed, Timing, local_day, occurrences
from store.domain.rules import ALWAYS
from store.domain.words import N_
from store.persistence.levels import SPEC, STRANGE, calendar_of, why_strange
from store.persistence.lookups import REGISTERS
from store.persistence.mapping import ORDER, table_of
from store.persistence.tables import CalendarVersionRow, PlanOccurrenceRow, PlanRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from store.domain.calendar import Calendar
    from store.persistence.statements import Values

PLAN = table_of(PlanRow)
OCCURRENCE = table_of(PlanOccurrenceRow)
SITE, CUSTOMER = REGISTERS["site"].table, REGISTERS["customer"].table
LEVEL, CALENDAR = REGISTERS["level"].table, REGISTERS["calendar"].table
VERSION = table_of(CalendarVersionRow)

_OVER = (Category.DONE.value, Category.CANCELLED.value)
GOING = and_(PLAN.c.paused_at.is_(None), PLAN.c.ended_at.is_(None))
DESKS_LEVEL = select(func.min(LEVEL.c.id)).scalar_subquery()
_ITS_LEVEL = func.coalesce(PLAN.c.level_id, CUSTOMER.c.level_id, DESKS_LEVEL)
_ITS_CALENDAR = func.coalesce(PLAN.c.calendar_id, LEVEL.c.calendar_id)

SOURCE = (
    PLAN.outerjoin(SITE, SITE.c.id == PLAN.c.site_id)
    .outerjoin(CUSTOMER, CUSTOMER.c.id == PLAN.c.customer_id)
    .outerjoin(LEVEL, LEVEL.c.id == _ITS_LEVEL)
    .outerjoin(CALENDAR, CALENDAR.c.id == _ITS_CALENDAR)
    .outerjoin(VERSION, VERSION.c.id == CALENDAR.c.current_version_id)
    .outerjoin(ORDER, ORDER.c.number == PLAN.c.last_number)
)
"""A plan with all that its next date hangs on."""

WHOLE = (
    *PLAN.c,
    SITE.c.zone.label("site_zone"),
    LEVEL.c.id.label("its_level"),
    CALENDAR.c.id.label("its_calendar"),
    CALENDAR.c.code.label("its_calendar_code"),
    VERSION.c.id.label("its_version"),
    SPEC.label("spec"),
    ORDER.c.category.label("last_category"),
    ORDER.c.state_since.label("last_since"),
    ORDER.c.done_at.label("last_done_at"),
)

_FROM_COMPLETION = PLAN.c.basis == Basis.COMPLETION.value
MOVED: ColumnElement[bool] = or_(
    and_(SITE.c.zone.is_not(None), SITE.c.zone != PLAN.c.zone),
    CALENDAR.c.id.is_distinct_from(PLAN.c.on_calendar),
    VERSION.c.id.is_distinct_from(PLAN.c.calendar_version),
    and_(PLAN.c.waits == 1, ORDER.c.category.in_(_OVER)),
    and_(PLAN.c.waits == 0, _FROM_COMPLETION, ORDER.c.category.not_in(_OVER)),
)
"""What it was computed with is no longer so: its site, calendar or last order has changed."""

_DUE = (
    select(PLAN.c.id)
    .select_from(SOURCE)
    .where(GOING)
    .where(or_(PLAN.c.aim_at <= bindparam("at"), and_(PLAN.c.trouble.is_(None), MOVED)))
    .order_by(PLAN.c.aim_at, PLAN.c.id)
    .limit(bindparam("limit"))
)
_AHEAD = OCCURRENCE.c.day > func.coalesce(PLAN.c.floor_day, "")
"""Made though the plan's row has not come so far."""
_CALLED_OFF = (
    select(OCCURRENCE.c.plan_id, OCCURRENCE.c.day)
    .join(PLAN, PLAN.c.id == OCCURRENCE.c.plan_id)
    .where(or_(OCCURRENCE.c.due_day.is_(None), _AHEAD))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPlan:
    """A plan's row with what it hangs on, and its timing."""

    row: Any
    timing: Timing
    waits: bool
    """Whether its last order must be done first, so that it has no next date."""


def due(conn: Connection, *, at: datetime, limit: int) -> list[int]:
    """Plans by their ids of which an order is to be made, or a date to be computed anew."""
    return list(conn.execute(_DUE, {"at": at, "limit": limit}).scalars())


def called_off(conn: Connection, plans: Iterable[int] | None = None) -> Mapping[int, set[date]]:
    """The days that were called off, by plan; and those that are made, whatever its row says."""
    asked = _CALLED_OFF
    if plans is not None:
        asked = asked.where(OCCURRENCE.c.plan_id.in_(list(plans)))
    found: dict[int, set[date]] = {}
    for plan, day in conn.execute(asked):
        found.setdefault(plan, set()).add(date.fromisoformat(day))
    return found


def held_plan(row: Any, skipped: Iterable[date] = ()) -> HeldPlan:
    """A row of `WHOLE` as the domain wants it; LevelUnreadable where its calendar is."""
    hours = _hours(row)
    zone = ZoneInfo(row.site_zone) if row.site_zone else hours.zone
    timing = Timing(
        rule=read_rule(row.rule),
        start=date.fromisoformat(row.start_day),
        of_day=row.of_day,
        zone=zone,
        hours=hours,
        closed=Closed(row.closed),
        lead=timedelta(seconds=row.lead_s),
        basis=Basis(row.basis),
        until=_day(row.until_day),
        begin_at=row.begin_at,
        floor=_day(row.floor_day),
        floor_due=_day(row.floor_due),
        skipped=frozenset(skipped),
        made=row.made,
    )
    if timing.basis is not Basis.COMPLETION or row.last_number is None:
        return HeldPlan(row=row, timing=timing, waits=False)
    if row.last_category not in _OVER:
        return HeldPlan(row=row, timing=timing, waits=True)
    done_on = local_day(zone, row.last_done_at or row.last_since)
    return HeldPlan(row=row, timing=replace(timing, done_on=done_on), waits=False)


def derived(held: HeldPlan) -> Values:
    """What a plan's row must say of its next occurrence."""
    standing = held.row.paused_at is not None or held.row.ended_at is not None
    coming = None if standing or held.waits else next(occurrences(held.timing), None)
    return {
        "next_day": coming and coming.day.isoformat(),
        "due_at": coming and coming.due_at,
        "aim_at": coming and coming.make_at,
        "waits": held.waits,
        "zone": held.timing.zone.key,
        "on_calendar": held.row.its_calendar,
        "calendar_version": held.row.its_version,
    }


def _hours(row: Any) -> Calendar:
    if row.spec is None:
        return ALWAYS
    try:
        return calendar_of(row.spec)
    except STRANGE as error:
        raise LevelUnreadable(
            level=row.its_calendar_code, part=N_("calendar"), what=why_strange(error)
        ) from error


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
