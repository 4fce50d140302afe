"""Where and for whom: regions, sites, customers, assets."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint

from store.persistence.tables.base import STRICT, Base, Mapped, mapped_column
from store.persistence.types import Id, Real


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
    __table_args__ = STRICT

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text, default="")
    tier: Mapped[str] = mapped_column(Text, default="standard")
    level_id: Mapped[int | None] = mapped_column(ForeignKey("service_level.id"))


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
