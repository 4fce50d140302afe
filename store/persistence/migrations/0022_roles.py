"""Who sees every site says so; until now it was who had none to his name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One column, with which nobody sees anything.

    Who saw every site is told so by the program that opens the store next, in entries of the
    journal: `roles_owed` asks it to.
    """
    op.add_column(
        "operator", sa.Column("everywhere", Flag, nullable=False, server_default=sa.text("0"))
    )
    op.execute(
        "INSERT INTO store_meta (name, value) SELECT 'roles_owed', '1' FROM operator WHERE id = 1"
    )
