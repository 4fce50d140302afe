"""The system of record."""

from __future__ import annotations

import store.no_plugins_yet  # noqa: F401  before SQLAlchemy
