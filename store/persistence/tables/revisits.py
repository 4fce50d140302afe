"""Revisits: which customer is called again in which month."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Id, Instant


class RevisitRow(Base):
    """One customer in one month; what came of it is told by the promises of its kind."""

    __tablename__ = "revisit"
    __table_args__ = (
        UniqueConstraint("customer_id", "period"),
        Index("ix_revisit_period", "period", "day"),
        Index("ix_revisit_order", "order_number"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    period: Mapped[str] = mapped_column(Text)
    """The month, as 2026-11."""
    day: Mapped[str] = mapped_column(Text)
    """ISO 8601, on the wall of the customer's calendar, as the month."""
    opens_at: Mapped[datetime] = mapped_column(Instant)
    """From when he can be called on that day."""
    due_at: Mapped[datetime] = mapped_column(Instant)
    """Until when."""
    order_number: Mapped[int] = mapped_column(ForeignKey("work_order.number"))
    """The order at which it is promised, and rings."""
