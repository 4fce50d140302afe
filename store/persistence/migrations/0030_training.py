"""Trainings of people, and what the desk was reminded of that is about no order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, and an index by which certificates are found that end soon."""
    op.create_index("ix_certificate_expires_at", "certificate", ["expires_at"])
    op.create_table(
        "training",
        sa.Column("id", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("technician_id", Whole, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("subject", "topic", "trainer")),
        sa.Column("planned_at", Whole, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_at", Whole, nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("skill_id", Whole, nullable=True),
        sa.Column("level", Whole, nullable=True),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("valid_until", Whole, nullable=True),
        sa.Column("made_at", Whole, nullable=False),
        sa.Column("made_by", Whole, nullable=False),
        sa.Column("ended_by", Whole, nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_training_{column}_{table}")
            )
            for column, table in (
                *(("technician_id", "technician"), ("skill_id", "skill")),
                *(("made_by", "operator"), ("ended_by", "operator")),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sqlite_strict=True,
    )
    op.create_index("ix_training_technician_id", "training", ["technician_id"])
    planned = sa.text("state = 'planned'")
    op.create_index(
        *("ix_training_planned", "training", ["planned_at"]),
        sqlite_where=planned,
        postgresql_where=planned,
    )
    op.create_table(
        "reminder",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", Whole, autoincrement=False, nullable=False),
        sa.Column("ends_at", Whole, nullable=False),
        sa.Column("level", Whole, nullable=False),
        sa.Column("raised_at", Whole, nullable=False),
        sa.Column("rings", Whole, nullable=False),
        sa.Column("acknowledged_at", Whole, nullable=True),
        sa.Column("acknowledged_by", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["operator.id"], name=op.f("fk_reminder_acknowledged_by_operator")
        ),
        sa.PrimaryKeyConstraint("kind", "about", name=op.f("pk_reminder")),
        sqlite_strict=True,
    )
