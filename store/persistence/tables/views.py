"""Saved views: queries that operators named, for themselves or for all."""

from __future__ import annotations

from sqlalchemy import Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Flag, Id, Whole

SHARED = 0
"""The owner of views that everybody sees."""


class ViewRow(Base):
    """One named query with its order."""

    __tablename__ = "view"
    __table_args__ = (UniqueConstraint("owner_id", "name"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(Whole)
    """The operator who alone sees it; 0 for all."""
    name: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    sort: Mapped[str] = mapped_column(Text, default="")
    """The column it is sorted by; empty where the query says best."""
    descending: Mapped[bool] = mapped_column(Flag, default=False)
