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


class HorizonRow(Base):
    """Until when a calendar's holidays are known, and the alarm that they run out.

    One for each calendar that has or had such days. The row is the timer and the alarm in one.
    """

    __tablename__ = "horizon"
    __table_args__ = STRICT

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), primary_key=True)
    known_until: Mapped[str | None] = mapped_column(Text)
    """The last known day, ISO 8601; None where the calendar names no days any more."""
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    """The midnight after that day, where the calendar is."""
    level: Mapped[int] = mapped_column(Whole, default=0)
    """The rung that has rung and stands, see `RUNGS`; 0 while there is time."""
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the next rung is due; None after the last."""
    raised_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    rings: Mapped[int] = mapped_column(Whole, default=0)
    """How often this calendar has rung, over all its horizons."""
    shelved_at: Mapped[datetime | None] = mapped_column(Instant)
    shelved_until: Mapped[datetime | None] = mapped_column(Instant)
    """Until when its alarm does not ring, unless it gets worse."""
    shelved_by: Mapped[int | None] = mapped_column(Whole)
    shelved_why: Mapped[str | None] = mapped_column(Text)


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
    orphan_after_s, silent_after_s, escalate_after_s."""
