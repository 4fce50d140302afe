"""Figures hear what customers answered, and tell planned work apart: more is kept of each order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ORDER = ("customer_id", "asked_at", "answered", "csat", "nps")
DAY = (
    *("planned_met", "planned_missed"),
    *("asked", "answered", "csat_n", "csat_top", "nps_n", "nps_net"),
)


def upgrade() -> None:
    """More columns; every figure is owed again, and made as after an upgrade to 0026."""
    for table in ("kpi_order", "kpi_day", "kpi_spread"):
        op.execute(f"DELETE FROM {table}")
    for name in ORDER:
        op.add_column("kpi_order", sa.Column(name, Whole, nullable=True))
    for name in DAY:
        column = sa.Column(name, Whole, nullable=False, server_default=sa.text("0"))
        op.add_column("kpi_day", column)
    _index("kpi_order", "asked_at")
    _index("alarm", "acknowledged_at")
    op.execute("DELETE FROM store_meta WHERE name IN ('kpi all', 'kpi add')")
    op.execute(
        "INSERT INTO store_meta (name, value) SELECT 'kpi all', '0'"
        " WHERE EXISTS (SELECT 1 FROM work_order)"
    )


def _index(table: str, column: str) -> None:
    only = sa.text(f"{column} IS NOT NULL")
    name = f"ix_{table}_{column}"
    op.create_index(name, table, [column], sqlite_where=only, postgresql_where=only)
