"""How many of its crew an order lacks, as a query asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, not_, or_, select, text

from store.domain.lifecycle import LIVE_VISITS, Category
from store.persistence.mapping import VISIT
from store.persistence.tables import metadata
from store.persistence.types import Instant
from store.queries.answers.has_done import has_done
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from datetime import datetime

ABSENCES, TECHNICIANS = metadata.tables["absence"], metadata.tables["technician"]
_AT_WORK = ORDERS.c.category.in_([Category.OPEN.value, Category.WAITING.value])


def missing(at: datetime) -> ColumnElement[Any]:
    """How many of a crew are still to be found; of no order for one, nor of one that is done.

    Whoever is not there when the work begins does not count.
    """
    live = VISIT.c.state.in_([state.value for state in LIVE_VISITS])
    hands = (
        select(func.count())
        .select_from(VISIT)
        .where(VISIT.c.number == ORDERS.c.number)
        .where(or_(and_(live, not_(_away(at))), has_done(VISIT)))
        .correlate(ORDERS)
        .scalar_subquery()
    )
    short = and_(text("live = 1"), _AT_WORK, ORDERS.c.crew > 1, ORDERS.c.crew > hands)
    return case((short, ORDERS.c.crew - hands), else_=0)


def _away(at: datetime) -> ColumnElement[bool]:
    """Whether somebody is absent when the work is to begin, or off duty where that is now."""
    now = bindparam("moment", at, Instant(), unique=True)
    planned, met = (
        func.coalesce(one, now) for one in (ORDERS.c.planned_at, ORDERS.c.appointment_at)
    )
    later = case((planned > met, planned), else_=met)
    begins = case((later > now, later), else_=now)
    absent = exists().where(
        ABSENCES.c.technician_id == VISIT.c.technician_id,
        ABSENCES.c.starts_at <= begins,
        ABSENCES.c.ends_at > begins,
    )
    off = exists().where(
        TECHNICIANS.c.id == VISIT.c.technician_id, TECHNICIANS.c.state == "off", later <= now
    )
    return or_(absent.correlate(ORDERS, VISIT), off.correlate(ORDERS, VISIT))


LACKING: ColumnElement[bool] = and_(text("live = 1"), ORDERS.c.crew > 1)
"""What all that lack somebody have in common: of the others none is looked at closer."""
