"""Which orders of a week were drawn to be inspected, what came of each, and by which sheet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Whole


class InspectionSheetRow(Base):
    """One version of a score sheet; its row never changes."""

    __tablename__ = "inspection_sheet"
    __table_args__ = (UniqueConstraint("kind", "version"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Whole)
    source: Mapped[str] = mapped_column(Text)
    """The file itself, byte for byte."""
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[int] = mapped_column(Whole)


class InspectionDrawRow(Base):
    """A draw, which never changes; the database says that a week has one of each count."""

    __tablename__ = "inspection_draw"
    __table_args__ = (UniqueConstraint("week", "nth"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    week: Mapped[str] = mapped_column(Text)
    nth: Mapped[int] = mapped_column(Whole)
    seed: Mapped[str] = mapped_column(Text)
    share: Mapped[int] = mapped_column(Whole)
    first_jobs: Mapped[int] = mapped_column(Whole)
    asset_orders: Mapped[int] = mapped_column(Whole)
    zone: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(Whole)
    digest: Mapped[str] = mapped_column(Text)
    population: Mapped[str] = mapped_column(Text)
    """A line an order, whose digest is `digest`."""
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    drawn_by: Mapped[int] = mapped_column(Whole)


class InspectionRow(Base):
    """An inspection as it stands; its columns are the fields of `Inspection`."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index("ix_inspection_draw_id", "draw_id", "number"),
        Index("ix_inspection_number", "number"),
        Index("ix_inspection_open", "due_at", **where("scored_at IS NULL AND dropped_at IS NULL")),
        Index("ix_inspection_scored_at", "scored_at", **where("scored_at IS NOT NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    draw_id: Mapped[int] = mapped_column(ForeignKey("inspection_draw.id"))
    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("technician.id"))
    reasons: Mapped[str] = mapped_column(Text)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("inspection_sheet.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    scores: Mapped[str] = mapped_column(Text)
    total: Mapped[int | None] = mapped_column(Whole)
    scored_at: Mapped[datetime | None] = mapped_column(Instant)
    scored_by: Mapped[int | None] = mapped_column(Whole)
    remark: Mapped[str] = mapped_column(Text)
    technician_said: Mapped[str] = mapped_column(Text)
    customer_said: Mapped[str] = mapped_column(Text)
    dropped: Mapped[str] = mapped_column(Text)
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)
