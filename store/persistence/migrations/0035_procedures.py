"""Procedures, and their steps on orders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, and a column that begins empty: no order had a procedure before."""
    op.create_table(
        "procedure",
        sa.Column("id", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_at", Whole, nullable=False),
        sa.Column("imported_by", Whole, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_procedure_kind_version")),
        sqlite_strict=True,
    )
    texts = ("code", "gate", "since", "value", "reason", "sha256")
    op.create_table(
        "order_step",
        sa.Column("number", Whole, nullable=False),
        sa.Column("place", Whole, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        *(sa.Column(name, Flag, nullable=False) for name in ("mandatory", "skipped")),
        *(sa.Column(name, Whole, nullable=True) for name in ("within_s", "done_at", "done_by")),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_order_step_number_work_order")
        ),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_order_step")),
        sqlite_strict=True,
    )
    left = sa.text("mandatory = 1 AND done_at IS NULL")
    op.create_index(
        *("ix_order_step_left", "order_step", ["number"]),
        sqlite_where=left,
        postgresql_where=left,
    )
    op.add_column("work_order", sa.Column("procedure", Whole, nullable=True))
