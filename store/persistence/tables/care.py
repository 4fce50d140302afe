"""How the desk looks after a customer: contracts, who looks after him, how he wants to be met."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Flag, Id, Instant, Whole


class ContractRow(Base):
    """What a customer is promised for a term, and what became of its renewal."""

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("customer_id", "first_day"),
        Index("ix_contract_ends_at", "ends_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("service_level.id"))
    """NULL where the customer's own level, or the desk's, holds in its term, too."""
    first_day: Mapped[str] = mapped_column(Text)
    """ISO 8601, as the last day and the day of renewal."""
    last_day: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(Text)
    """Whose days these are, an IANA name."""
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    """The midnight after the last day."""
    renew_day: Mapped[str] = mapped_column(Text)
    """By when it is to be known whether it goes on."""
    outcome: Mapped[str] = mapped_column(Text)
    """See `store.domain.contracts.Outcome`."""
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(Whole)
    words: Mapped[str] = mapped_column(Text)
    """What was said of the renewal."""


class CustomerCareRow(Base):
    """Who looks after a customer, and how he wants to be visited; most customers have none."""

    __tablename__ = "customer_care"
    __table_args__ = (UniqueConstraint("customer_id"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    lead_operator_id: Mapped[int | None] = mapped_column(Whole)
    lead_technician_id: Mapped[int | None] = mapped_column(Whole)
    """One of both leads his service team."""
    contact_id: Mapped[int | None] = mapped_column(Whole)
    """Who speaks for him."""
    from_s: Mapped[int | None] = mapped_column(Whole)
    """Seconds after midnight from which on he wants somebody to come, where the site is."""
    to_s: Mapped[int | None] = mapped_column(Whole)
    """By when."""
    call_ahead: Mapped[bool] = mapped_column(Flag)
    """Whether he is to be called before somebody comes."""
