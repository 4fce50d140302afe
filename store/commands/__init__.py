"""Every intent of an operator; `table` says which function carries it out, and by which right.

A command is imported from here, or from the module of its idea. The table brings all of them with
what they need, so it is read when the first is carried out: who only looks does without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.commands.table import *  # noqa: F403  the names that `__getattr__` finds

_TABLE = f"{__name__}.table"


def get_ready() -> None:
    """Read the table now, so that the first command takes no longer than the next."""
    import_module(_TABLE)


def __getattr__(name: str) -> Any:
    """What the table has; its own name is a module's, and asking for it here would never end."""
    if name.startswith("__") or name not in (table := import_module(_TABLE)).__all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(table, name)
