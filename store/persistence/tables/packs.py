"""Packs as they were written, and baselines as they were frozen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Id, Instant, Whole


class PackRow(Base):
    """One pack of one period for those who see the same sites; it never changes."""

    __tablename__ = "pack"
    __table_args__ = (
        UniqueConstraint("kind", "period", "scope"),
        Index("ix_pack_due_at", "due_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    """The sites that it is of, rising, with commas; empty for the whole desk."""
    first_day: Mapped[str] = mapped_column(Text)
    last_day: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(Instant)
    written_at: Mapped[datetime] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(Text)
    """Of the content, which the doctor compares."""
    content: Mapped[str] = mapped_column(Text)
    """JSON: figures, codes, numbers of orders and times, and no words of anybody."""


class BaselineRow(Base):
    """Days that outcomes are held against."""

    __tablename__ = "baseline"
    __table_args__ = (UniqueConstraint("active"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    first_day: Mapped[str] = mapped_column(Text)
    last_day: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(Text)
    frozen_at: Mapped[datetime] = mapped_column(Instant)
    frozen_by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    active: Mapped[int | None] = mapped_column(Whole)
    """1 for the one that counts; none for those before it, which are kept."""


class BaselinePartRow(Base):
    """The figures of a baseline for those who see the same sites."""

    __tablename__ = "baseline_part"
    __table_args__ = (UniqueConstraint("baseline_id", "scope"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    baseline_id: Mapped[int] = mapped_column(ForeignKey("baseline.id"))
    scope: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    """JSON, as of a pack."""
