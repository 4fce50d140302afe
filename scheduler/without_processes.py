"""APScheduler's pools without Python's machinery for processes: only its threads are used here.

Its module of executors imports both kinds, and with the one that is never used a megabyte that
every console would keep. Import this module before the first thing that imports
`apscheduler.executors.pool`; where either has come first, nothing happens.

Private to the pinned APScheduler: `tests/scheduler/test_engine_imports.py` sees it work.
"""

from __future__ import annotations

import sys
from types import ModuleType

_UNUSED = ("multiprocessing", "concurrent.futures.process")
_POOL = "apscheduler.executors.pool"


class _Absent(Exception):
    """Stands for what is raised where a pool of processes breaks."""


def _import_pool() -> None:
    stand_ins = {name: ModuleType(name) for name in _UNUSED}
    vars(stand_ins["concurrent.futures.process"])["BrokenProcessPool"] = _Absent
    sys.modules.update(stand_ins)
    try:
        import apscheduler.executors.pool  # noqa: F401
    finally:
        for name in _UNUSED:
            del sys.modules[name]  # whoever wants the real one may import it


if not any(name in sys.modules for name in (*_UNUSED, _POOL)):
    _import_pool()
