"""What is installed beside us is looked up when somebody asks, not when SQLAlchemy is imported.

It imports Python's register of installed packages, and with it what reads mail and archives: two
megabytes that every console would keep, to find dialects of others. Import this module before
SQLAlchemy; where that register is there already, nothing happens.

Private to the pinned SQLAlchemy: `tests/store/test_no_plugins_yet.py` sees it work.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any

REGISTER = "importlib.metadata"


class Later(ModuleType):
    """Stands for the register until something of it is wanted: then the real one takes over."""

    def __init__(self, path: list[str]) -> None:
        super().__init__(REGISTER)
        self.__path__ = path
        """Looked at by every import from it."""

    def __getattr__(self, name: str) -> Any:
        """What the real one has."""
        if sys.modules.get(REGISTER) is self:
            del sys.modules[REGISTER]
            del importlib.metadata
        return getattr(importlib.import_module(REGISTER), name)


def _put_off() -> None:
    spec = find_spec(REGISTER)
    later = Later(list((spec and spec.submodule_search_locations) or ()))
    sys.modules[REGISTER] = later
    vars(importlib)["metadata"] = later


if REGISTER not in sys.modules:
    _put_off()
