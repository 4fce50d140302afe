"""Related orders, major incidents, and when each customer last had word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Columns that may be empty and a small index, so that no row is written anew."""
    op.add_column("work_order", sa.Column("links", sa.Text, nullable=True))
    op.add_column("work_order", sa.Column("cadence_s", Whole, nullable=True))
    op.add_column("work_order", sa.Column("told_at", Whole, nullable=True))
    copies = sa.text("duplicate_of IS NOT NULL")
    op.create_index(
        *("ix_work_order_duplicate_of", "work_order", ["duplicate_of", "number"]),
        sqlite_where=copies,
        postgresql_where=copies,
    )
