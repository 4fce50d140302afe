"""Indexes that tell a site's queues, and the desk of a past moment, out of themselves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision = "0014"
down_revision = "0013"

SITE = ("site_id", "rank_at", "number")
ASKED = ("state", "category", "next_deadline", "risk_at", "wake_at", "orphan_at")


def upgrade() -> None:
    """The orders of a site at the desk with all that a queue asks; those that left, and when.

    Each is small or was kept up as often before; only that of the sites now follows each move too.
    """
    op.drop_index("ix_live_site", "work_order")
    _create("ix_live_site", (*SITE, *ASKED), "live = 1")
    op.drop_index("ix_work_order_closed_at", "work_order")
    _create("ix_work_order_closed_at", ("closed_at", "opened_at", "site_id", "number"))
    gone = "live = 0 AND closed_at IS NULL"
    _create("ix_given_up", ("state_since", "opened_at", "site_id", "number"), gone)
    _create("ix_journal_undone", ("at", "number"), "fact = 'undone'", table="journal")


def _create(
    name: str, columns: Sequence[str], where: str | None = None, *, table: str = "work_order"
) -> None:
    only = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), sqlite_where=only, postgresql_where=only)
