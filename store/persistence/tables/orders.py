"""Orders with their visits, pauses and clocks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text

from store.persistence.tables.base import (
    ROOM_TO_CHANGE,
    STRICT,
    Base,
    Mapped,
    mapped_column,
    where,
)
from store.persistence.types import Flag, Id, Instant, Whole

_LIVE = where("live = 1")
_OPEN = where("live = 1 AND category <> 'done'")
_GIVEN_UP = where("live = 0 AND closed_at IS NULL")
_FOLLOW = where("follow_at IS NOT NULL")
_UNDER = where("parent IS NOT NULL")
_CALLED = where("contact_id IS NOT NULL")
_NEEDY = where("needs <> ''")
_ASKED = where("survey_by IS NOT NULL")
_PART = where("project IS NOT NULL")
_COPIES = where("duplicate_of IS NOT NULL")


class WorkOrderRow(Base):
    """One request until it is closed."""

    __tablename__ = "work_order"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        # Each queue walks one of these in its order; what else it asks rides behind the order.
        Index("ix_open_rank", "rank_at", "number", "site_id", **_OPEN),
        Index(
            *("ix_live_state", "state", "rank_at", "number", "wake_at", "orphan_at", "site_id"),
            **_LIVE,
        ),
        Index(
            *("ix_live_site", "site_id", "rank_at", "number", "state", "category"),
            *("next_deadline", "risk_at", "wake_at", "orphan_at"),
            **_LIVE,
        ),
        Index("ix_live_technician", "technician_id", "rank_at", **_LIVE),
        Index("ix_live_deadline", "next_deadline", "number", "risk_at", "site_id", **_LIVE),
        Index("ix_follow", "follow_at", "number", "site_id", **_FOLLOW),
        Index("ix_work_order_parent", "parent", "number", **_UNDER),
        Index("ix_work_order_contact_id", "contact_id", "number", **_CALLED),
        Index("ix_work_order_project", "project", "number", **_PART),
        Index("ix_work_order_duplicate_of", "duplicate_of", "number", **_COPIES),
        # Which orders were at the desk at a past moment is told by when they came and left.
        Index("ix_work_order_closed_at", "closed_at", "opened_at", "site_id", "number"),
        Index("ix_given_up", "state_since", "opened_at", "site_id", "number", **_GIVEN_UP),
        Index("ix_work_order_opened_at", "opened_at"),
        Index("ix_work_order_needs", "number", **_NEEDY),
        Index("ix_work_order_customer_id", "customer_id", "number"),
        Index("ix_work_order_site_id", "site_id", "number"),
        Index("ix_work_order_asset_id", "asset_id"),
        Index("ix_survey_at", "survey_at", "number", "site_id", **where("survey_at IS NOT NULL")),
        Index("ix_survey_by", "survey_by", "site_id", "number", **_ASKED),
        Index("ix_survey_asked", "customer_id", "contact_id", "survey_by", **_ASKED),
        Index("ix_survey_code", "survey_code", **where("survey_code IS NOT NULL")),
        Index("ix_bad_at", "bad_at", "number", "site_id", **where("bad_at IS NOT NULL")),
        {"sqlite_autoincrement": True, **STRICT, **ROOM_TO_CHANGE},
    )

    number: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    source: Mapped[str | None] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(Text, default="")
    priority: Mapped[int] = mapped_column(Whole)
    state: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    live: Mapped[bool] = mapped_column(Flag)
    """1 until the state is final (closed, cancelled, duplicate)."""
    state_since: Mapped[datetime] = mapped_column(Instant)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    contact_id: Mapped[int | None] = mapped_column(Whole)
    """Who called; no foreign key, which a table this long would have to be rewritten for."""
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("technician.id"))
    follower_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("service_level.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    progress_at: Mapped[datetime] = mapped_column(Instant)
    first_resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    verified_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    reopened: Mapped[int] = mapped_column(Whole, default=0)
    reassigned: Mapped[int] = mapped_column(Whole, default=0)
    chased: Mapped[int] = mapped_column(Whole, default=0, server_default="0")
    reason: Mapped[str] = mapped_column(Text, default="")
    wake_at: Mapped[datetime | None] = mapped_column(Instant)
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("work_order.number"))
    parent: Mapped[int | None] = mapped_column(Whole)
    """No foreign key, for which SQLite would write every row anew; orders are never deleted."""
    links: Mapped[str | None] = mapped_column(Text)
    """Numbers of related orders, rising, a space between them; NULL where there are none."""
    cadence_s: Mapped[int | None] = mapped_column(Whole)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    planned_at: Mapped[datetime | None] = mapped_column(Instant)
    locked_by: Mapped[int | None] = mapped_column(Whole)
    """The operator's id; no foreign key, which a table this long would have to be rewritten for."""
    needs: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """Tools and parts that it takes, rising, a comma between them."""
    takes_s: Mapped[int | None] = mapped_column(Whole)
    crew: Mapped[int] = mapped_column(Whole, default=1, server_default=text("1"))
    appointment_at: Mapped[datetime | None] = mapped_column(Instant)
    appointment_to: Mapped[datetime | None] = mapped_column(Instant)
    survey: Mapped[str | None] = mapped_column(Text)
    survey_by: Mapped[datetime | None] = mapped_column(Instant)
    survey_at: Mapped[datetime | None] = mapped_column(Instant)
    survey_tries: Mapped[int] = mapped_column(Whole, default=0, server_default=text("0"))
    survey_code: Mapped[str | None] = mapped_column(Text)
    csat: Mapped[int | None] = mapped_column(Whole)
    nps: Mapped[int | None] = mapped_column(Whole)
    rated_at: Mapped[datetime | None] = mapped_column(Instant)
    said: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    bad_at: Mapped[datetime | None] = mapped_column(Instant)
    cause: Mapped[str | None] = mapped_column(Text)
    contained: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    action_by: Mapped[datetime | None] = mapped_column(Instant)
    exception_at: Mapped[datetime | None] = mapped_column(Instant)
    exception_by: Mapped[datetime | None] = mapped_column(Instant)
    procedure: Mapped[int | None] = mapped_column(Whole)
    """No foreign key, for which SQLite would write every row anew; procedures are kept for good."""
    daily_from: Mapped[datetime | None] = mapped_column(Instant)
    daily_rang: Mapped[datetime | None] = mapped_column(Instant)
    noted_at: Mapped[datetime | None] = mapped_column(Instant)
    progress: Mapped[int | None] = mapped_column(Whole)
    project: Mapped[int | None] = mapped_column(Whole)
    """No foreign key, which a table this long would have to be rewritten for."""
    project_stage: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    chain: Mapped[str] = mapped_column(Text, default="")

    next_deadline: Mapped[datetime | None] = mapped_column(Instant)
    """Nearest due time among unmet clocks that run, or that were breached before they paused."""
    next_clock: Mapped[str | None] = mapped_column(Text)
    """The clock kind that `next_deadline` belongs to."""
    risk_at: Mapped[datetime | None] = mapped_column(Instant)
    """From when the nearest clock is at risk."""
    orphan_at: Mapped[datetime | None] = mapped_column(Instant)
    """From when “nobody follows” is true; NULL while somebody does."""
    follow_at: Mapped[datetime | None] = mapped_column(Instant)
    """The earliest open follow-up; may outlive the order."""
    rank_at: Mapped[datetime] = mapped_column(Instant)
    """Where the row stands in a queue: what runs out first, else far future."""


class VisitRow(Base):
    """One trip of one technician."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_technician_id", "technician_id", "state", "number"),
        STRICT,
    )

    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"), primary_key=True)
    place: Mapped[int] = mapped_column(Whole, primary_key=True)
    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"))
    state: Mapped[str] = mapped_column(Text)
    assigned_at: Mapped[datetime] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    departed_at: Mapped[datetime | None] = mapped_column(Instant)
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(Text)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody acknowledged that it was recalled."""


class PauseRow(Base):
    """A stretch in which pausable clocks stand still."""

    __tablename__ = "pause"
    __table_args__ = STRICT

    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"), primary_key=True)
    place: Mapped[int] = mapped_column(Whole, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    from_at: Mapped[datetime] = mapped_column(Instant)
    to_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="")
    wake_at: Mapped[datetime | None] = mapped_column(Instant)


class ClockRow(Base):
    """One target of an order, running or settled."""

    __tablename__ = "clock"
    __table_args__ = {**STRICT, **ROOM_TO_CHANGE}

    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    run: Mapped[int] = mapped_column(Whole, primary_key=True)
    place: Mapped[int] = mapped_column(Whole)
    """Where it stands among the order's clocks, from 1: facts name a clock by this."""
    started_at: Mapped[datetime] = mapped_column(Instant)
    target_s: Mapped[int | None] = mapped_column(Whole)
    target_days: Mapped[int | None] = mapped_column(Whole)
    fixed_due_at: Mapped[datetime | None] = mapped_column(Instant)
    calendar_version: Mapped[int | None] = mapped_column(ForeignKey("calendar_version.id"))
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    original_due_at: Mapped[datetime | None] = mapped_column(Instant)
    met_at: Mapped[datetime | None] = mapped_column(Instant)
    breached_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    warned: Mapped[int] = mapped_column(Whole, default=0)
    waived_until: Mapped[datetime | None] = mapped_column(Instant)
    waiver: Mapped[int | None] = mapped_column(Whole)
    """The exception that waives it; no foreign key, since a past is told again without any."""
    own_due_at: Mapped[datetime | None] = mapped_column(Instant)
