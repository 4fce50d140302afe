"""Figures are kept beside the orders: a narrow row of each, and sums of those that are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision = "0026"
down_revision = "0025"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SPREAD = ("response_ms", "arrive_ms", "wall_ms", "work_ms")
KEPT = ("respond_kept", "arrive_kept", "resolve_kept")
SUMS = (
    *("opened", "closed"),
    *(f"{name}_{what}" for name in ("response", "arrive", "accept", "wall", "work")
      for what in ("n", "ms")),
    *(f"{clock}_{how}" for clock in ("respond", "arrive", "resolve") for how in ("met", "missed")),
    *("first_n", "fixed_7", "fixed_14", "fixed_30", "fault_n", "repeated"),
    *("reopened", "reassigned", "chased"),
)  # fmt: skip


def upgrade() -> None:
    """Three tables, which orders of before are still owed to; they are filled batch by batch.

    Filling wants each order as the program knows it, so that it is not done here: the mark says
    from which number on, and whoever sweeps the desk, or asks for figures, goes on with it.
    """
    _orders()
    _table("kpi_day", ("dim", "key"), ("day",), SUMS)
    _table("kpi_spread", ("dim", "key", "measure"), ("month", "bucket"), ("orders",))
    op.execute(
        "INSERT INTO store_meta (name, value) SELECT 'kpi all', '0'"
        " WHERE EXISTS (SELECT 1 FROM work_order)"
    )


def _orders() -> None:
    op.create_table(
        "kpi_order",
        sa.Column("number", Whole, autoincrement=False, nullable=False),
        _whole("counts"),
        _whole("opened_at"),
        *(_whole(name, empty=True) for name in ("closed_at", "done_at", "site_id")),
        sa.Column("kind", sa.Text(), nullable=False),
        _whole("technician_id", empty=True),
        _whole("planned"),
        sa.Column("fault", sa.Text(), nullable=True),
        *(_whole(name, empty=True) for name in ("response_ms", "arrive_ms", "accept_ms")),
        *(_whole(name, empty=True) for name in ("wall_ms", "work_ms", *KEPT, "first_visit")),
        *(_whole(name) for name in ("reopened", "reassigned", "chased")),
        *(_whole(name, empty=True) for name in ("again_ms", "before_ms")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_kpi_order")),
        sqlite_strict=True,
        postgresql_with={"fillfactor": 70},
    )
    closed, fault = "closed_at IS NOT NULL", "fault IS NOT NULL"
    _index("closed_at", ["closed_at"], closed)
    _index("opened_at", ["opened_at"], None)
    _index("open", ["opened_at", "site_id"], "closed_at IS NULL AND counts = 1")
    _index("fault_opened_at", ["fault", "opened_at"], fault)
    _index("fault_done_at", ["fault", "done_at"], f"{fault} AND done_at IS NOT NULL")
    for name in SPREAD:
        _index(name, [name, "closed_at", "site_id"], closed)


def _table(name: str, words: Sequence[str], keys: Sequence[str], wholes: Sequence[str]) -> None:
    op.create_table(
        name,
        *(sa.Column(word, sa.Text(), nullable=False) for word in words),
        *(sa.Column(key, Whole, autoincrement=False, nullable=False) for key in keys),
        *map(_whole, wholes),
        sa.PrimaryKeyConstraint(*words, *keys, name=op.f(f"pk_{name}")),
        sqlite_strict=True,
        postgresql_with={"fillfactor": 70},
    )


def _whole(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, Whole, nullable=empty)


def _index(name: str, columns: Sequence[str], condition: str | None) -> None:
    only = None if condition is None else sa.text(condition)
    op.create_index(
        f"ix_kpi_order_{name}", "kpi_order", list(columns), sqlite_where=only, postgresql_where=only
    )
