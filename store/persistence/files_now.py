"""Files that orders have: how they stand on this machine now, by as little as tells it."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from store import reach
from store.domain.attachments import FileNow
from store.domain.replay import whole_ms
from store.persistence.own_files import are_of_a_store

if TYPE_CHECKING:
    from store.domain.attachments import Attachment

READ_AGAIN = 16 << 20
"""Bytes up to which a file is read once more where its time alone has changed."""
CHUNK = 1 << 20

Sight = tuple[int, int, int, int, int]
"""Which file, its bytes, when it was written and changed: of the same sight it is the same."""


class NotAsSeen(ValueError):
    """Another file lies there by now, or more or less is in it than it says of itself."""


def file_now(file: Attachment) -> FileNow:
    """Whether it is there, and the same: by size and time, and by its hash only in doubt."""
    if reach.is_shut():
        return FileNow.UNREADABLE  # how it stands is nothing to tell at another machine
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
    same = known_hash(file.path, sight_of(found)) == file.sha256
    return FileNow.SAME if same else FileNow.CHANGED


def modified_at(found: os.stat_result) -> datetime:
    """When a file was written last, in whole milliseconds; one out of every calendar in 1970."""
    try:
        return whole_ms(datetime.fromtimestamp(found.st_mtime, UTC))
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def sight_of(found: os.stat_result) -> Sight:
    """What tells whether a file is still the one that was looked at.

    Whoever writes it may set back when it was written, but not when it was changed.
    """
    times = found.st_mtime_ns, found.st_ctime_ns
    return found.st_dev, found.st_ino, found.st_size, *times


def hash_of(path: str, sight: Sight) -> str:
    """The SHA-256 of a regular file as it was seen, NotAsSeen where it is so no more.

    To be asked only of one that is none of a store's. No more is read than the file was long:
    another one might lie there by now, and some of the system's call themselves empty and never
    end.
    """
    digest, left = hashlib.sha256(), sight[2]
    # A pipe would hang who opens it, and might have come in the file's place.
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        if sight_of(os.fstat(stream.fileno())) != sight:
            raise NotAsSeen
        while left >= 0 and (piece := stream.read(min(CHUNK, left + 1))):
            left -= len(piece)
            digest.update(piece)
        if left or sight_of(os.fstat(stream.fileno())) != sight:
            raise NotAsSeen
    return digest.hexdigest()


@lru_cache(maxsize=256)
def known_hash(path: str, sight: Sight) -> str:
    """The same, read once while the file is the one that was seen."""
    return hash_of(path, sight)
