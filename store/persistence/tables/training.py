"""What people learn, and what the desk was reminded of that is about no order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Whole


class TrainingRow(Base):
    """A training of one technician; its columns are the fields of `Training`."""

    __tablename__ = "training"
    __table_args__ = (
        Index("ix_training_technician_id", "technician_id"),
        Index("ix_training_planned", "planned_at", **where("state = 'planned'")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"))
    subject: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    trainer: Mapped[str] = mapped_column(Text)
    planned_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    result: Mapped[str] = mapped_column(Text)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[int | None] = mapped_column(Whole)
    certificate: Mapped[str] = mapped_column(Text)
    valid_until: Mapped[datetime | None] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))


class ReminderRow(Base):
    """What rang last about an entry, and for which moment: for another one it rings anew.

    When it is to ring follows from the entry itself, so that no row is needed before it does.
    """

    __tablename__ = "reminder"
    __table_args__ = STRICT

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    """One of `Reminder`."""
    about: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    """The id of the certificate or training; no foreign key, for entries go."""
    ends_at: Mapped[datetime] = mapped_column(Instant)
    level: Mapped[int] = mapped_column(Whole)
    raised_at: Mapped[datetime] = mapped_column(Instant)
    rings: Mapped[int] = mapped_column(Whole)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
