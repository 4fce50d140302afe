"""The mark of the newest seal."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Whichever seal is the newest now is taken for the last one made."""
    op.execute(
        "INSERT INTO store_meta (name, value) SELECT 'newest_seal', coalesce("
        "(SELECT id || ':' || last_seq || ':' || hash FROM seal ORDER BY id DESC LIMIT 1), '0:0:')"
    )
