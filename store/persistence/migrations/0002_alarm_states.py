"""Alarms that are shelved, escalated, or gone before anybody saw them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_MOMENTS = ("asked_at", "shelved_at", "shelved_until", "escalated_at", "lapsed_at", "seen_at")


def upgrade() -> None:
    """Columns that may be empty, so that no row is written anew."""
    for name in _MOMENTS:
        op.add_column("alarm", sa.Column(name, Whole, nullable=True))
    op.add_column("alarm", sa.Column("shelved_by", Whole, nullable=True))
    op.add_column("alarm", sa.Column("shelved_why", sa.Text(), nullable=True))
    op.add_column("alarm", sa.Column("seen_by", Whole, nullable=True))
    unseen = sa.text("lapsed_at IS NOT NULL AND seen_at IS NULL")
    op.create_index(
        "ix_alarm_unseen", "alarm", ["number"], sqlite_where=unseen, postgresql_where=unseen
    )
