"""What the radar proposes: trouble that comes again where it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Json, Real, Whole


class RecurrenceRow(Base):
    """One proposal; its columns are the fields of `Recurrence`. Of one trouble one is open."""

    __tablename__ = "recurrence"
    __table_args__ = (
        Index("uq_recurrence_open", "key", unique=True, **where("fate = 'open'")),
        Index("ix_recurrence_site_id", "site_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    key: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(Text)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    what: Mapped[str] = mapped_column(Text)
    orders: Mapped[Any] = mapped_column(Json)
    complaints: Mapped[Any] = mapped_column(Json)
    days: Mapped[int] = mapped_column(Whole)
    usual: Mapped[float | None] = mapped_column(Real)
    found_at: Mapped[datetime] = mapped_column(Instant)
    fate: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(Whole)
    reason: Mapped[str] = mapped_column(Text)
    action: Mapped[int | None] = mapped_column(Whole)
