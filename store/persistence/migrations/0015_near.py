"""Words found from the newest orders on, on PostgreSQL."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

STRETCHES = "(ARRAY[number >> 10, -1 - (number >> 15)])"


def upgrade() -> None:
    """The index of words knows where in the numbers a row lies; SQLite's reads from the newest on.

    It is made anew, in a few minutes at a million orders, and asked as before by older programs;
    also where somebody has taken it away, as before a large import.
    """
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("SET LOCAL maintenance_work_mem = '256MB'")
    op.execute("DROP INDEX IF EXISTS ix_search_doc")
    op.execute(f"CREATE INDEX ix_search_doc ON search USING gin ({STRETCHES}, doc)")
