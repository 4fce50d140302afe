"""Writes a file that the desk's own account alone may read: all of it, or nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def put_whole(text: str, path: Path, *, beside: Path) -> None:
    """After a crash it is this or what was there before, never half; raises OSError.

    `beside` is where it is written first: one of its own for each process that may write it.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    with open(os.open(beside, flags, 0o600), "w", encoding="ascii") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
