"""What must happen in time: timers, the alarms they raise, follow-ups, outside effects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Json, Whole

_PENDING = where("fired_at IS NULL")
_STANDING = where("cleared_at IS NULL")
_ACKNOWLEDGED = where("acknowledged_at IS NOT NULL")
_OPEN = where("done_at IS NULL")
_UNSEEN = where("lapsed_at IS NOT NULL AND seen_at IS NULL")
_IN_TROUBLE = where("trouble IS NOT NULL")


class TimerRow(Base):
    """One promise in time; the key makes each fire exactly once."""

    __tablename__ = "timer"
    __table_args__ = (
        UniqueConstraint("number", "kind", "clock", "run", "level"),
        Index("ix_timer_aim", "aim_at", **_PENDING),
        Index("ix_timer_trouble", "tries", "id", **_IN_TROUBLE),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"))
    kind: Mapped[str] = mapped_column(Text)
    clock: Mapped[str] = mapped_column(Text, default="")
    run: Mapped[int] = mapped_column(Whole, default=1)
    """Which occurrence: the clock's run, the pause's or follow-up's place, an epoch second."""
    level: Mapped[int] = mapped_column(Whole, default=0)
    due_at: Mapped[datetime] = mapped_column(Instant)
    aim_at: Mapped[datetime] = mapped_column(Instant)
    """The due time, or later after a reaction failed."""
    fired_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Whole, default=0)
    trouble: Mapped[str | None] = mapped_column(Text)
    """What the last failed reaction said."""


class AlarmRow(Base):
    """One alarm an order, at its worst level."""

    __tablename__ = "alarm"
    __table_args__ = (
        Index("uq_alarm_standing", "number", unique=True, **_STANDING),
        Index("ix_alarm_due", "severity", "due_at", **_STANDING),
        Index("ix_alarm_number", "number"),
        Index("ix_alarm_acknowledged_at", "acknowledged_at", **_ACKNOWLEDGED),
        Index("ix_alarm_unseen", "number", **_UNSEEN),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"))
    kind: Mapped[str] = mapped_column(Text)
    """The timer kind that raised it to its present level."""
    clock: Mapped[str] = mapped_column(Text, default="")
    level: Mapped[int] = mapped_column(Whole, default=0)
    severity: Mapped[int] = mapped_column(Whole)
    """1 worst to 4 quiet."""
    due_at: Mapped[datetime] = mapped_column(Instant)
    """When it should have been raised."""
    raised_at: Mapped[datetime] = mapped_column(Instant)
    """When it rang last."""
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    cleared_at: Mapped[datetime | None] = mapped_column(Instant)
    rings: Mapped[int] = mapped_column(Whole, default=1)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when it has waited to be acknowledged, however often it rang since; None as raised."""
    shelved_at: Mapped[datetime | None] = mapped_column(Instant)
    shelved_until: Mapped[datetime | None] = mapped_column(Instant)
    """While it stands on the shelf; then it rings again."""
    shelved_by: Mapped[int | None] = mapped_column(Whole)
    """An operator's id; no foreign key, which a table this long would have to be rewritten for."""
    shelved_why: Mapped[str | None] = mapped_column(Text)
    escalated_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the supervisor was called since nobody had acknowledged it."""
    lapsed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was cleared by itself before anybody had acknowledged it; None otherwise."""
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody saw that it had come and gone; at once where it was quiet."""
    seen_by: Mapped[int | None] = mapped_column(Whole)


class FollowUpRow(Base):
    """A promise to come back to a customer, with a time."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_open", "due_at", **_OPEN),
        STRICT,
    )

    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"), primary_key=True)
    place: Mapped[int] = mapped_column(Whole, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, default="call")
    due_at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    outcome: Mapped[str | None] = mapped_column(Text)


class OutboxRow(Base):
    """An effect outside the store, claimed by one process at a time under a lease."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_aim", "aim_at", **_OPEN), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    body: Mapped[Any] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(Instant)
    aim_at: Mapped[datetime] = mapped_column(Instant)
    holder: Mapped[str | None] = mapped_column(Text)
    term: Mapped[int] = mapped_column(Whole, default=0)
    """Rises with each claim and travels with every write: a late holder cannot overwrite."""
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Whole, default=0)
    trouble: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
