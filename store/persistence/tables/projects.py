"""Projects, the stages that each went through, its hand-offs, its steps; and departments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Flag, Id, Instant, Whole


class DepartmentRow(Base):
    """A department, with its name in both languages."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("code"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    name_zh: Mapped[str] = mapped_column(Text)


class ProjectRow(Base):
    """A project as it stands; its columns are the fields of `Project`.

    The row is the timer and the alarm in one.
    """

    __tablename__ = "project"
    __table_args__ = (
        Index("ix_project_next_at", "next_at", **where("next_at IS NOT NULL")),
        Index("ix_project_open", "stage", "due_at", **where("over_at IS NULL")),
        Index("ix_project_over_at", "over_at", **where("over_at IS NOT NULL")),
        Index("ix_project_alarm", "alarm", **where("alarm <> ''")),
        Index("ix_project_customer_id", "customer_id", **where("customer_id IS NOT NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    title: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    stage: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    lead: Mapped[str] = mapped_column(Text)
    consultation_s: Mapped[int] = mapped_column(Whole)
    design_s: Mapped[int] = mapped_column(Whole)
    site_work_s: Mapped[int] = mapped_column(Whole)
    acceptance_s: Mapped[int] = mapped_column(Whole)
    aftercare_s: Mapped[int] = mapped_column(Whole)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[int] = mapped_column(Whole)
    bounces: Mapped[int] = mapped_column(Whole)
    over_at: Mapped[datetime | None] = mapped_column(Instant)
    over_by: Mapped[int | None] = mapped_column(Whole)
    dropped: Mapped[str] = mapped_column(Text)
    warn_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    reached: Mapped[int] = mapped_column(Whole)
    alarm: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime | None] = mapped_column(Instant)
    rings: Mapped[int] = mapped_column(Whole)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by: Mapped[int | None] = mapped_column(Whole)
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it rings next; follows from all else."""


class ProjectStageRow(Base):
    """One time that a project went through a stage; its columns are the fields of `Passage`."""

    __tablename__ = "project_stage"
    __table_args__ = (
        UniqueConstraint("project_id", "place"),
        Index("ix_project_stage_due_at", "due_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    place: Mapped[int] = mapped_column(Whole)
    stage: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    began_at: Mapped[datetime] = mapped_column(Instant)
    warn_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    procedure: Mapped[int | None] = mapped_column(Whole)
    handed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    went: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)


class HandoffRow(Base):
    """One hand-off between departments; its columns are the fields of `Handoff`."""

    __tablename__ = "handoff"
    __table_args__ = (
        UniqueConstraint("project_id", "place"),
        Index("ix_handoff_given_at", "given_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    place: Mapped[int] = mapped_column(Whole)
    stage: Mapped[str] = mapped_column(Text)
    to_stage: Mapped[str] = mapped_column(Text)
    giver_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    taker_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    words: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(Instant)
    given_by: Mapped[int] = mapped_column(Whole)
    warn_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[int | None] = mapped_column(Whole)
    who: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class ProjectStepRow(Base):
    """A step of the procedure of a stage; its columns are the fields of `ProjectStep`."""

    __tablename__ = "project_step"
    __table_args__ = (UniqueConstraint("project_id", "passage", "place"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    passage: Mapped[int] = mapped_column(Whole)
    place: Mapped[int] = mapped_column(Whole)
    code: Mapped[str] = mapped_column(Text)
    mandatory: Mapped[bool] = mapped_column(Flag)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[int | None] = mapped_column(Whole)
    value: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    skipped: Mapped[bool] = mapped_column(Flag)
