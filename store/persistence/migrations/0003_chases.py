"""How often the customer asked about an order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A column with a default that the database knows, so that no row is written anew."""
    op.add_column("work_order", sa.Column("chased", Whole, nullable=False, server_default="0"))
