"""How a database itself refuses to change a desk that has gone elsewhere."""

from __future__ import annotations

SAID = "paidan moved to "
"""The address follows."""
