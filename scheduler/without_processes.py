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
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from store.no_plugins_yet import REGISTER, Later

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNUSED = ("multiprocessing", "concurrent.futures.process")
_OURS = "apscheduler"


class _Absent(Exception):
    """Stands for what is raised where a pool of processes breaks, or nothing is installed."""


def _unknown(_name: str) -> str:
    raise _Absent


def _none(**_wanted: Any) -> tuple[()]:
    return ()


@contextmanager
def _nothing_installed() -> Iterator[None]:
    """As long as nobody has asked what is installed, whoever asks now is told of nothing."""
    register = sys.modules.get(REGISTER)
    if not isinstance(register, Later):
        yield
        return
    answers = {"version": _unknown, "PackageNotFoundError": _Absent, "entry_points": _none}
    vars(register).update(answers)
    try:
        yield
    finally:
        for name in answers:
            del vars(register)[name]


def _import_it() -> None:
    stand_ins = {name: ModuleType(name) for name in _UNUSED}
    vars(stand_ins["concurrent.futures.process"])["BrokenProcessPool"] = _Absent
    sys.modules.update(stand_ins)
    try:
        with _nothing_installed():
            import apscheduler.executors.pool
            import apscheduler.schedulers.background  # noqa: F401
    finally:
        for name in stand_ins:
            del sys.modules[name]  # whoever wants the real one may import it


if not any(name in sys.modules for name in (*_UNUSED, _OURS)):
    _import_it()
