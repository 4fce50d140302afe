"""Exceptions with their limits and stand-ins, and when an order rings because of one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Real: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")

_COLUMNS = (
    *(("version", Whole), ("number", Whole), ("kind", sa.Text), ("size", Real)),
    *(("clock", sa.Text), ("about", sa.Text), ("reason", sa.Text), ("state", sa.Text)),
    *(("asked_by", Whole), ("asked_at", Whole), ("decide_by", Whole), ("expires_at", Whole)),
    *(("zone", sa.Text), ("decided_by", Whole), ("decided_at", Whole), ("decision", sa.Text)),
    *(("limit_of", Whole), ("limit_role", sa.Text), ("limit_each", Real), ("month", sa.Text)),
    *(("used", Real), ("uses", Whole), ("used_at", Whole), ("used_for", sa.Text)),
)
_MAY_LACK = frozenset({"size", "decided_by", "decided_at", "limit_of", "limit_each", "used_at"})


def upgrade() -> None:
    """Three tables, and two columns that begin empty: no order had an exception before."""
    op.create_table(
        "order_exception",
        sa.Column("id", Whole, nullable=False),
        *(sa.Column(name, kind, nullable=name in _MAY_LACK) for name, kind in _COLUMNS),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_order_exception_number_work_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_exception")),
        sqlite_strict=True,
    )
    op.create_index("ix_order_exception_number", "order_exception", ["number"])
    live = sa.text("state IN ('asked', 'granted')")
    op.create_index(
        *("ix_order_exception_live", "order_exception", ["decide_by"]),
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_index("ix_order_exception_month", "order_exception", ["limit_of", "month"])
    op.create_table(
        "exception_limit",
        sa.Column("id", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("operator", Whole, nullable=False),
        sa.Column("each", Real, nullable=True),
        sa.Column("month", Real, nullable=True),
        sa.Column("count", Whole, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exception_limit")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_exception_limit", "exception_limit", ["kind", "role", "operator"], unique=True
    )
    op.create_table(
        "exception_delegate",
        sa.Column("id", Whole, nullable=False),
        sa.Column("operator", Whole, nullable=False),
        sa.Column("delegate", Whole, nullable=False),
        sa.Column("from_at", Whole, nullable=False),
        sa.Column("until_at", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator"], ["operator.id"], name=op.f("fk_exception_delegate_operator_operator")
        ),
        sa.ForeignKeyConstraint(
            ["delegate"], ["operator.id"], name=op.f("fk_exception_delegate_delegate_operator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exception_delegate")),
        sqlite_strict=True,
    )
    op.create_index("ix_exception_delegate_until", "exception_delegate", ["until_at"])
    op.add_column("work_order", sa.Column("exception_at", Whole, nullable=True))
    op.add_column("work_order", sa.Column("exception_by", Whole, nullable=True))
