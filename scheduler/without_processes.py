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


class _Plugins(ModuleType):
    """Knows of nothing installed; what else is asked of it, the real one answers."""

    before: ModuleType | None = None
    PackageNotFoundError = _Absent

    @staticmethod
    def version(_name: str) -> str:
        """Of APScheduler, which then takes itself for an old one, and minds nothing else."""
        raise _Absent

    @staticmethod
    def entry_points(**_wanted: Any) -> tuple[()]:
        """No plugins."""
        return ()

    def __getattr__(self, name: str) -> Any:
        if self.before is None:
            raise AttributeError(name)
        return getattr(self.before, name)


def _import_it() -> None:
    plugins = _Plugins(_PLUGINS)
    plugins.before = sys.modules.get(_PLUGINS)
    stand_ins = {**{name: ModuleType(name) for name in _PROCESSES}, _PLUGINS: plugins}
    vars(stand_ins["concurrent.futures.process"])["BrokenProcessPool"] = _Absent
    sys.modules.update(stand_ins)
    try:
        import apscheduler.executors.pool
        import apscheduler.schedulers.background  # noqa: F401
    finally:
        for name in stand_ins:
            del sys.modules[name]  # whoever wants the real one may import it
        if plugins.before is not None:
            sys.modules[_PLUGINS] = plugins.before


if not any(name in sys.modules for name in (*_PROCESSES, _OURS)):
    _import_it()
