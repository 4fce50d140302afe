"""Actions, with the answers to "why", and when an order rings because of one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Real: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")

_COLUMNS = (
    *(("version", Whole), ("finding", sa.Text), ("finding_id", Whole), ("found_at", Whole)),
    ("number", Whole),
    *(("stage", sa.Text), ("stage_since", Whole), ("opened_at", Whole), ("opened_by", Whole)),
    *(("problem", sa.Text), ("cause", sa.Text), ("contained", sa.Text), ("owner", Whole)),
    *(("due_at", Whole), ("measure", sa.Text), ("site", None), ("at_least", Flag)),
    *(("target", Real), ("window_days", Whole), ("zone", sa.Text), ("baseline_from", sa.Text)),
    *(("baseline_to", sa.Text), ("baseline", Real), ("baseline_n", None)),
    *(("done", sa.Text), ("done_at", None)),
    *(("done_by", None), ("check_from", sa.Text), ("check_at", None), ("value", Real)),
    *(("value_n", None), ("measured_at", None), ("effective", Flag), ("verdict", sa.Text)),
    *(("judged_at", None), ("judged_by", None), ("failed", Whole), ("standard", sa.Text)),
    ("changed", sa.Text),
)
"""Whole numbers that may be empty are told by None."""
_MAY_LACK = frozenset({"target", "baseline", "value", "effective"})


def upgrade() -> None:
    """Two tables, and a column that begins empty: no order had an action before."""
    op.create_table(
        "corrective",
        sa.Column("id", Whole, nullable=False),
        *(
            sa.Column(name, kind or Whole, nullable=kind is None or name in _MAY_LACK)
            for name, kind in _COLUMNS
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_corrective_number_work_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective")),
        sqlite_strict=True,
    )
    op.create_index("ix_corrective_number", "corrective", ["number"])
    op.create_index("ix_corrective_finding", "corrective", ["finding", "finding_id"])
    still = sa.text("stage NOT IN ('closed', 'dropped')")
    op.create_index(
        *("ix_corrective_open", "corrective", ["due_at"]),
        sqlite_where=still,
        postgresql_where=still,
    )
    op.create_table(
        "corrective_why",
        sa.Column("action", Whole, nullable=False),
        sa.Column("place", Whole, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action"], ["corrective.id"], name=op.f("fk_corrective_why_action_corrective")
        ),
        sa.PrimaryKeyConstraint("action", "place", name=op.f("pk_corrective_why")),
        sqlite_strict=True,
    )
    op.add_column("work_order", sa.Column("action_by", Whole, nullable=True))
