"""Orders found by who called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """A small index: of orders that nobody is known to have called for, nothing stands in it."""
    called = sa.text("contact_id IS NOT NULL")
    op.create_index(
        *("ix_work_order_contact_id", "work_order", ["contact_id", "number"]),
        sqlite_where=called,
        postgresql_where=called,
    )
