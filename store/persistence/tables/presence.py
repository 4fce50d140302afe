"""Who has which order before him; told for a while only, and never journalled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Instant, Whole


class PresenceRow(Base):
    """What one console tells the others; nobody counts on it, so no row refers to it."""

    __tablename__ = "presence"
    __table_args__ = STRICT

    console: Mapped[str] = mapped_column(Text, primary_key=True)
    """Made up anew by each console that starts."""
    operator_id: Mapped[int] = mapped_column(Whole, ForeignKey("operator.id"))
    number: Mapped[int] = mapped_column(Whole)
    """The order's."""
    doing: Mapped[str] = mapped_column(Text)
    """The action whose form is open on it; empty while it is only looked at."""
    since_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime] = mapped_column(Instant)
    """When it is over unless it is renewed."""
