"""A disk that is cut off from power: `python -m tests.store.power URL COMMITS` works on one.

SQLite's own layer for files is wrapped in this process, so that each write and each sync of the
store is written down in between the acknowledgements. What a disk may hold after a cut is then
made from that list: all that was synced, and of the rest nothing, or any of its sectors.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from store.commands.contact import NoteOrder
from store.persistence.sqlite import library
from store.records import open_records
from tests.store.desk import ANA, furnish, minutes, written

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence

SECTOR: Final = 512
NO_WAY_IN: Final = 77
"""The exit code where SQLite is linked so that its functions cannot be called by name."""

Event = tuple[str, str, int, bytes]
"""What happened, to which file, where, with what: write, truncate, sync, delete; ack of a seq."""


@dataclass
class Disk:
    """The files as the platters have them, and what the drive may have written of the rest."""

    synced: dict[str, bytearray] = field(default_factory=dict)
    loose: dict[str, list[tuple[int, bytes | None]]] = field(default_factory=dict)
    """Since the last sync: where, and what; None cuts the file off there."""

    def happen(self, event: Event) -> None:
        """One more event reaches the drive."""
        what, name, at, data = event
        if what == "sync":
            held = self.synced.setdefault(name, bytearray())
            for where, piece in self.loose.pop(name, []):
                _put(held, where, piece)
        elif what in {"write", "truncate"}:
            told = (at, data if what == "write" else None)
            self.loose.setdefault(name, []).append(told)
        elif what == "delete":
            self.synced.pop(name, None)
            self.loose.pop(name, None)

    def after_a_cut(self, torn: random.Random | None) -> dict[str, bytes]:
        """What each file holds then; with a dice, also any of the sectors that were loose."""
        found = {name: bytearray(held) for name, held in self.synced.items()}
        for name, loose in self.loose.items():
            held = found.setdefault(name, bytearray())
            for where, data in _sectors(loose):
                if torn is not None and torn.random() < 0.5:
                    _put(held, where, data)
        return {name: bytes(held) for name, held in found.items()}


def _sectors(loose: Sequence[tuple[int, bytes | None]]) -> Iterator[tuple[int, bytes]]:
    for where, data in loose:
        for start in range(0, len(data or b""), SECTOR):
            yield where + start, (data or b"")[start : start + SECTOR]


def _put(held: bytearray, where: int, data: bytes | None) -> None:
    if data is None:
        del held[where:]
        return
    held.extend(bytes(max(0, where - len(held))))
    held[where : where + len(data)] = data


# -- SQLite's layer for files, in C ---------------------------------------------------------------

_FILE = ctypes.POINTER(ctypes.c_void_p)
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, _FILE, ctypes.c_int, ctypes.c_void_p
)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_int, _FILE, ctypes.POINTER(ctypes.c_char), ctypes.c_int, ctypes.c_int64
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_int)


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`, as far as it is replaced; the rest is copied blindly."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        ("others", ctypes.c_void_p * 13),
    ]


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` up to its second function."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
    ]


def _found() -> Any:
    """The library's own function that tells its layer; exits where it is not to be had."""
    driver = sys.modules[library().connect.__module__]
    try:
        found = ctypes.CDLL(driver.__file__).sqlite3_vfs_find
    except (AttributeError, OSError, TypeError):
        sys.exit(NO_WAY_IN)
    found.restype = ctypes.POINTER(_Vfs)
    return found


class Recorder:
    """Writes down what every SQLite connection of this process does to its files."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._names: dict[int, str] = {}
        self._replaced: dict[int, _Methods] = {}
        self._kept: list[Callable[..., Any]] = []
        """Functions that C holds must not be collected."""
        vfs = _found()(None).contents
        self._open = _OPEN(ctypes.cast(vfs.open, ctypes.c_void_p).value or 0)
        self._delete = _DELETE(ctypes.cast(vfs.delete, ctypes.c_void_p).value or 0)
        vfs.open, vfs.delete = self._keep(_OPEN(self._opened)), self._keep(_DELETE(self._deleted))

    def _keep(self, function: Any) -> Any:
        self._kept.append(function)
        return function

    def _opened(self, vfs: int, name: int, file: Any, flags: int, out: int) -> int:
        done: int = self._open(vfs, name, file, flags, out)
        if done == 0 and name:
            self._names[_address(file)] = os.path.basename(ctypes.string_at(name).decode())
            file[0] = ctypes.addressof(self._ours(file[0]))
        return done

    def _deleted(self, vfs: int, name: bytes, sync: int) -> int:
        self.events.append(("delete", os.path.basename(name.decode()), 0, b""))
        return int(self._delete(vfs, name, sync))

    def _ours(self, stock: int) -> _Methods:
        """The stock methods with a note before those that change a file."""
        if stock not in self._replaced:
            theirs = _Methods.from_address(stock)
            ours = _Methods.from_buffer_copy(theirs)
            ours.write = self._keep(_WRITE(self._noting("write", theirs.write)))
            ours.truncate = self._keep(_TRUNCATE(self._noting("truncate", theirs.truncate)))
            ours.sync = self._keep(_SYNC(self._noting("sync", theirs.sync)))
            self._replaced[stock] = ours
        return self._replaced[stock]

    def _noting(self, what: str, stock: Any) -> Callable[..., int]:
        def noting(file: Any, *told: Any) -> int:
            name = self._names[_address(file)]
            if what == "write":
                self.events.append((what, name, told[2], ctypes.string_at(told[0], told[1])))
            else:
                self.events.append((what, name, told[0], b""))
            done: int = stock(file, *told)
            return done

        return noting


def _address(file: Any) -> int:
    return int(ctypes.cast(file, ctypes.c_void_p).value or 0)


def recorded(url: str, commits: int) -> Sequence[Event]:
    """What the disk saw of a new store and of so many commands, each with its acknowledgement."""
    recorder = Recorder()
    records = open_records(url, feed=False)
    furnish(records)
    number = written(records)
    for turn in range(commits):
        done = records.do(NoteOrder(number=number, text="x" * 500), who=ANA, at=minutes(turn))
        recorder.events.append(("ack", "", done.seq, b""))
    return recorder.events


if __name__ == "__main__":
    told = pickle.dumps(recorded(sys.argv[1], int(sys.argv[2])))
    sys.stdout.buffer.write(told)
    sys.stdout.flush()
    os._exit(0)  # as a cut ends it: nothing is closed
