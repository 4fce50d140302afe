"""Orders under another order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A column that may be empty and a small index, so that no row is written anew."""
    op.add_column("work_order", sa.Column("parent", Whole, nullable=True))
    under = sa.text("parent IS NOT NULL")
    op.create_index(
        *("ix_work_order_parent", "work_order", ["parent", "number"]),
        sqlite_where=under,
        postgresql_where=under,
    )
