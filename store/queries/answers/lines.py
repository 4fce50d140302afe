"""The board's lines: which columns they are made of, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import FromClause, Row, and_

from store.domain.lifecycle import Category, State
from store.domain.targets import ClockKind
from store.persistence.tables import metadata
from store.queries.board import BoardLine, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

ORDERS = metadata.tables["work_order"]
SITES = metadata.tables["site"]
CUSTOMERS = metadata.tables["customer"]
TECHNICIANS = metadata.tables["technician"]
ALARMS = metadata.tables["alarm"]

COLUMNS = (
    ORDERS.c.number,
    ORDERS.c.version,
    ORDERS.c.title,
    ORDERS.c.priority,
    ORDERS.c.state,
    ORDERS.c.category,
    ORDERS.c.state_since,
    ORDERS.c.opened_at,
    ORDERS.c.reason,
    ORDERS.c.wake_at,
    ORDERS.c.next_deadline,
    ORDERS.c.next_clock,
    ORDERS.c.risk_at,
    ORDERS.c.orphan_at,
    ORDERS.c.follow_at,
    ORDERS.c.site_id,
    SITES.c.code.label("site_code"),
    SITES.c.name.label("site_name"),
    CUSTOMERS.c.name.label("customer_name"),
    TECHNICIANS.c.code.label("technician_code"),
    TECHNICIANS.c.name.label("technician_name"),
    ALARMS.c.severity,
    ALARMS.c.acknowledged_at,
)


def joined(source: FromClause) -> FromClause:
    """The source, which has `work_order`, with what a line shows of other tables."""
    return (
        source.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
        .outerjoin(CUSTOMERS, CUSTOMERS.c.id == ORDERS.c.customer_id)
        .outerjoin(TECHNICIANS, TECHNICIANS.c.id == ORDERS.c.technician_id)
        .outerjoin(ALARMS, and_(ALARMS.c.number == ORDERS.c.number, ALARMS.c.cleared_at.is_(None)))
    )


def lines(rows: Iterable[Row[Any]], order: str) -> tuple[BoardLine, ...]:
    """The rows as lines whose keys are of this order column."""
    return tuple(_line(row, order) for row in rows)


def _line(row: Row[Any], order: str) -> BoardLine:
    return BoardLine(
        key=Key(getattr(row, order), row.number),
        number=row.number,
        version=row.version,
        title=row.title,
        priority=row.priority,
        state=State(row.state),
        category=Category(row.category),
        state_since=row.state_since,
        opened_at=row.opened_at,
        reason=row.reason,
        wake_at=row.wake_at,
        next_deadline=row.next_deadline,
        next_clock=None if row.next_clock is None else ClockKind(row.next_clock),
        risk_at=row.risk_at,
        orphan_at=row.orphan_at,
        follow_at=row.follow_at,
        site=row.site_id,
        site_code=row.site_code,
        site_name=row.site_name,
        customer_name=row.customer_name,
        technician_code=row.technician_code,
        technician_name=row.technician_name,
        severity=row.severity,
        acknowledged=row.acknowledged_at is not None,
    )
