"""Revisits of customers, by month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table that begins empty: nobody was revisited by plan before."""
    op.create_table(
        "revisit",
        sa.Column("id", Whole, nullable=False),
        sa.Column("customer_id", Whole, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("opens_at", Whole, nullable=False),
        sa.Column("due_at", Whole, nullable=False),
        sa.Column("order_number", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_revisit_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["work_order.number"],
            name=op.f("fk_revisit_order_number_work_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisit")),
        sa.UniqueConstraint("customer_id", "period", name=op.f("uq_revisit_customer_id_period")),
        sqlite_strict=True,
    )
    op.create_index("ix_revisit_period", "revisit", ["period", "day"])
    op.create_index("ix_revisit_order", "revisit", ["order_number"])
