"""What figures are read from: a narrow row of each order, and sums of those that are closed.

All of it follows from the orders; the doctor compares it, and mends it by making it anew.
"""

from __future__ import annotations

from sqlalchemy import Index, Text, text

from store.domain.kpi.sums import ASKED, SPREAD, SUMS
from store.persistence.tables.base import (
    ROOM_TO_CHANGE,
    STRICT,
    Base,
    Mapped,
    mapped_column,
    where,
)
from store.persistence.types import Id, Whole

_OPEN = where("closed_at IS NULL AND counts = 1")
_CLOSED = where("closed_at IS NOT NULL")
_FAULT = where("fault IS NOT NULL")
_DONE = where("fault IS NOT NULL AND done_at IS NOT NULL")


_LATER = dict.fromkeys(("planned_met", "planned_missed", "waived", *ASKED), text("0"))
"""Sums that came to a table that was there."""


class KpiOrderRow(Base):
    """One order as figures see it; instants and durations in ms, see `domain.kpi.measured`."""

    __tablename__ = "kpi_order"
    __table_args__ = (
        Index("ix_kpi_order_closed_at", "closed_at", **_CLOSED),
        Index("ix_kpi_order_opened_at", "opened_at"),
        Index("ix_kpi_order_asked_at", "asked_at", **where("asked_at IS NOT NULL")),
        Index("ix_kpi_order_open", "opened_at", "site_id", **_OPEN),
        Index("ix_kpi_order_fault_opened_at", "fault", "opened_at", **_FAULT),
        Index("ix_kpi_order_fault_done_at", "fault", "done_at", **_DONE),
        *(
            Index(f"ix_kpi_order_{name}", name, "closed_at", "site_id", **_CLOSED)
            for name in SPREAD
        ),
        {**STRICT, **ROOM_TO_CHANGE},
    )

    number: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    """No foreign key: it is written with each step of an order, which is never deleted."""
    counts: Mapped[int] = mapped_column(Whole)
    opened_at: Mapped[int] = mapped_column(Whole)
    closed_at: Mapped[int | None] = mapped_column(Whole)
    done_at: Mapped[int | None] = mapped_column(Whole)
    site_id: Mapped[int | None] = mapped_column(Whole)
    kind: Mapped[str] = mapped_column(Text)
    technician_id: Mapped[int | None] = mapped_column(Whole)
    planned: Mapped[int] = mapped_column(Whole)
    fault: Mapped[str | None] = mapped_column(Text)
    response_ms: Mapped[int | None] = mapped_column(Whole)
    arrive_ms: Mapped[int | None] = mapped_column(Whole)
    accept_ms: Mapped[int | None] = mapped_column(Whole)
    wall_ms: Mapped[int | None] = mapped_column(Whole)
    work_ms: Mapped[int | None] = mapped_column(Whole)
    respond_kept: Mapped[int | None] = mapped_column(Whole)
    arrive_kept: Mapped[int | None] = mapped_column(Whole)
    resolve_kept: Mapped[int | None] = mapped_column(Whole)
    first_visit: Mapped[int | None] = mapped_column(Whole)
    reopened: Mapped[int] = mapped_column(Whole)
    reassigned: Mapped[int] = mapped_column(Whole)
    chased: Mapped[int] = mapped_column(Whole)
    customer_id: Mapped[int | None] = mapped_column(Whole)
    asked_at: Mapped[int | None] = mapped_column(Whole)
    answered: Mapped[int | None] = mapped_column(Whole)
    csat: Mapped[int | None] = mapped_column(Whole)
    nps: Mapped[int | None] = mapped_column(Whole)
    waived: Mapped[int] = mapped_column(Whole, server_default=text("0"))
    again_ms: Mapped[int | None] = mapped_column(Whole)
    before_ms: Mapped[int | None] = mapped_column(Whole)


class KpiDayRow(Base):
    """Sums over the orders of a day by UTC, of the whole desk or of one site, kind or technician.

    Days of any zone are made of these and of the narrow rows between two midnights.
    """

    __tablename__ = "kpi_day"
    __table_args__ = {**STRICT, **ROOM_TO_CHANGE}

    dim: Mapped[str] = mapped_column(Text, primary_key=True)
    """Empty for the whole desk, else `site`, `kind` or `person`."""
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    """The site's or technician's id, or the kind; empty for the whole desk and for none."""
    day: Mapped[int] = mapped_column(Whole, primary_key=True)
    """Days since 1970: of closing for `SUMS`, of a survey for `ASKED`, of opening for `opened`."""
    opened: Mapped[int] = mapped_column(Whole)
    for _name in (*SUMS, *ASKED):
        __annotations__[_name] = "Mapped[int]"
        vars()[_name] = mapped_column(Whole, server_default=_LATER.get(_name))
    del _name


class KpiSpreadRow(Base):
    """How many of a month's closed orders lasted about so long: finds a median's neighbourhood."""

    __tablename__ = "kpi_spread"
    __table_args__ = {**STRICT, **ROOM_TO_CHANGE}

    dim: Mapped[str] = mapped_column(Text, primary_key=True)
    """Empty for the whole desk, else `site`."""
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[int] = mapped_column(Whole, primary_key=True)
    """Months since January 1970 by UTC."""
    bucket: Mapped[int] = mapped_column(Whole, primary_key=True)
    """See `domain.kpi.sums.bucket`."""
    orders: Mapped[int] = mapped_column(Whole)
