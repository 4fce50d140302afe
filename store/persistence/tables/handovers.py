"""Shift hand-overs: what was offered, noted, ticked and accepted, by whom and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Whole

_OPEN = where("accepted_at IS NULL AND withdrawn_at IS NULL")


class HandoverRow(Base):
    """One offer of a desk by its holder; at most one stands open a desk."""

    __tablename__ = "handover"
    __table_args__ = (
        Index("uq_handover_open", "desk", unique=True, **_OPEN),
        Index("ix_handover_accepted", "desk", "accepted_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole, default=1)
    """Rises with each note: what was read and what is signed must be the same."""
    desk: Mapped[str] = mapped_column(Text)
    """`all`, or the ids of its sites."""
    from_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    """In whose name the desk stands until somebody accepts."""
    offered_by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    offered_at: Mapped[datetime] = mapped_column(Instant)
    since_at: Mapped[datetime] = mapped_column(Instant)
    """From when it tells: when the desk was taken over, or a day before."""
    since_seq: Mapped[int] = mapped_column(Whole)
    upto_seq: Mapped[int] = mapped_column(Whole)
    """The journal's head when it was offered; the next one tells from here."""
    snapshot: Mapped[str] = mapped_column(Text, default="")
    """On PostgreSQL what was in sight then: numbers below `upto_seq` may show later."""
    more: Mapped[str] = mapped_column(Text, default="")
    """The parts that have more items than were kept, apart by spaces."""
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class HandoverItemRow(Base):
    """One line of it, as it was offered; a risk is ticked by who takes it over."""

    __tablename__ = "handover_item"
    __table_args__ = STRICT

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Whole, primary_key=True)
    part: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"))
    what: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime | None] = mapped_column(Instant)
    times: Mapped[int] = mapped_column(Whole, default=1)
    ticked_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    ticked_at: Mapped[datetime | None] = mapped_column(Instant)


class HandoverNoteRow(Base):
    """What somebody wrote down for the next shift."""

    __tablename__ = "handover_note"
    __table_args__ = STRICT

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Whole, primary_key=True)
    by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(Text)
