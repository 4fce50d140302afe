"""The files of the SQLite stores that are open here: nobody else may write over, or open them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from pathlib import Path

_BESIDE = ("", "-wal", "-shm", "-lane", "-journal")
"""What an SQLite store's own files are called after its name."""

_OPEN: WeakKeyDictionary[object, Path] = WeakKeyDictionary()
"""Of whatever holds a store open, the store's file."""


def keep_apart(holder: object, store: Path) -> None:
    """As long as there is this holder, the store's files are known as its own."""
    _OPEN[holder] = store


def are_of_a_store(path: Path) -> bool:
    """Whether this is a file of a store that is open here, by whatever name.

    Found out by `stat`: to open such a file, and close it, drops the locks that SQLite holds.
    """
    stores = set(_OPEN.values())
    return any(_is(path, store.with_name(store.name + end)) for store in stores for end in _BESIDE)


def _is(path: Path, own: Path) -> bool:
    try:
        return path.samefile(own)
    except (OSError, ValueError):  # one of them is not there
        return os.path.realpath(path) == os.path.realpath(own)
