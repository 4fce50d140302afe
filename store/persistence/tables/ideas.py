"""Suggestions, and the fund that rewards them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Whole


class IdeaRow(Base):
    """A suggestion; its columns are the fields of `Idea`."""

    __tablename__ = "idea"
    __table_args__ = (Index("ix_idea_due", "due_at", **where("verdict = 'open'")), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Whole)
    text: Mapped[str] = mapped_column(Text)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("technician.id"))
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    verdict: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    reward: Mapped[int] = mapped_column(Whole)
    rewarded_at: Mapped[datetime | None] = mapped_column(Instant)
    effect: Mapped[str] = mapped_column(Text)
    effect_at: Mapped[datetime | None] = mapped_column(Instant)


class FundRow(Base):
    """What the fund has: one row, which never falls below nothing, whoever pays from it at once."""

    __tablename__ = "fund"
    __table_args__ = (CheckConstraint("balance >= 0", name="not_below_nothing"), STRICT)

    id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    balance: Mapped[int] = mapped_column(Whole)


class FundEntryRow(Base):
    """What was paid in (above 0) or out (below 0); their sum is the balance."""

    __tablename__ = "fund_entry"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    amount: Mapped[int] = mapped_column(Whole)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    words: Mapped[str] = mapped_column(Text)
