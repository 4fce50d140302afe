"""What dispatch heeds besides skills and hours: what work takes, who goes where, who is wanted."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Id, Whole


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
