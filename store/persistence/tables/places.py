"""Where and for whom: regions, sites, customers, who calls for them, assets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column, where
from store.persistence.types import Id, Instant, Real, Sorted, Whole


class RegionRow(Base):
    """Sites lie in regions."""

    __tablename__ = "region"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)


class SiteRow(Base):
    """A place that orders are for; site offices see their own."""

    __tablename__ = "site"
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    zone: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text, default="")
    latitude: Mapped[float | None] = mapped_column(Real)
    longitude: Mapped[float | None] = mapped_column(Real)


class CustomerRow(Base):
    """Who asks."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_merged_into", "merged_into", **where("merged_into IS NOT NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text, default="")
    tier: Mapped[str] = mapped_column(Text, default="standard")
    level_id: Mapped[int | None] = mapped_column(ForeignKey("service_level.id"))
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when nothing is kept of who he was."""
    merged_into: Mapped[int | None] = mapped_column(Whole)
    """Which customer this turned out to be; nothing hangs on it any more but its code."""


class CustomerTagRow(Base):
    """What is worth knowing of a customer in one word: what he prefers, what he was promised."""

    __tablename__ = "customer_tag"
    __table_args__ = (Index("ix_customer_tag", "tag", "customer_id"), STRICT)

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(Text, primary_key=True)


class AssetRow(Base):
    """What breaks."""

    __tablename__ = "asset"
    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        Index("ix_asset_site_id", "site_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="")


class ContactRow(Base):
    """Somebody who called: orders name him by his id, so that he can be forgotten in one place."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_customer_id", "customer_id"), STRICT)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    """For whom he called last; NULL where nobody knows."""
    name: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when nothing is kept of who he was."""


class CallerKeyRow(Base):
    """What a customer or somebody who called is found by while he speaks (`domain/callers.py`)."""

    __tablename__ = "caller_key"
    __table_args__ = {**STRICT, "sqlite_with_rowid": False}

    key: Mapped[str] = mapped_column(Sorted, primary_key=True)
    register: Mapped[str] = mapped_column(Text, primary_key=True)
    """`customer` or `contact`."""
    entry: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
