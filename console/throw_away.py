"""Folders for a while: gone with who made them, or with the next start after that was killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK: Final = "in-use.lock"
"""Held as long as the folder is wanted; a lock falls with its process."""


@contextmanager
def thrown_away(prefix: str) -> Iterator[Path]:
    """A folder of one's own that goes in the end; those that others were killed over go at once."""
    sweep(prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    lock = hold(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def hold(folder: Path) -> int:
    """The lock of a folder; under its name nobody sees it before it is held."""
    made = folder / f"{LOCK}.new"
    lock = os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with suppress(OSError):  # where a disk has no locks, it is as it was without them
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        made.rename(folder / LOCK)
    return lock


def sweep(prefix: str) -> None:
    """Throw away what is ours, begins so, and is held by nobody any more."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            _throw_away(folder)


def _throw_away(folder: Path) -> None:
    with suppress(OSError):
        if folder.is_symlink() or folder.lstat().st_uid != os.geteuid():
            return
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)
