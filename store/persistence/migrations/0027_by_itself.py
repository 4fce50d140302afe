"""What the desk has sent by itself is found by when it did, out of an index of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Small, as few entries say so; whoever asks for a night reads only that night's."""
    only = sa.text("fact = 'chosen'")
    op.create_index(
        "ix_journal_chosen", "journal", ["at", "number"], sqlite_where=only, postgresql_where=only
    )
