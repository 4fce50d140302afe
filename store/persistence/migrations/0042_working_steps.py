"""Steps of procedures whose time is working time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A column that says no: every hour counted before."""
    working = sa.Column("working", Flag, server_default="0", nullable=False)
    op.add_column("order_step", working)
