"""Projects of five stages, with hand-offs between departments; orders that are a part of one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
Text = sa.Text()

_FOREIGN = {
    "customer_id": "customer",
    "site_id": "site",
    "asset_id": "asset",
    "department_id": "department",
    "project_id": "project",
    "giver_id": "department",
    "taker_id": "department",
}
_TABLES: dict[str, tuple[tuple[str, Any, bool], ...]] = {
    "department": (("code", Text, False), ("name", Text, False), ("name_zh", Text, False)),
    "project": (
        *(("version", Whole, False), ("title", Text, False)),
        *((name, Whole, True) for name in ("customer_id", "site_id", "asset_id")),
        *(("stage", Text, False), ("department_id", Whole, False), ("lead", Text, False)),
        *((name, Whole, False) for name in ("consultation_s", "design_s", "site_work_s")),
        *(("acceptance_s", Whole, False), ("aftercare_s", Whole, False)),
        *(("opened_at", Whole, False), ("opened_by", Whole, False), ("bounces", Whole, False)),
        *(("over_at", Whole, True), ("over_by", Whole, True), ("dropped", Text, False)),
        *(("warn_at", Whole, True), ("due_at", Whole, True), ("reached", Whole, False)),
        *(("alarm", Text, False), ("raised_at", Whole, True), ("rings", Whole, False)),
        *((name, Whole, True) for name in ("seen_at", "seen_by", "next_at")),
    ),
    "project_stage": (
        *(("project_id", Whole, False), ("place", Whole, False), ("stage", Text, False)),
        ("department_id", Whole, False),
        *((name, Whole, False) for name in ("began_at", "warn_at", "due_at")),
        *((name, Whole, True) for name in ("procedure", "handed_at", "ended_at")),
        *(("went", Text, False), ("why", Text, False)),
    ),
    "handoff": (
        *(("project_id", Whole, False), ("place", Whole, False)),
        *(("stage", Text, False), ("to_stage", Text, False)),
        *(("giver_id", Whole, False), ("taker_id", Whole, False)),
        *((name, Text, False) for name in ("words", "evidence", "sha256")),
        *((name, Whole, False) for name in ("given_at", "given_by", "warn_at", "due_at")),
        *(("answer", Text, False), ("answered_at", Whole, True), ("answered_by", Whole, True)),
        *(("who", Text, False), ("reason", Text, False)),
    ),
    "project_step": (
        *((name, Whole, False) for name in ("project_id", "passage", "place")),
        *(("code", Text, False), ("mandatory", Flag, False)),
        *(("done_at", Whole, True), ("done_by", Whole, True)),
        *((name, Text, False) for name in ("value", "reason", "sha256")),
        ("skipped", Flag, False),
    ),
}
"""By name, what a column holds and whether it may be empty."""
_UNIQUE = {
    "department": ("code",),
    "project_stage": ("project_id", "place"),
    "handoff": ("project_id", "place"),
    "project_step": ("project_id", "passage", "place"),
}
_INDEXES: tuple[tuple[str, str, tuple[str, ...], str | None], ...] = (
    ("ix_project_next_at", "project", ("next_at",), "next_at IS NOT NULL"),
    ("ix_project_open", "project", ("stage", "due_at"), "over_at IS NULL"),
    ("ix_project_over_at", "project", ("over_at",), "over_at IS NOT NULL"),
    ("ix_project_alarm", "project", ("alarm",), "alarm <> ''"),
    ("ix_project_customer_id", "project", ("customer_id",), "customer_id IS NOT NULL"),
    ("ix_project_stage_due_at", "project_stage", ("due_at",), None),
    ("ix_handoff_given_at", "handoff", ("given_at",), None),
    ("ix_work_order_project", "work_order", ("project", "number"), "project IS NOT NULL"),
)


def upgrade() -> None:
    """Five tables, and two columns that begin empty: no order was a part of a project before."""
    for table, columns in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", Whole, nullable=False),
            *(sa.Column(name, kind, nullable=empty) for name, kind, empty in columns),
            *(
                sa.ForeignKeyConstraint(
                    [name],
                    [f"{_FOREIGN[name]}.id"],
                    name=op.f(f"fk_{table}_{name}_{_FOREIGN[name]}"),
                )
                for name, _kind, _empty in columns
                if name in _FOREIGN
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            *(
                sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))
                for names in [_UNIQUE.get(table)]
                if names is not None
            ),
            sqlite_strict=True,
        )
    op.add_column("work_order", sa.Column("project", Whole, nullable=True))
    op.add_column(
        "work_order",
        sa.Column("project_stage", Text, nullable=False, server_default=sa.text("''")),
    )
    for name, table, names, where in _INDEXES:
        some = None if where is None else sa.text(where)
        op.create_index(name, table, list(names), sqlite_where=some, postgresql_where=some)
