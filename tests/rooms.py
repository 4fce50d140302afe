"""Where the files of the tests and their database servers lie, and that none stay behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

_IN_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 2 << 30
"""What must be free there: some servers run side by side, each with a hundred megabytes or two."""
_ROOM_FOR_FILES: Final = 6 << 30
"""The same for the files of the tests themselves; those of a test that passed go with its end."""
_PREFIX: Final = "paidan-pg-"


def room_for_a_server(*, durable: bool) -> Path:
    """A new folder for its data; in memory, where there is room and nobody pulls the plug.

    A database is eight hundred files. On ext4 a file is made the more slowly the more of them were
    deleted in the last minutes: a fresh database takes half a second of the processor there, and
    two of waiting, as soon as twenty are gone.
    """
    if durable or not os.access(_IN_MEMORY, os.W_OK):
        return Path(tempfile.mkdtemp(prefix=_PREFIX))
    _clear_up()
    room = shutil.disk_usage(_IN_MEMORY).free >= _ROOM
    # A run that is killed leaves its folder; by this number the next one sees that nobody wants it.
    prefix = f"{_PREFIX}{os.getpid()}-"
    return Path(tempfile.mkdtemp(prefix=prefix, dir=_IN_MEMORY if room else None))


def files_in_memory() -> None:
    """Let the files of tests lie in memory where there is room, unless somebody chose a place.

    Every write of a desk waits for the disk, some ten milliseconds each; a desk is furnished with
    dozens of them, and nobody pulls the plug on a test.
    """
    if os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free >= _ROOM_FOR_FILES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


def _clear_up() -> None:
    for folder in _IN_MEMORY.glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdigit() and not alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
