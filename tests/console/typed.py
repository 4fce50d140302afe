"""What `paidan do` gives a script."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Do = Callable[..., "tuple[int, str, str]"]
"""Carries out a line; its exit code, data and talk."""
MadeOnce = Callable[[str, "Path", "Callable[[], object]"], None]
"""Lays a desk's file there, by a name: made by the one given where there is none of this name."""


def plain(do: Do, *words: str, code: int = 0) -> dict[str, Any]:
    """What a script reads."""
    found, out, err = do(*words, "--json")
    assert (found, err) == (code, "")
    told: dict[str, Any] = json.loads(out)
    assert told.keys() >= {"ok", "message", "orders", "undo"}
    assert told["ok"] is (code == 0)
    return told
