"""How a feed notices presence; apart from its table, since a feed needs no SQLAlchemy."""

from __future__ import annotations

from typing import Final

STAMP: Final = "SELECT count(*) || '/' || coalesce(sum(since_at), 0) FROM presence"
"""A text that changes whenever somebody comes, goes or does something else; renewals leave it."""
