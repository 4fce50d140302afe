"""Procedures as they were imported, and what became of their steps on each order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Flag, Id, Instant, Whole


class ProcedureRow(Base):
    """One version of a procedure; its row never changes."""

    __tablename__ = "procedure"
    __table_args__ = (UniqueConstraint("kind", "version"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Whole)
    source: Mapped[str] = mapped_column(Text)
    """The file itself, byte for byte, which says all about the steps."""
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[int] = mapped_column(Whole)


class OrderStepRow(Base):
    """One step of an order's procedure, by its place from 1."""

    __tablename__ = "order_step"
    __table_args__ = (
        Index(
            *("ix_order_step_left", "number"),
            **where("mandatory = 1 AND done_at IS NULL"),
        ),
        STRICT,
    )

    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"), primary_key=True)
    place: Mapped[int] = mapped_column(Whole, primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    gate: Mapped[str] = mapped_column(Text)
    mandatory: Mapped[bool] = mapped_column(Flag)
    since: Mapped[str] = mapped_column(Text)
    within_s: Mapped[int | None] = mapped_column(Whole)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[int | None] = mapped_column(Whole)
    value: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    skipped: Mapped[bool] = mapped_column(Flag)
    working: Mapped[bool] = mapped_column(Flag, server_default="0")
