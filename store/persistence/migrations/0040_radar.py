"""What the radar proposes: trouble that comes again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Real: sa.Double[float] = sa.Double().with_variant(sa.REAL(), "sqlite")

_COLUMNS = (
    *(("version", Whole), ("key", sa.Text), ("rule", sa.Text), ("site_id", Whole)),
    *(("asset_id", Whole), ("what", sa.Text), ("orders", sa.Text), ("complaints", sa.Text)),
    *(("days", Whole), ("usual", Real), ("found_at", Whole), ("fate", sa.Text)),
    *(("decided_at", Whole), ("decided_by", Whole), ("reason", sa.Text), ("action", Whole)),
)
_MAY_LACK = frozenset({"asset_id", "usual", "decided_at", "decided_by", "action"})


def upgrade() -> None:
    """One table."""
    op.create_table(
        "recurrence",
        sa.Column("id", Whole, nullable=False),
        *(sa.Column(name, kind, nullable=name in _MAY_LACK) for name, kind in _COLUMNS),
        *(
            sa.ForeignKeyConstraint(
                [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_recurrence_{other}_id_{other}")
            )
            for other in ("site", "asset")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurrence")),
        sqlite_strict=True,
    )
    still = sa.text("fate = 'open'")
    op.create_index(
        *("uq_recurrence_open", "recurrence", ["key"]),
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    op.create_index("ix_recurrence_site_id", "recurrence", ["site_id"])
