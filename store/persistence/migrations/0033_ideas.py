"""Suggestions, and the fund that rewards them, which begins with nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three new tables; no other changes."""
    op.create_table(
        "idea",
        sa.Column("id", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("operator_id", Whole, nullable=False),
        sa.Column("technician_id", Whole, nullable=True),
        sa.Column("submitted_at", Whole, nullable=False),
        sa.Column("due_at", Whole, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_at", Whole, nullable=True),
        sa.Column("judged_by", Whole, nullable=True),
        sa.Column("reward", Whole, nullable=False),
        sa.Column("rewarded_at", Whole, nullable=True),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("effect_at", Whole, nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_idea_{column}_{table}")
            )
            for column, table in (
                *(("operator_id", "operator"), ("technician_id", "technician")),
                ("judged_by", "operator"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
        sqlite_strict=True,
    )
    still = sa.text("verdict = 'open'")
    op.create_index(
        *("ix_idea_due", "idea", ["due_at"]), sqlite_where=still, postgresql_where=still
    )
    op.create_table(
        "fund",
        sa.Column("id", Whole, autoincrement=False, nullable=False),
        sa.Column("balance", Whole, nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_fund_not_below_nothing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sqlite_strict=True,
    )
    op.create_table(
        "fund_entry",
        sa.Column("id", Whole, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("by", Whole, nullable=False),
        sa.Column("amount", Whole, nullable=False),
        sa.Column("idea_id", Whole, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["operator.id"], name=op.f("fk_fund_entry_by_operator")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_fund_entry_idea_id_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
        sqlite_strict=True,
    )
