"""Who goes and who dispatches: technicians with what they can and when, operators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Flag, Id, Instant, Real, Whole


class TechnicianRow(Base):
    """Who goes; state, since and order follow from visits, kept in their transaction."""

    __tablename__ = "technician"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text, default="")
    home_site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    active: Mapped[bool] = mapped_column(Flag, default=True)
    state: Mapped[str] = mapped_column(Text, default="available")
    """available, assigned, accepted, en_route, on_site, break, off."""
    state_since: Mapped[datetime | None] = mapped_column(Instant)
    current_number: Mapped[int | None] = mapped_column(Whole)
    """The order of the visit furthest along."""
    jobs: Mapped[int] = mapped_column(Whole, default=0)
    """Live visits held; `doctor` compares it with the rows."""
    latitude: Mapped[float | None] = mapped_column(Real)
    longitude: Mapped[float | None] = mapped_column(Real)
    position_at: Mapped[datetime | None] = mapped_column(Instant)
    carries: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """Tools and parts that are with him, rising, a comma between them."""


class SkillRow(Base):
    """A trade that work may require."""

    __tablename__ = "skill"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)


class TechnicianSkillRow(Base):
    """How well a technician masters a trade, 1 to 5."""

    __tablename__ = "technician_skill"
    __table_args__ = STRICT

    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    level: Mapped[int] = mapped_column(Whole, default=1)


class CertificateRow(Base):
    """A permit with its end."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index("ix_certificate_technician_id", "technician_id"),
        Index("ix_certificate_expires_at", "expires_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"))
    name: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)


class ShiftRow(Base):
    """When a technician works."""

    __tablename__ = "shift"
    __table_args__ = (
        UniqueConstraint("technician_id", "starts_at"),
        Index("ix_shift_ends_at", "ends_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)


class AbsenceRow(Base):
    """When a technician is away."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_technician_id", "technician_id"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    technician_id: Mapped[int] = mapped_column(ForeignKey("technician.id"))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="")


class OperatorRow(Base):
    """Who sits at a console; row 1 is the desk itself."""

    __tablename__ = "operator"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text, default="dispatcher")
    language: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(Flag, default=True)
    everywhere: Mapped[bool] = mapped_column(Flag, default=False, server_default=text("0"))
    """Whether he sees all sites; else those that `operator_site` names, be it none."""


class OperatorSiteRow(Base):
    """The sites of an operator who does not see all."""

    __tablename__ = "operator_site"
    __table_args__ = STRICT

    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)


class OperatorKeyRow(Base):
    """A public key by which an operator is known; a row is never taken out."""

    __tablename__ = "operator_key"
    __table_args__ = (
        UniqueConstraint("fingerprint"),
        Index("ix_operator_key_operator_id", "operator_id"),
        {"sqlite_autoincrement": True, **STRICT},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    kind: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    """In base64, as a .pub file has it."""
    fingerprint: Mapped[str] = mapped_column(Text)
    """SHA256: and base64, as `ssh-keygen -l` prints it."""
    comment: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    """Once set, it stays: a key that was lost is not taken again, from anybody."""
