"""Inspections: score sheets, draws, and what was drawn."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PARENTS = {
    "draw_id": "inspection_draw.id",
    "number": "work_order.number",
    "site_id": "site.id",
    "technician_id": "technician.id",
    "sheet_id": "inspection_sheet.id",
}
_OPEN = "scored_at IS NULL AND dropped_at IS NULL"


def _columns(kind: Any, names: str, *, empty: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=empty) for name in names.split()]


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "inspection_sheet",
        *_columns(Whole, "id"),
        *_columns(sa.Text(), "kind"),
        *_columns(Whole, "version"),
        *_columns(sa.Text(), "source"),
        *_columns(Whole, "imported_at imported_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_sheet")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_inspection_sheet_kind_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "inspection_draw",
        *_columns(Whole, "id"),
        *_columns(sa.Text(), "week"),
        *_columns(Whole, "nth"),
        *_columns(sa.Text(), "seed"),
        *_columns(Whole, "share first_jobs asset_orders"),
        *_columns(sa.Text(), "zone"),
        *_columns(Whole, "count"),
        *_columns(sa.Text(), "digest population"),
        *_columns(Whole, "drawn_at drawn_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_draw")),
        sa.UniqueConstraint("week", "nth", name=op.f("uq_inspection_draw_week_nth")),
        sqlite_strict=True,
    )
    op.create_table(
        "inspection",
        *_columns(Whole, "id version draw_id number"),
        *_columns(Whole, "site_id technician_id", empty=True),
        *_columns(sa.Text(), "reasons"),
        *_columns(Whole, "sheet_id", empty=True),
        *_columns(Whole, "made_at due_at"),
        *_columns(sa.Text(), "scores"),
        *_columns(Whole, "total scored_at scored_by", empty=True),
        *_columns(sa.Text(), "remark technician_said customer_said dropped"),
        *_columns(Whole, "dropped_at", empty=True),
        *(
            sa.ForeignKeyConstraint(
                [name], [parent], name=op.f(f"fk_inspection_{name}_{parent.split('.')[0]}")
            )
            for name, parent in _PARENTS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sqlite_strict=True,
    )
    op.create_index("ix_inspection_draw_id", "inspection", ["draw_id", "number"])
    op.create_index("ix_inspection_number", "inspection", ["number"])
    for name, column, where in (
        ("ix_inspection_open", "due_at", _OPEN),
        ("ix_inspection_scored_at", "scored_at", "scored_at IS NOT NULL"),
    ):
        some = sa.text(where)
        op.create_index(name, "inspection", [column], sqlite_where=some, postgresql_where=some)
