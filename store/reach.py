"""The one gate to files that an operator names; shut for good where he sits at another machine.

Over SSH a path would be read and written here with the server's account, whoever named it. What
the desk keeps by itself (the store, drafts, the log) lies where no operator's word leads.
"""

from __future__ import annotations

from threading import Event
from typing import Final

from store.domain.errors import OutOfReach

_SHUT: Final = Event()


def shut() -> None:
    """From now on no file can be named in this process."""
    _SHUT.set()


def is_shut() -> bool:
    """Whether files are out of reach."""
    return _SHUT.is_set()


def check() -> None:
    """OutOfReach where files are; asked before a named path is looked at in any way."""
    if is_shut():
        raise OutOfReach
