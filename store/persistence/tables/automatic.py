"""Automatic dispatch: its modes, and whom the desk proposes for which order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Flag, Id, Instant, Json, Whole


class AutomaticRow(Base):
    """The mode for the orders of a queue or view, of one priority or of all."""

    __tablename__ = "automatic"
    __table_args__ = (
        UniqueConstraint("queue", "view", "priority"),
        {"sqlite_autoincrement": True, **STRICT},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    queue: Mapped[str] = mapped_column(Text)
    view: Mapped[bool] = mapped_column(Flag)
    """Whether the queue is a view that everybody has."""
    priority: Mapped[int] = mapped_column(Whole)
    """0 for all."""
    mode: Mapped[str] = mapped_column(Text)
    margin: Mapped[int] = mapped_column(Whole)
    """Minutes of cost."""
    accept_s: Mapped[int] = mapped_column(Whole)
    """How long one technician has to say yes."""
    version: Mapped[int] = mapped_column(Whole)
    """Rises with each change."""


class NomineeRow(Base):
    """Whom the desk proposes for an order, or sent to it, as the order stood then."""

    __tablename__ = "nominee"
    __table_args__ = (Index("ix_nominee_look_at", "look_at"), STRICT)

    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"), primary_key=True)
    stood: Mapped[str] = mapped_column(Text)
    """How the order stood: in another state it means nothing."""
    since: Mapped[datetime] = mapped_column(Instant)
    reassigned: Mapped[int] = mapped_column(Whole)
    """How often it had changed hands."""
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("technician.id"))
    """NULL where nobody is proposed; who has the order already, where the desk sent him."""
    sent: Mapped[bool] = mapped_column(Flag)
    """Whether the desk itself sent who has it now."""
    why: Mapped[str] = mapped_column(Text)
    """Why it asks where it might act; empty where it only proposes."""
    arrive_at: Mapped[datetime | None] = mapped_column(Instant)
    left_s: Mapped[int | None] = mapped_column(Whole)
    """What is left of the promise when the work is done; NULL where there is none."""
    told: Mapped[Any | None] = mapped_column(Json)
    """The parts of the cost and the one who comes next, as the journal has them."""
    look_at: Mapped[datetime] = mapped_column(Instant)
    """When the desk looks at it again."""
