"""Actions: what is done so that the cause of a finding goes, and whether it helped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Flag, Id, Instant, Real, Whole

_OPEN = where("stage NOT IN ('closed', 'dropped')")


class CorrectiveRow(Base):
    """An action as it stands; its columns are the fields of `Corrective`."""

    __tablename__ = "corrective"
    __table_args__ = (
        Index("ix_corrective_number", "number"),
        Index("ix_corrective_finding", "finding", "finding_id"),
        Index("ix_corrective_open", "due_at", **_OPEN),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    finding: Mapped[str] = mapped_column(Text)
    finding_id: Mapped[int] = mapped_column(Whole)
    found_at: Mapped[datetime] = mapped_column(Instant)
    number: Mapped[int] = mapped_column(ForeignKey("work_order.number"))
    stage: Mapped[str] = mapped_column(Text)
    stage_since: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[int] = mapped_column(Whole)
    problem: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    contained: Mapped[str] = mapped_column(Text)
    owner: Mapped[int] = mapped_column(Whole)
    due_at: Mapped[datetime] = mapped_column(Instant)
    measure: Mapped[str] = mapped_column(Text)
    site: Mapped[int | None] = mapped_column(Whole)
    at_least: Mapped[bool] = mapped_column(Flag)
    target: Mapped[float | None] = mapped_column(Real)
    window_days: Mapped[int] = mapped_column(Whole)
    zone: Mapped[str] = mapped_column(Text)
    baseline_from: Mapped[str] = mapped_column(Text)
    baseline_to: Mapped[str] = mapped_column(Text)
    baseline: Mapped[float | None] = mapped_column(Real)
    baseline_n: Mapped[int | None] = mapped_column(Whole)
    done: Mapped[str] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[int | None] = mapped_column(Whole)
    check_from: Mapped[str] = mapped_column(Text)
    check_at: Mapped[datetime | None] = mapped_column(Instant)
    value: Mapped[float | None] = mapped_column(Real)
    value_n: Mapped[int | None] = mapped_column(Whole)
    measured_at: Mapped[datetime | None] = mapped_column(Instant)
    effective: Mapped[bool | None] = mapped_column(Flag)
    verdict: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    judged_by: Mapped[int | None] = mapped_column(Whole)
    failed: Mapped[int] = mapped_column(Whole)
    standard: Mapped[str] = mapped_column(Text)
    changed: Mapped[str] = mapped_column(Text)
    invited: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    invited_at: Mapped[datetime | None] = mapped_column(Instant)


class CorrectiveWhyRow(Base):
    """One answer to "why", with its evidence; `place` counts from 1 within the action."""

    __tablename__ = "corrective_why"
    __table_args__ = STRICT

    action: Mapped[int] = mapped_column(ForeignKey("corrective.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
