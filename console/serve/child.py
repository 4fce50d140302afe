"""What a process does first that was forked for one session: give up all that is not its own."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_KEPT: Final = ("HOME", "PATH", "TZ", "PYTHONPATH", "TMPDIR", "LOGS_DIRECTORY")
_KEPT_BEGINNINGS: Final = ("XDG_", "PAIDAN_CONFIG")
"""Of the server's own environment: where files are, never what somebody may have set for Python."""
_FIRST: Final = 3
_LAST: Final = 1 << 20


def alone(keep: int, environ: Mapping[str, str], *, parent: int, terminal: bool) -> int:
    """Keep one descriptor, which becomes number 3; its terminal is also where 0, 1 and 2 go.

    Dies with its parent, gains no rights, and leaves no memory of itself on a disk.
    """
    os.setsid()
    _signals_as_at_birth()
    _harden(parent)
    os.dup2(keep, _FIRST, inheritable=False)
    os.closerange(_FIRST + 1, _LAST)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(_FIRST):
        os.dup2(_FIRST if terminal else nowhere, number)
    os.close(nowhere)
    kept = own(os.environ)
    os.environ.clear()
    os.environ.update({**kept, **environ})
    return _FIRST


def own(environ: Mapping[str, str]) -> dict[str, str]:
    """Of the server's environment, what a session keeps."""
    return {
        name: value
        for name, value in environ.items()
        if name in _KEPT or name.startswith(_KEPT_BEGINNINGS)
    }


def _signals_as_at_birth() -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _harden(parent: int) -> None:
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    library.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:  # it died in between
        os._exit(1)
