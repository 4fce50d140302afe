"""What dispatch heeds besides skills and hours: what work takes, who goes where, ways, figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Id, Instant, Json, Whole


class WorkKindRow(Base):
    """What orders of a kind take; a kind that is a skill takes that skill without being here."""

    __tablename__ = "work_kind"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    """As orders have it, whatever its case."""
    name: Mapped[str] = mapped_column(Text)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[int] = mapped_column(Whole, default=1)
    """How well it must be mastered, 1 to 5."""
    certificate: Mapped[str] = mapped_column(Text, default="")
    """What the certificate is called that it takes; empty for none."""


class TechnicianRegionRow(Base):
    """A region that a technician goes to; no rows means all of them."""

    __tablename__ = "technician_region"
    __table_args__ = STRICT

    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)


class TechnicianWishRow(Base):
    """Whether a customer asks for a technician, or does not want him."""

    __tablename__ = "technician_wish"
    __table_args__ = (Index("ix_technician_wish_customer_id", "customer_id"), STRICT)

    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    wish: Mapped[int] = mapped_column(Whole)
    """1 asks for him, -1 does not want him."""


class DispatchFigureRow(Base):
    """A figure that dispatch reckons with, once the desk has set it."""

    __tablename__ = "dispatch_figure"
    __table_args__ = ({"sqlite_autoincrement": True, **STRICT},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    value: Mapped[int | None] = mapped_column(Whole)
    """NULL: as usual."""


class TravelLoadRow(Base):
    """The table of travel times that counts: at most one row."""

    __tablename__ = "travel_load"
    __table_args__ = ({"sqlite_autoincrement": True, **STRICT},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    loaded_at: Mapped[datetime] = mapped_column(Instant)
    loaded_by: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    pairs: Mapped[int] = mapped_column(Whole)
    digest: Mapped[str] = mapped_column(Text)
    """Of all that it says, by the ids of the sites."""


class TravelRowRow(Base):
    """How long it takes from a site; one that ways only lead to has an empty list."""

    __tablename__ = "travel_row"
    __table_args__ = STRICT

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)
    minutes: Mapped[Any] = mapped_column(Json)
    """Site and minutes in turn, by the numbers of the sites."""
