"""Alarms of calendars that stand on the shelf."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Columns that may be empty, so that no row is written anew."""
    for name in ("shelved_at", "shelved_until", "shelved_by"):
        op.add_column("horizon", sa.Column(name, Whole, nullable=True))
    op.add_column("horizon", sa.Column("shelved_why", sa.Text(), nullable=True))
