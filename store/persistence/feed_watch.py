"""A watch on one file by the kernel (inotify), where there is one."""

from __future__ import annotations

import contextlib
import ctypes
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_CLOSED_AFTER_WRITING = 0x0008
_FLAGS = os.O_NONBLOCK | os.O_CLOEXEC


class Watch:
    """Becomes readable whenever somebody closes the file, which ends each turn in the lane.

    Unlike a watch on SQLite's own files this rings exactly once a transaction, and after the
    commit can be seen, not while its pages are still being written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inode = (0, 0)
        self.bell: int | None = None
        """What to poll; None where the system allows no watch."""
        with contextlib.suppress(OSError, AttributeError):
            self.bell = _call("inotify_init1", _FLAGS)
        self.renew()

    def renew(self) -> None:
        """Follow the name, should the file behind it have been replaced or be new."""
        if self.bell is None:
            return
        with contextlib.suppress(OSError):
            if not self._path.exists():  # opening it would ring every listener's bell
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            found = self._path.stat()
            if (found.st_dev, found.st_ino) != self._inode:
                name = os.fsencode(self._path)
                _call("inotify_add_watch", self.bell, name, _CLOSED_AFTER_WRITING)
                self._inode = (found.st_dev, found.st_ino)

    def drain(self) -> None:
        """Forget what rang so far."""
        if self.bell is not None:
            with contextlib.suppress(BlockingIOError):
                os.read(self.bell, 65536)

    def close(self) -> None:
        """Stop watching."""
        if self.bell is not None:
            os.close(self.bell)
        self.bell = None


def _call(name: str, *arguments: Any) -> int:
    answer: int = getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments)
    if answer < 0:
        raise OSError(ctypes.get_errno(), name)
    return answer
