"""Exceptions of orders, the limits that they are granted by, and who stands in for whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Real, Whole

_LIVE = where("state IN ('asked', 'granted')")


class OrderExceptionRow(Base):
    """An exception as it stands; its columns are the fields of `OrderException`."""

    __tablename__ = "order_exception"
    __table_args__ = (
        Index("ix_order_exception_number", "number"),
        Index("ix_order_exception_live", "decide_by", **_LIVE),
        Index("ix_order_exception_month", "limit_of", "month"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"))
    kind: Mapped[str] = mapped_column(Text)
    size: Mapped[float | None] = mapped_column(Real)
    clock: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(Whole)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    decide_by: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    zone: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[int | None] = mapped_column(Whole)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decision: Mapped[str] = mapped_column(Text)
    limit_of: Mapped[int | None] = mapped_column(Whole)
    limit_role: Mapped[str] = mapped_column(Text)
    limit_each: Mapped[float | None] = mapped_column(Real)
    month: Mapped[str] = mapped_column(Text)
    used: Mapped[float] = mapped_column(Real)
    uses: Mapped[int] = mapped_column(Whole)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    used_for: Mapped[str] = mapped_column(Text)


class ExceptionLimitRow(Base):
    """What a role, or a person instead of his role, may grant of one kind."""

    __tablename__ = "exception_limit"
    __table_args__ = (
        Index("uq_exception_limit", "kind", "role", "operator", unique=True),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    operator: Mapped[int] = mapped_column(Whole)
    each: Mapped[float | None] = mapped_column(Real)
    month: Mapped[float | None] = mapped_column(Real)
    count: Mapped[int | None] = mapped_column(Whole)


class ExceptionDelegateRow(Base):
    """Who may grant in somebody's place, from when until when."""

    __tablename__ = "exception_delegate"
    __table_args__ = (Index("ix_exception_delegate_until", "until_at"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    operator: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    delegate: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    from_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime] = mapped_column(Instant)
