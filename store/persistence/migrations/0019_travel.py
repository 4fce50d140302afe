"""Ways and figures of the desk's own; what orders need, and technicians carry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three tables and two columns; every desk begins with the usual figures."""
    op.create_table(
        "dispatch_figure",
        sa.Column("id", Whole, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", Whole, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_figure")),
        sa.UniqueConstraint("name", name=op.f("uq_dispatch_figure_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "travel_load",
        sa.Column("id", Whole, nullable=False),
        sa.Column("loaded_at", Whole, nullable=False),
        sa.Column("loaded_by", Whole, nullable=False),
        sa.Column("pairs", Whole, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["loaded_by"], ["operator.id"], name=op.f("fk_travel_load_loaded_by_operator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_load")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "travel_row",
        sa.Column("site_id", Whole, autoincrement=False, nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_travel_row_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_travel_row")),
        sqlite_strict=True,
    )
    for table, column in (("work_order", "needs"), ("technician", "carries")):
        op.add_column(
            table, sa.Column(column, sa.Text(), nullable=False, server_default=sa.text("''"))
        )
    some = sa.text("needs <> ''")
    op.create_index(
        "ix_work_order_needs",
        "work_order",
        ["number"],
        sqlite_where=some,
        postgresql_where=some,
    )
