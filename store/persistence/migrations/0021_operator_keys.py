"""Operators have public keys, each of which is one operator's for ever."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table; nobody has a key yet."""
    op.create_table(
        "operator_key",
        sa.Column("id", Whole, nullable=False),
        sa.Column("operator_id", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("added_at", Whole, nullable=False),
        sa.Column("revoked_at", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_operator_key_operator_id_operator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_key")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_operator_key_fingerprint")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_operator_key_operator_id", "operator_key", ["operator_id"])
