"""What running work owes each day: since when, what rang, the last note and how far it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Columns that begin empty: nobody owed a note each day before."""
    for name in ("daily_from", "daily_rang", "noted_at", "progress"):
        op.add_column("work_order", sa.Column(name, Whole, nullable=True))
