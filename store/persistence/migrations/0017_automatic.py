"""Automatic dispatch: its modes, and whom the desk proposes; declined orders are reckoned anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Small = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; every desk begins with the mode off."""
    op.create_table(
        "automatic",
        sa.Column("id", Whole, nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("view", Small, nullable=False),
        sa.Column("priority", Whole, nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("margin", Whole, nullable=False),
        sa.Column("accept_s", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_automatic")),
        sa.UniqueConstraint(
            "queue", "view", "priority", name=op.f("uq_automatic_queue_view_priority")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "nominee",
        sa.Column("number", Whole, autoincrement=False, nullable=False),
        sa.Column("stood", sa.Text(), nullable=False),
        sa.Column("since", Whole, nullable=False),
        sa.Column("reassigned", Whole, nullable=False),
        sa.Column("technician_id", Whole, nullable=True),
        sa.Column("sent", Small, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("arrive_at", Whole, nullable=True),
        sa.Column("left_s", Whole, nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("look_at", Whole, nullable=False),
        _refers("number", "work_order", "number"),
        _refers("technician_id", "technician", "id"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_nominee")),
        sqlite_strict=True,
    )
    # one that was declined three times is nobody's at once from now on: reckoned in batches, later
    op.execute(
        "INSERT INTO store_meta (name, value) SELECT 'reckon level ' || id, '0' FROM service_level"
        " WHERE id IN (SELECT level_id FROM work_order WHERE live = 1 AND state = 'declined')"
        " AND NOT EXISTS (SELECT 1 FROM store_meta AS owed"
        " WHERE owed.name = 'reckon level ' || service_level.id)"
    )


def _refers(column: str, other: str, key: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_nominee_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name)
