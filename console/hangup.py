"""The console ends with its terminal: signals, a closed line, and a process left behind.

Exit codes: 128 plus the signal's number for a signal, `LINE_LOST` when the terminal went away
without one (SIGHUP may be ignored by whoever started us).
"""

from __future__ import annotations

import os
import signal
import sys
import termios
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from types import FrameType

    from textual.app import App

LINE_LOST = 128 + signal.SIGHUP
"""The exit code when nobody is at the other end any more."""

_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
_LOOK_EVERY_S = 5.0
_GRACE_S = 5.0
"""How long a clean end may take before the process is ended anyway."""


def terminal_is_gone(descriptor: int, parent: int) -> bool:
    """Whether the terminal hung up, or our parent died and the terminal is somebody else's now."""
    try:
        termios.tcgetattr(descriptor)
    except termios.error:
        return True
    if os.getppid() == parent:
        return False
    try:
        return os.tcgetpgrp(descriptor) != os.getpgrp()
    except OSError:
        return True


class Hangup:
    """Ends one app cleanly, once, whatever reason comes first."""

    def __init__(self, app: App[Any], loop: AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._parent = os.getppid()
        self._ending = False

    def watch(self) -> None:
        """Listen for signals and look now and then whether the terminal is still there."""
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                signal.signal(number, self._signalled)
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            self._app.set_interval(_LOOK_EVERY_S, self._look)

    def end(self, code: int = LINE_LOST) -> None:
        """Close the app; if it cannot within the grace, end the process."""
        if self._ending:
            return
        self._ending = True
        self._insist(code)
        self._app.exit(return_code=code)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        # Runs between two bytecodes of anything, so the loop must do the work.
        self._insist(128 + number)
        with suppress(RuntimeError):  # the loop is closed: what is left to be done is under way
            self._loop.call_soon_threadsafe(self.end, 128 + number)

    def _look(self) -> None:
        if sys.__stdin__ is not None and terminal_is_gone(sys.__stdin__.fileno(), self._parent):
            self.end()

    @staticmethod
    def _insist(code: int) -> None:
        """Make sure the process ends even if the loop or a write hangs."""
        # Nothing softer ends a process whose write hangs.
        last_resort = threading.Timer(_GRACE_S, os._exit, args=(code,))
        last_resort.daemon = True
        last_resort.start()
