"""Textual's app without its command palette, which the desk does not have: `?` lists its keys.

Textual imports the palette with the app, and with it lists, trees and selections: a sixth of its
time to the first paint, for nothing that is ever shown. Import this module before the first thing
that imports `textual.app`; where that has come first, nothing happens.

Private to the pinned Textual: `tests/console/test_board_start.py` sees that it still works.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_PALETTE = "textual.command"


class _Absent:
    """Stands for each class of the palette; `ENABLE_COMMAND_PALETTE = False` never needs one."""


def _absent(_name: str) -> Any:
    return _Absent


def _import_app() -> None:
    stand_in = ModuleType(_PALETTE)
    stand_in.__getattr__ = _absent  # type: ignore[method-assign]  # PEP 562
    sys.modules[_PALETTE] = stand_in
    try:
        import textual.app  # noqa: F401
    finally:
        del sys.modules[_PALETTE]  # whoever wants the real one may import it


if "textual.app" not in sys.modules and _PALETTE not in sys.modules:
    _import_app()
