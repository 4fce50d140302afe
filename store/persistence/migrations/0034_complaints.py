"""Complaints and praise; whom of the customer's an action invited."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")

_COLUMNS: tuple[tuple[str, Any, bool], ...] = (
    *(("version", Whole, False), ("praise", Flag, False)),
    *((name, sa.Text(), False) for name in ("about", "channel", "said", "speaker")),
    *((name, Whole, True) for name in ("customer_id", "site_id", "asset_id", "technician_id")),
    *(("number", Whole, True), ("received_at", Whole, False), ("kept_at", Whole, False)),
    *(("kept_by", Whole, False), ("warn_at", Whole, True), ("answer_by", Whole, True)),
    *(("answer", sa.Text(), False), ("answered_to", sa.Text(), False)),
    *(("answered_at", Whole, True), ("answered_by", Whole, True), ("cause", sa.Text(), False)),
    *(("over_at", Whole, True), ("over_by", Whole, True), ("withdrawn", sa.Text(), False)),
    *(("level", Whole, False), ("raised_at", Whole, True), ("rings", Whole, False)),
    *(("seen_at", Whole, True), ("seen_by", Whole, True), ("next_at", Whole, True)),
)
"""By name, what a column holds and whether it may be empty."""
_PARENTS = {
    "customer_id": "customer",
    "site_id": "site",
    "asset_id": "asset",
    "technician_id": "technician",
}
_INDEXES = {
    "received_at": None,
    "next_at": "next_at IS NOT NULL",
    "level": "level > 0",
    "number": "number IS NOT NULL",
    "customer_id": "customer_id IS NOT NULL",
}


def upgrade() -> None:
    """One table, and two columns that begin empty: nobody was invited before."""
    op.create_table(
        "voice",
        sa.Column("id", Whole, nullable=False),
        *(sa.Column(name, kind, nullable=empty) for name, kind, empty in _COLUMNS),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{parent}.id"], name=op.f(f"fk_voice_{name}_{parent}")
            )
            for name, parent in _PARENTS.items()
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_voice_number_work_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sqlite_strict=True,
    )
    for name, where in _INDEXES.items():
        some = None if where is None else sa.text(where)
        op.create_index(
            f"ix_voice_{name}", "voice", [name], sqlite_where=some, postgresql_where=some
        )
    still = sa.text("over_at IS NULL AND praise = 0")
    op.create_index(
        *("ix_voice_open", "voice", ["answer_by"]), sqlite_where=still, postgresql_where=still
    )
    op.add_column(
        "corrective", sa.Column("invited", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("corrective", sa.Column("invited_at", Whole, nullable=True))
