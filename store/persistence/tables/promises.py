"""What was promised by when: calendars with versions, and service levels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Id, Instant, Json, Whole


class CalendarRow(Base):
    """A named calendar; its hours live in its versions."""

    __tablename__ = "calendar"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    current_version_id: Mapped[int | None] = mapped_column(Whole)


class CalendarVersionRow(Base):
    """The hours of a calendar as they were from one edit to the next; never changed."""

    __tablename__ = "calendar_version"
    __table_args__ = (UniqueConstraint("calendar_id", "version"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"))
    version: Mapped[int] = mapped_column(Whole)
    spec: Mapped[Any] = mapped_column(Json)
    """zone, week, holidays, workdays: what `Calendar.parse` reads."""
    made_at: Mapped[datetime] = mapped_column(Instant)


class ServiceLevelRow(Base):
    """Targets by priority and clock on one calendar."""

    __tablename__ = "service_level"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"))
    policy: Mapped[Any] = mapped_column(Json)
    """targets {"1": {"respond": {"seconds": n} | {"days": n}}}, warn, after_s, risk, ring_from,
    orphan_after_s, silent_after_s."""
