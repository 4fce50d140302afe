"""Packs that were written, and baselines that were frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three tables that begin empty: what was due before is not written any more."""
    op.create_table(
        "pack",
        sa.Column("id", Whole, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("kind", "period", "scope", "first_day", "last_day", "zone")
        ),
        sa.Column("due_at", Whole, nullable=False),
        sa.Column("written_at", Whole, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("kind", "period", "scope", name=op.f("uq_pack_kind_period_scope")),
        sqlite_strict=True,
    )
    op.create_index("ix_pack_due_at", "pack", ["due_at"])
    op.create_table(
        "baseline",
        sa.Column("id", Whole, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("name", "first_day", "last_day", "zone")
        ),
        sa.Column("frozen_at", Whole, nullable=False),
        sa.Column("frozen_by", Whole, nullable=False),
        sa.Column("active", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["operator.id"], name=op.f("fk_baseline_frozen_by_operator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint("active", name=op.f("uq_baseline_active")),
        sqlite_strict=True,
    )
    op.create_table(
        "baseline_part",
        sa.Column("id", Whole, nullable=False),
        sa.Column("baseline_id", Whole, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["baseline_id"],
            ["baseline.id"],
            name=op.f("fk_baseline_part_baseline_id_baseline"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline_part")),
        sa.UniqueConstraint(
            "baseline_id", "scope", name=op.f("uq_baseline_part_baseline_id_scope")
        ),
        sqlite_strict=True,
    )
