"""Surveys: how the question to each order's customer stands, what he answered, and the cause."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_COLUMNS = (
    *(("survey", sa.Text), ("survey_by", Whole), ("survey_at", Whole), ("survey_code", sa.Text)),
    *(("csat", Whole), ("nps", Whole), ("rated_at", Whole), ("bad_at", Whole), ("cause", sa.Text)),
)
_INDEXES = (
    ("ix_survey_at", ["survey_at", "number", "site_id"], "survey_at IS NOT NULL"),
    ("ix_survey_by", ["survey_by", "site_id", "number"], "survey_by IS NOT NULL"),
    ("ix_survey_asked", ["customer_id", "contact_id", "survey_by"], "survey_by IS NOT NULL"),
    ("ix_survey_code", ["survey_code"], "survey_code IS NOT NULL"),
    ("ix_bad_at", ["bad_at", "number", "site_id"], "bad_at IS NOT NULL"),
)


def upgrade() -> None:
    """Columns that begin empty, so that no row is written anew, and indexes of what is asked."""
    for name, kind in _COLUMNS:
        op.add_column("work_order", sa.Column(name, kind, nullable=True))
    tries = sa.Column("survey_tries", Whole, nullable=False, server_default=sa.text("0"))
    op.add_column("work_order", tries)
    for name in ("said", "contained"):
        words = sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))
        op.add_column("work_order", words)
    for name, columns, held in _INDEXES:
        op.create_index(
            *(name, "work_order", columns),
            sqlite_where=sa.text(held),
            postgresql_where=sa.text(held),
        )
