"""Orders found by who went, out of the index alone."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """The index of visits by technician tells the order as well; it is kept up as often as before.

    An entry holds one number more, so nothing that writes becomes slower.
    """
    op.drop_index("ix_visit_technician_id", "visit")
    op.create_index("ix_visit_technician_id", "visit", ["technician_id", "state", "number"])
