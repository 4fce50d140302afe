"""The answers about plans."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, select

from store.domain.errors import BadInput, PlanUnknown
from store.domain.lifecycle import read_state
from store.domain.plan_form import read_day, read_lead, read_time
from store.domain.plan_rules import read_rule
from store.domain.plans import BASES, CLOSED, occurrences
from store.domain.words import N_
from store.persistence import plans
from store.persistence.levels import SPEC
from store.persistence.plans import CALENDAR, CUSTOMER, LEVEL, PLAN, SITE, SOURCE, VERSION
from store.persistence.tables import metadata
from store.queries.answers.finding_names import ids_of
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.plans import Coming, PlanDates, PlanLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.persistence.reader import Reader
    from store.queries.plans import ForetellPlan, ListPlans, ShowPlan

ASSETS = metadata.tables["asset"]
_OWN_LEVEL, _OWN_CALENDAR = LEVEL.alias("own_level"), CALENDAR.alias("own_calendar")
_FROM = (
    SOURCE.outerjoin(ASSETS, ASSETS.c.id == PLAN.c.asset_id)
    .outerjoin(_OWN_LEVEL, _OWN_LEVEL.c.id == PLAN.c.level_id)
    .outerjoin(_OWN_CALENDAR, _OWN_CALENDAR.c.id == PLAN.c.calendar_id)
)
_PLAIN = (
    *("id", "title", "description", "kind", "priority", "rule", "of_day", "lead_s", "basis"),
    *("closed", "zone", "paused_at", "ended_at", "next_day", "due_at", "made", "waits", "trouble"),
)
_COLUMNS = (
    *(PLAN.c[name] for name in _PLAIN),
    PLAN.c.start_day.label("start"),
    PLAN.c.until_day.label("until"),
    PLAN.c.last_number.label("last"),
    ORDERS.c.state.label("last_state"),
    *(SITE.c.code.label("site"), SITE.c.name.label("site_name")),
    *(CUSTOMER.c.code.label("customer"), CUSTOMER.c.name.label("customer_name")),
    *(ASSETS.c.code.label("asset"), ASSETS.c.name.label("asset_name")),
    *(_OWN_LEVEL.c.code.label("level"), _OWN_CALENDAR.c.code.label("calendar")),
    *(CALENDAR.c.code.label("hours"), CALENDAR.c.name.label("hours_name")),
)
_STANDS = case((PLAN.c.ended_at.is_not(None), 2), (PLAN.c.paused_at.is_not(None), 1), else_=0)
_NO_DATE = case((PLAN.c.due_at.is_(None), 1), else_=0)


def list_plans(reader: Reader, query: ListPlans) -> tuple[PlanLine, ...]:
    """One statement for the plans, one for what was called off."""
    asked = (
        select(*_COLUMNS)
        .select_from(_FROM)
        .where(within(reader, PLAN.c.site_id))
        .where(holds(query.text, PLAN.c.title, SITE.c.name, CUSTOMER.c.name, ASSETS.c.name))
        .order_by(_STANDS, _NO_DATE, PLAN.c.due_at, PLAN.c.id)
        .limit(checked_limit(query.limit))
    )
    return _lines(reader, reader.conn.execute(asked).mappings().all())


def show_plan(reader: Reader, query: ShowPlan) -> PlanLine:
    """By its id."""
    asked = select(*_COLUMNS).select_from(_FROM).where(PLAN.c.id == query.plan)
    found = reader.conn.execute(asked.where(within(reader, PLAN.c.site_id))).mappings().all()
    if not found:
        raise PlanUnknown(plan=query.plan)
    return _lines(reader, found)[0]


def foretell_plan(reader: Reader, query: ForetellPlan) -> PlanDates:
    """As the row would be computed if it were saved now."""
    before = None if query.plan is None else _row_of(reader, query.plan)
    held = plans.held_plan(_row(reader, query, before), _called_off(reader, query.plan))
    coming = () if held.waits else islice(occurrences(held.timing), max(1, min(query.count, 50)))
    dates = tuple(
        Coming(day=one.day, due_day=one.due_day, due_at=one.due_at, make_at=one.make_at)
        for one in coming
    )
    return PlanDates(
        rule=held.timing.rule.text, zone=held.timing.zone.key, dates=dates, waits=held.waits
    )


def _row_of(reader: Reader, plan: int) -> Any:
    asked = select(*plans.WHOLE).select_from(SOURCE).where(PLAN.c.id == plan)
    row = reader.conn.execute(asked.where(within(reader, PLAN.c.site_id))).one_or_none()
    if row is None:
        raise PlanUnknown(plan=plan)
    return row


def _called_off(reader: Reader, plan: int | None) -> Iterable[Any]:
    return () if plan is None else plans.called_off(reader.conn, [plan]).get(plan, ())


def _row(reader: Reader, query: ForetellPlan, before: Any) -> Any:
    """The row of the plan as it is written."""
    for name, choices in (("basis", BASES), ("closed", CLOSED)):
        if getattr(query, name) not in choices:
            raise BadInput(where=name, wrong=getattr(query, name), right=", ".join(choices))
    until = read_day(query.until, N_("until")).isoformat() if query.until.strip() else None
    written = {
        "rule": read_rule(query.rule).text,
        "start_day": read_day(query.start, N_("start")).isoformat(),
        "of_day": read_time(query.time, N_("time")),
        "lead_s": read_lead(query.lead, N_("made before")) // timedelta(seconds=1),
        "basis": query.basis,
        "closed": query.closed,
        "until_day": until,
        "begin_at": reader.at,
        **_surroundings(reader, query),
    }
    fresh = dict.fromkeys((column.name for column in plans.WHOLE), None)
    return SimpleNamespace(**{**(before._asdict() if before else {**fresh, "made": 0}), **written})


def _surroundings(reader: Reader, query: ForetellPlan) -> dict[str, Any]:
    """Zone and calendar of places that are only named yet."""
    site, customer = _one(reader, "site", query.site), _one(reader, "customer", query.customer)
    zone = select(SITE.c.zone).where(SITE.c.id == bindparam("site"))
    calendar = None
    if query.calendar.strip():
        text = query.calendar.strip()
        named = select(CALENDAR.c.id).where((CALENDAR.c.code == text) | (CALENDAR.c.name == text))
        calendar = reader.conn.execute(named.limit(1)).scalar_one_or_none()
    levels = select(CUSTOMER.c.level_id).where(CUSTOMER.c.id == bindparam("customer"))
    level = reader.conn.execute(levels, {"customer": customer}).scalar_one_or_none()
    if level is None:
        level = reader.conn.execute(select(plans.DESKS_LEVEL)).scalar_one()
    if calendar is None:
        its = select(LEVEL.c.calendar_id).where(LEVEL.c.id == bindparam("level"))
        calendar = reader.conn.execute(its, {"level": level}).scalar_one_or_none()
    hours = (
        select(CALENDAR.c.code, VERSION.c.id, SPEC.label("spec"))
        .join(VERSION, VERSION.c.id == CALENDAR.c.current_version_id)
        .where(CALENDAR.c.id == bindparam("calendar"))
    )
    found = reader.conn.execute(hours, {"calendar": calendar}).one_or_none()
    return {
        "site_zone": reader.conn.execute(zone, {"site": site}).scalar_one_or_none(),
        "its_level": level,
        "its_calendar": calendar,
        "its_calendar_code": found and found.code,
        "its_version": found and found.id,
        "spec": found and found.spec,
    }


def _one(reader: Reader, what: str, text: str) -> int | None:
    """The only entry that a text names; None where none or several do."""
    if not text.strip():
        return None
    ids = ids_of(reader, what, (text,))
    return ids.pop() if len(ids) == 1 else None


def _lines(reader: Reader, rows: Iterable[Any]) -> tuple[PlanLine, ...]:
    found = list(rows)
    gone = plans.called_off(reader.conn, [row["id"] for row in found]) if found else {}
    today = reader.at.date().isoformat()
    return tuple(
        PlanLine(
            **{
                **row,
                "last_state": None if row["last_state"] is None else read_state(row["last_state"]),
                "waits": bool(row["waits"]),
                "called_off": tuple(
                    day
                    for day in sorted(day.isoformat() for day in gone.get(row["id"], ()))
                    if day >= today
                ),
            }
        )
        for row in found
    )
