"""Plans for preventive work: two new tables; nothing that is there is touched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Small = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _plan()
    _plan_occurrence()


def _foreign(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [target], name=op.f(f"fk_{table}_{column}_{target.partition('.')[0]}")
        )
        for column, target in columns.items()
    ]


def _plan() -> None:
    op.create_table(
        "plan",
        sa.Column("id", Whole, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("priority", Whole, nullable=False),
        sa.Column("site_id", Whole, nullable=True),
        sa.Column("customer_id", Whole, nullable=True),
        sa.Column("asset_id", Whole, nullable=True),
        sa.Column("level_id", Whole, nullable=True),
        sa.Column("calendar_id", Whole, nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("start_day", sa.Text(), nullable=False),
        sa.Column("of_day", Whole, nullable=False),
        sa.Column("lead_s", Whole, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=False),
        sa.Column("until_day", sa.Text(), nullable=True),
        sa.Column("made_by", Whole, nullable=False),
        sa.Column("made_at", Whole, nullable=False),
        sa.Column("begin_at", Whole, nullable=False),
        sa.Column("paused_at", Whole, nullable=True),
        sa.Column("ended_at", Whole, nullable=True),
        sa.Column("floor_day", sa.Text(), nullable=True),
        sa.Column("floor_due", sa.Text(), nullable=True),
        sa.Column("last_number", Whole, nullable=True),
        sa.Column("made", Whole, nullable=False),
        sa.Column("next_day", sa.Text(), nullable=True),
        sa.Column("due_at", Whole, nullable=True),
        sa.Column("aim_at", Whole, nullable=True),
        sa.Column("waits", Small, nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("on_calendar", Whole, nullable=True),
        sa.Column("calendar_version", Whole, nullable=True),
        sa.Column("tries", Whole, nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        *_foreign(
            "plan",
            site_id="site.id",
            customer_id="customer.id",
            asset_id="asset.id",
            level_id="service_level.id",
            calendar_id="calendar.id",
            made_by="operator.id",
            last_number="work_order.number",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sqlite_strict=True,
    )
    going = sa.text("paused_at IS NULL AND ended_at IS NULL")
    op.create_index(
        "ix_plan_aim",
        "plan",
        ["aim_at"],
        unique=False,
        sqlite_where=going,
        postgresql_where=going,
    )


def _plan_occurrence() -> None:
    op.create_table(
        "plan_occurrence",
        sa.Column("plan_id", Whole, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("due_day", sa.Text(), nullable=True),
        sa.Column("due_at", Whole, nullable=True),
        sa.Column("number", Whole, nullable=True),
        sa.Column("missed", Whole, nullable=False),
        sa.Column("missed_since", sa.Text(), nullable=True),
        sa.Column("by", Whole, nullable=False),
        sa.Column("at", Whole, nullable=False),
        *_foreign(
            "plan_occurrence", plan_id="plan.id", number="work_order.number", by="operator.id"
        ),
        sa.PrimaryKeyConstraint("plan_id", "day", name=op.f("pk_plan_occurrence")),
        sa.UniqueConstraint("plan_id", "due_day", name=op.f("uq_plan_occurrence_plan_id_due_day")),
        sqlite_strict=True,
    )
    made = sa.text("number IS NOT NULL")
    op.create_index(
        "uq_plan_occurrence_number",
        "plan_occurrence",
        ["number"],
        unique=True,
        sqlite_where=made,
        postgresql_where=made,
    )
