"""Shift hand-overs: three new tables; nothing that is there is touched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _handover()
    _handover_item()
    _handover_note()


def _operator(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], ["operator.id"], name=op.f(f"fk_{table}_{column}_operator")
        )
        for column in columns
    ]


def _handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("from_id", Whole, nullable=False),
        sa.Column("offered_by", Whole, nullable=False),
        sa.Column("offered_at", Whole, nullable=False),
        sa.Column("since_at", Whole, nullable=False),
        sa.Column("since_seq", Whole, nullable=False),
        sa.Column("upto_seq", Whole, nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("more", sa.Text(), nullable=False),
        sa.Column("accepted_by", Whole, nullable=True),
        sa.Column("accepted_at", Whole, nullable=True),
        sa.Column("withdrawn_by", Whole, nullable=True),
        sa.Column("withdrawn_at", Whole, nullable=True),
        *_operator("handover", "from_id", "offered_by", "accepted_by", "withdrawn_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sqlite_strict=True,
    )
    still_open = sa.text("accepted_at IS NULL AND withdrawn_at IS NULL")
    op.create_index(
        "uq_handover_open",
        "handover",
        ["desk"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index("ix_handover_accepted", "handover", ["desk", "accepted_at"], unique=False)


def _handover_item() -> None:
    op.create_table(
        "handover_item",
        sa.Column("handover_id", Whole, nullable=False),
        sa.Column("place", Whole, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("number", Whole, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", Whole, nullable=True),
        sa.Column("times", Whole, nullable=False),
        sa.Column("ticked_by", Whole, nullable=True),
        sa.Column("ticked_at", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_item_handover_id_handover")
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_handover_item_number_work_order")
        ),
        *_operator("handover_item", "ticked_by"),
        sa.PrimaryKeyConstraint("handover_id", "place", name=op.f("pk_handover_item")),
        sqlite_strict=True,
    )


def _handover_note() -> None:
    op.create_table(
        "handover_note",
        sa.Column("handover_id", Whole, nullable=False),
        sa.Column("place", Whole, nullable=False),
        sa.Column("by", Whole, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_note_handover_id_handover")
        ),
        *_operator("handover_note", "by"),
        sa.PrimaryKeyConstraint("handover_id", "place", name=op.f("pk_handover_note")),
        sqlite_strict=True,
    )
