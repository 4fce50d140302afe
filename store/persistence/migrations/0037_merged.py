"""Customers who turned out to be one and the same: which one stands for the other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A column that begins empty, and what finds whom one customer stands for."""
    op.add_column("customer", sa.Column("merged_into", Whole, nullable=True))
    op.create_index(
        "ix_customer_merged_into",
        "customer",
        ["merged_into"],
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
