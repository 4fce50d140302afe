"""APScheduler without what it imports and is never used here: pools of processes, plugins.

Its module of executors imports both kinds of pools, and its scheduler looks through all that is
installed for plugins of others: with Python's machinery for processes, for mail and for archives,
megabytes that every console would keep. Import this module before the first thing that imports
`apscheduler`; where that has come first, nothing happens.

Triggers, stores and executors are then known by their classes only, not by their short names.
Private to the pinned APScheduler: `tests/scheduler/test_engine_imports.py` sees it work.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_PROCESSES = ("multiprocessing", "concurrent.futures.process")
_PLUGINS = "importlib.metadata"
_OURS = "apscheduler"


class _Absent(Exception):
    """Stands for what is raised where a pool of processes breaks, or nothing is installed."""


def _unknown(_name: str) -> str:
    raise _Absent


def _none(**_wanted: Any) -> tuple[()]:
    return ()


def _import_it() -> None:
    stand_ins = {name: ModuleType(name) for name in (*_PROCESSES, _PLUGINS)}
    vars(stand_ins["concurrent.futures.process"])["BrokenProcessPool"] = _Absent
    vars(stand_ins[_PLUGINS]).update(
        version=_unknown, PackageNotFoundError=_Absent, entry_points=_none
    )
    before = sys.modules.get(_PLUGINS)
    sys.modules.update(stand_ins)
    try:
        import apscheduler.executors.pool
        import apscheduler.schedulers.background  # noqa: F401
    finally:
        for name in stand_ins:
            del sys.modules[name]  # whoever wants the real one may import it
        if before is not None:
            sys.modules[_PLUGINS] = before


if not any(name in sys.modules for name in (*_PROCESSES, _OURS)):
    _import_it()
