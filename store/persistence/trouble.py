"""Driver errors in our own words: one table a driver, read by everyone who meets a fault."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.errors import (
    StoreBusy,
    StoreFull,
    StoreMoved,
    StoreRaced,
    StoreReadOnly,
    StoreTrouble,
    StoreUnreachable,
)
from store.domain.system_words import why
from store.domain.text import safe
from store.domain.words import N_
from store.persistence.moved_words import SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a driver's code means here."""

    refusal: Callable[[str], StoreTrouble]
    passing: bool = False
    """Whether trying the whole command again may help."""
    why: str = ""
    """What a driver says of it in one language only, in our own words."""


def _busy(_why: str) -> StoreTrouble:
    return StoreBusy()


def _raced(_why: str) -> StoreTrouble:
    return StoreRaced()


def _full(_why: str) -> StoreTrouble:
    return StoreFull()


def _away(why: str) -> StoreTrouble:
    return StoreUnreachable(why=why)


def _read_only(why: str) -> StoreTrouble:
    return StoreReadOnly(why=why)


def _moved(why: str) -> StoreTrouble:
    return StoreMoved(why=why.removeprefix(SAID))


def _broken(why: str) -> StoreTrouble:
    return StoreTrouble(why=why)


_BUSY = _Kind(_busy, passing=True)
_RACED = _Kind(_raced, passing=True)  # tried again, the command finds the other's row
_LOST = _Kind(_away, passing=True)
_CROWDED = _Kind(
    _away,
    passing=True,
    why=N_("all the connections that it allows (max_connections) are taken"),
)
_AWAY = _Kind(_away)
_FULL = _Kind(_full)
_READ_ONLY = _Kind(_read_only)
_BROKEN = _Kind(_broken)
_MOVED = _Kind(_moved)
_DEMOTED = _Kind(_read_only, passing=True)  # the next connection finds the new primary

_SQLITE: Mapping[int, _Kind] = {
    3: _READ_ONLY,  # PERM
    5: _BUSY,  # BUSY
    6: _BUSY,  # LOCKED
    8: _READ_ONLY,  # READONLY
    10: _BROKEN,  # IOERR
    11: _Kind(_broken, why=N_("the file is damaged; a backup can take its place")),  # CORRUPT
    13: _FULL,  # FULL
    14: _Kind(_away, why=N_("the file cannot be opened")),  # CANTOPEN
    26: _Kind(_broken, why=N_("this file is not a database")),  # NOTADB
}

_POSTGRES: Mapping[str, _Kind] = {
    "08": _LOST,  # connection lost
    "23505": _RACED,  # SQLite has no such race: it looks and writes under one lock
    "25006": _DEMOTED,
    "25P03": _LOST,  # our session stood still in a write, as on a line that loses much, and ended
    "28": _AWAY,  # wrong name or password
    "3D000": _AWAY,  # no such database
    "40001": _BUSY,  # serialisation failure
    "40P01": _BUSY,  # deadlock
    "42501": _READ_ONLY,  # not granted
    "53100": _FULL,  # disk full
    "53300": _CROWDED,
    "53": _LOST,  # out of memory
    "55P03": _BUSY,  # lock timeout
    "57014": _BUSY,  # statement timeout
    "57P": _LOST,  # shut down, starting up, terminated
    "PDMOV": _MOVED,  # our own trigger
    "58": _BROKEN,  # I/O error of the server
    "XX": _BROKEN,  # damaged
}

_NO_ROOM = ("too many clients", "too many connections", "remaining connection slots")
"""What a server says instead of letting us in; the driver passes on no code of that."""

_SYSTEM: Mapping[int, _Kind] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}


def told(error: BaseException) -> StoreTrouble | None:
    """The trouble behind a driver's or system's error; None when it is not the store's."""
    if isinstance(error, StoreTrouble):
        return error
    kind = _kind(error)
    return None if kind is None else kind.refusal(kind.why or _one_line(_driver_error(error)))


def is_transient(error: BaseException) -> bool:
    """Whether the same command, sent again whole, may succeed."""
    if isinstance(error, StoreBusy):
        return True
    if isinstance(error, StoreTrouble):
        return error.__cause__ is not None and is_transient(error.__cause__)
    kind = _kind(error)
    return kind is not None and kind.passing


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn driver errors raised inside into `StoreTrouble`; others pass untouched."""
    try:
        yield
    except Exception as error:
        trouble = told(error)
        if trouble is None or trouble is error:
            raise
        raise trouble from error


def _kind(error: BaseException) -> _Kind | None:
    cause = _driver_error(error)
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None and str(cause).startswith(SAID):
        return _MOVED  # a constraint like any other, but for what it says
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    if hasattr(cause, "sqlstate"):
        return _postgres_kind(cause)
    if isinstance(cause, OSError):
        return _SYSTEM.get(cause.errno or 0, _AWAY)
    return _BUSY if _is_empty_pool(cause) else None


def _postgres_kind(cause: Any) -> _Kind | None:
    state = cause.sqlstate
    if state is None:  # libpq's own words, and the driver's: refused, timed out, cut
        if any(words in str(cause) for words in _NO_ROOM):
            return _CROWDED
        return _LOST if _is_operational(cause) else None
    for length in (5, 3, 2):
        if kind := _POSTGRES.get(state[:length]):
            return kind
    return None


def _is_operational(cause: BaseException) -> bool:
    """Whether it is what the driver raises where the server or the line is at fault."""
    return any(kind.__name__ == "OperationalError" for kind in type(cause).__mro__)


def _is_empty_pool(error: BaseException) -> bool:
    from sqlalchemy.exc import TimeoutError as PoolEmptyError

    return isinstance(error, PoolEmptyError)


def _driver_error(error: BaseException) -> BaseException:
    return getattr(error, "orig", None) or error


def _one_line(error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        told = N_("{why} ({path})")
        return told.format(why=why(error), path=safe(str(error.filename), limit=300))
    lines = str(error).strip().splitlines()  # libpq adds hints and every further attempt
    return safe(lines[0], limit=300) if lines else type(error).__name__
