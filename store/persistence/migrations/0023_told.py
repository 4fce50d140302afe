"""What the desk is told of an order's work: how long, how many people, when it was promised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Four columns that begin as an order that nothing is told of: usual time, one, any time."""
    op.add_column("work_order", sa.Column("takes_s", Whole, nullable=True))
    op.add_column(
        "work_order", sa.Column("crew", Whole, nullable=False, server_default=sa.text("1"))
    )
    op.add_column("work_order", sa.Column("appointment_at", Whole, nullable=True))
    op.add_column("work_order", sa.Column("appointment_to", Whole, nullable=True))
