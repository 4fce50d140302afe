"""Deadlines that a waiver moves, and figures that tell which were kept by one alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """No clock was moved before: nothing was waived, and no figure changes."""
    for name in ("waived_until", "waiver", "own_due_at"):
        op.add_column("clock", sa.Column(name, Whole, nullable=True))
    for table in ("kpi_order", "kpi_day"):
        none = sa.Column("waived", Whole, nullable=False, server_default=sa.text("0"))
        op.add_column(table, none)
