"""What customers say without being asked: complaints, each with its clock, and praise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Flag, Id, Instant, Whole


class VoiceRow(Base):
    """A complaint or praise as it stands; its columns are the fields of `Voice`.

    The row is the timer and the alarm in one.
    """

    __tablename__ = "voice"
    __table_args__ = (
        Index("ix_voice_received_at", "received_at"),
        Index("ix_voice_next_at", "next_at", **where("next_at IS NOT NULL")),
        Index("ix_voice_open", "answer_by", **where("over_at IS NULL AND praise = 0")),
        Index("ix_voice_level", "level", **where("level > 0")),
        Index("ix_voice_number", "number", **where("number IS NOT NULL")),
        Index("ix_voice_customer_id", "customer_id", **where("customer_id IS NOT NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    praise: Mapped[bool] = mapped_column(Flag)
    about: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    speaker: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("technician.id"))
    number: Mapped[int | None] = mapped_column(ForeignKey("work_order.number"))
    received_at: Mapped[datetime] = mapped_column(Instant)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    kept_by: Mapped[int] = mapped_column(Whole)
    warn_at: Mapped[datetime | None] = mapped_column(Instant)
    answer_by: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text)
    answered_to: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[int | None] = mapped_column(Whole)
    cause: Mapped[str] = mapped_column(Text)
    over_at: Mapped[datetime | None] = mapped_column(Instant)
    over_by: Mapped[int | None] = mapped_column(Whole)
    withdrawn: Mapped[str] = mapped_column(Text)
    level: Mapped[int] = mapped_column(Whole)
    raised_at: Mapped[datetime | None] = mapped_column(Instant)
    rings: Mapped[int] = mapped_column(Whole)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by: Mapped[int | None] = mapped_column(Whole)
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it rings next; follows from all else."""
