"""When Python looks for litter: not while a console starts, and later only among what is new.

A start makes two hundred thousand objects that stay: looking through them again and again while
they are made takes a fifth of it, and afterwards every look holds up a key or a tick.
"""

from __future__ import annotations

import gc
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from textual.app import App

_SETTLED_AFTER_S = 10.0
"""Even where no store opens, Python must look for litter again."""
_TRIMMED_EVERY_S = 60.0

SELDOM = (200_000, 20, 20)
"""Python's thresholds for looking for circles: new objects, then rounds."""

_ARENA_MAX = -8
"""The number by which glibc knows how many heaps there may be."""


@contextmanager
def left() -> Iterator[None]:
    """Look for nothing until `settle`; whoever goes on after it finds it looked for as before."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def settle() -> None:
    """What is there now stays: look among what comes from now on."""
    gc.freeze()
    gc.enable()


class _Seldom(AbstractContextManager[None]):
    """Look for litter seldom, as long as anybody wants that, in whichever thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted_by = 0
        self._usual = gc.get_threshold()

    def __enter__(self) -> None:
        with self._lock:
            self._wanted_by += 1
            if self._wanted_by == 1:
                self._usual = gc.get_threshold()
                gc.set_threshold(*SELDOM)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._wanted_by -= 1
            if not self._wanted_by:
                gc.set_threshold(*self._usual)


seldom: Final = _Seldom()
"""Rows hang on nothing in a circle, and to look for that often takes a tenth of the time."""


def share_heaps() -> None:
    """Let the threads share one heap: with one each, every worker keeps its own free memory.

    A thread that has a heap keeps it, so this comes before the first of them.
    """
    import ctypes

    with suppress(OSError, AttributeError):  # other C libraries have one heap, or another way
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def trim() -> None:
    """Give back what was freed since: a storm of news leaves holes that the heap would keep."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def look_after(app: App[Any], *, rest: Callable[[], None]) -> None:
    """Settle once a start is over; then, and every minute, let things `rest` and trim.

    That goes on in a worker, for it can take as long as a key may.
    """

    def look() -> None:
        rest()
        trim()

    def look_aside() -> None:
        app.run_worker(look, thread=True, group="litter", exit_on_error=False)

    def begin() -> None:
        settle()
        look_aside()

    app.set_timer(_SETTLED_AFTER_S, begin)
    app.set_interval(_TRIMMED_EVERY_S, look_aside)
