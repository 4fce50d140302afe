"""What dispatch must heed: new tables; nothing that is there is touched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "work_kind",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("skill_id", Whole, nullable=True),
        sa.Column("level", Whole, nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        _refers("work_kind", "skill"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_work_kind_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "technician_region",
        sa.Column("technician_id", Whole, nullable=False),
        sa.Column("region_id", Whole, nullable=False),
        _refers("technician_region", "technician"),
        _refers("technician_region", "region"),
        sa.PrimaryKeyConstraint("technician_id", "region_id", name=op.f("pk_technician_region")),
        sqlite_strict=True,
    )
    op.create_table(
        "technician_wish",
        sa.Column("technician_id", Whole, nullable=False),
        sa.Column("customer_id", Whole, nullable=False),
        sa.Column("wish", Whole, nullable=False),
        _refers("technician_wish", "technician"),
        _refers("technician_wish", "customer"),
        sa.PrimaryKeyConstraint("technician_id", "customer_id", name=op.f("pk_technician_wish")),
        sqlite_strict=True,
    )
    op.create_index("ix_technician_wish_customer_id", "technician_wish", ["customer_id"])


def _refers(table: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{other}_id_{other}")
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name)
