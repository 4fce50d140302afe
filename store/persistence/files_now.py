"""Files that orders have: how they stand on this machine now, by as little as tells it."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from store.domain.attachments import FileNow
from store.domain.replay import whole_ms
from store.persistence.own_files import are_of_a_store

if TYPE_CHECKING:
    from store.domain.attachments import Attachment

READ_AGAIN = 16 << 20
"""Bytes up to which a file is read once more where its time alone has changed."""
CHUNK = 1 << 20


def file_now(file: Attachment) -> FileNow:
    """Whether it is there, and the same: by size and time, and by its hash only in doubt."""
    try:
        found = os.stat(file.path) if file.path else None
        return FileNow.UNREADABLE if found is None else _compared(file, found)
    except (FileNotFoundError, NotADirectoryError):
        return FileNow.MISSING
    except (OSError, ValueError):
        return FileNow.UNREADABLE


def _compared(file: Attachment, found: os.stat_result) -> FileNow:
    if not stat.S_ISREG(found.st_mode) or found.st_size != file.size:
        return FileNow.CHANGED
    if modified_at(found) == file.modified_at:
        return FileNow.SAME
    if found.st_size > READ_AGAIN or are_of_a_store(Path(file.path)):
        return FileNow.TOUCHED
    same = _known(file.path, found.st_size, found.st_mtime_ns) == file.sha256
    return FileNow.SAME if same else FileNow.CHANGED


def modified_at(found: os.stat_result) -> datetime:
    """When a file was written last, in whole milliseconds; one out of every calendar in 1970."""
    try:
        return whole_ms(datetime.fromtimestamp(found.st_mtime, UTC))
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def hash_of(path: str) -> str:
    """The SHA-256 of a regular file; to be asked only of one that is none of a store's."""
    digest = hashlib.sha256()
    # A pipe would hang who opens it, and might have come in the file's place.
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


@lru_cache(maxsize=256)
def _known(path: str, _size: int, _modified_ns: int) -> str:
    return hash_of(path)
