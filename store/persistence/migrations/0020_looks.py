"""Automatic dispatch finds whose time for another look has come by an index."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """One index."""
    op.create_index("ix_nominee_look_at", "nominee", ["look_at"])
