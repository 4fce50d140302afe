"""Paths on this machine that begin as what is typed; asked while somebody types."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Final

from store import reach
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SEEN: Final = 5_000
"""Entries of a folder that are looked at; more would take the operator's time."""


def paths_like(typed: str) -> tuple[str, ...]:
    """Paths that go on from `typed`, folders with a slash behind them; by name, none that hides.

    None where nothing can be looked at, and none that no screen can show as it is: such a file
    is not to be attached either. What hides is told to who has typed its dot.
    """
    if reach.is_shut():
        return ()
    folder, slash, begun = typed.rpartition("/")
    wanted = begun.casefold()
    try:
        with os.scandir(os.path.expanduser(folder + slash) or ".") as entries:
            names = sorted(_names(islice(entries, MOST_SEEN)), key=str.casefold)
    except (OSError, ValueError):
        return ()
    hidden = begun.startswith(".")
    fitting = (name for name in names if name.casefold().startswith(wanted))
    return tuple(folder + slash + name for name in fitting if hidden or not name.startswith("."))


def _names(entries: Iterator[os.DirEntry[str]]) -> Iterator[str]:
    for entry in entries:
        if safe(entry.name, limit=len(entry.name) + 1) != entry.name:
            continue
        try:
            yield f"{entry.name}/" if entry.is_dir() else entry.name
        except OSError:
            yield entry.name
