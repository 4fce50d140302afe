"""Orders that stay with whom they are, and when their work is meant to begin: two columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two columns that begin empty."""
    op.add_column("work_order", sa.Column("planned_at", Whole, nullable=True))
    op.add_column("work_order", sa.Column("locked_by", Whole, nullable=True))
