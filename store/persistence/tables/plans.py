"""Plans for preventive work, and each time that one came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Flag, Id, Instant, Whole

_GOING = where("paused_at IS NULL AND ended_at IS NULL")
_MADE = where("number IS NOT NULL")


class PlanRow(Base):
    """What is to be done again and again. The row is its timer, too: `aim_at` wakes the desk."""

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_aim", "aim_at", **_GOING), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(Text, default="")
    priority: Mapped[int] = mapped_column(Whole)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("service_level.id"))
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))
    """Whose closed days count; None takes the calendar of its orders' service level."""
    rule: Mapped[str] = mapped_column(Text)
    """An RRULE, as `PlanRule.text` writes it."""
    start_day: Mapped[str] = mapped_column(Text)
    """Days are ISO 8601, on the site's wall."""
    of_day: Mapped[int] = mapped_column(Whole)
    """Seconds after midnight."""
    lead_s: Mapped[int] = mapped_column(Whole, default=0)
    basis: Mapped[str] = mapped_column(Text)
    closed: Mapped[str] = mapped_column(Text)
    until_day: Mapped[str | None] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    begin_at: Mapped[datetime] = mapped_column(Instant)
    """What was due by then is not made: the plan was made, changed or resumed then."""
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    floor_day: Mapped[str | None] = mapped_column(Text)
    """The day of the last occurrence that was made."""
    floor_due: Mapped[str | None] = mapped_column(Text)
    last_number: Mapped[int | None] = mapped_column(ForeignKey("work_order.number"))
    made: Mapped[int] = mapped_column(Whole, default=0)

    next_day: Mapped[str | None] = mapped_column(Text)
    """From here on derived: the next occurrence by its day, and when it is due and to be made."""
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    aim_at: Mapped[datetime | None] = mapped_column(Instant)
    """Later than that after it failed."""
    waits: Mapped[bool] = mapped_column(Flag, default=False)
    """Whether the last order must be done before the next date is known."""
    zone: Mapped[str] = mapped_column(Text, default="UTC")
    on_calendar: Mapped[int | None] = mapped_column(Whole)
    calendar_version: Mapped[int | None] = mapped_column(Whole)
    """What the next occurrence was computed with."""
    tries: Mapped[int] = mapped_column(Whole, default=0)
    trouble: Mapped[str | None] = mapped_column(Text)
    """What the last attempt that failed said."""


class PlanOccurrenceRow(Base):
    """One time that a plan came: the order made for it, or that it was called off; once a day."""

    __tablename__ = "plan_occurrence"
    __table_args__ = (
        UniqueConstraint("plan_id", "due_day"),
        Index("uq_plan_occurrence_number", "number", unique=True, **_MADE),
        STRICT,
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    day: Mapped[str] = mapped_column(Text, primary_key=True)
    """The day that the rule names."""
    due_day: Mapped[str | None] = mapped_column(Text)
    """None where it was called off."""
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    number: Mapped[int | None] = mapped_column(ForeignKey("work_order.number"))
    missed: Mapped[int] = mapped_column(Whole, default=0)
    """How many before it were never made, since nobody was there to make them."""
    missed_since: Mapped[str | None] = mapped_column(Text)
    by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    at: Mapped[datetime] = mapped_column(Instant)
