"""Who has which order before him: a new table; nothing that is there is touched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "presence",
        sa.Column("console", sa.Text(), nullable=False),
        sa.Column("operator_id", Whole, nullable=False),
        sa.Column("number", Whole, nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("since_at", Whole, nullable=False),
        sa.Column("until_at", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_presence_operator_id_operator")
        ),
        sa.PrimaryKeyConstraint("console", name=op.f("pk_presence")),
        sqlite_strict=True,
    )
