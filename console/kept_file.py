"""Keeps what an operator has written on disk: a file at each store, for its owner alone.

Of several consoles of one operator each has a file of its own, for as long as it holds the lock
beside it; a lock falls with its process, and the next console takes over what it finds.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, Self, TypeVar

from console.put_whole import put_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LOG = logging.getLogger("paidan.console")
_MOST_CONSOLES: Final = 16
LONGEST: Final = 8 << 20
"""Bytes of a file that could be one of ours."""


class Kept(Protocol):
    """One thing in such a file."""

    @property
    def id(self) -> str:
        """What tells it from the others."""
        ...


Item = TypeVar("Item", bound=Kept)


class KeptFile(Generic[Item]):
    """What one console keeps on disk; blocks, and raises OSError."""

    KEPT: ClassVar[str]
    """What the file holds, by the name it has there."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock
        self.aside: Path | None = None
        """Where a copy lies of what could not be read; None where all could."""

    @staticmethod
    def _told(item: Item) -> dict[str, Any]:
        """One of them in plain values."""
        raise NotImplementedError

    @staticmethod
    def _read(told: dict[str, Any]) -> Item:
        """The same again; raises what a file of somebody else's makes it raise."""
        raise NotImplementedError

    @classmethod
    def claim(cls, folder: Path, name: str) -> tuple[Self | None, tuple[Item, ...]]:
        """A file of one's own, and all that consoles no longer alive have left.

        None where no file can be had: it all lives as long as the console then.
        """
        mine: Self | None = None
        left: tuple[Item, ...] = ()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for place in range(1, _MOST_CONSOLES + 1):
                path = folder / f"{name}.{place}.json"
                found = cls._lock_at(path) if mine is None or path.exists() else None
                if found is None:
                    continue
                others = found.read()
                known = {item.id for item in left}
                left = (*left, *(item for item in others if item.id not in known))
                if mine is None:
                    mine = found
                    continue
                mine.aside = mine.aside or found.aside
                if others:
                    mine.write(left)
                    found.write(())
                found.close()
        except OSError as error:
            _LOG.warning("%s cannot be kept on disk", cls.KEPT, exc_info=error)
        return mine, left

    @classmethod
    def _lock_at(cls, path: Path) -> Self | None:
        name = path.with_suffix(".lock")
        lock = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if name.stat().st_ino == os.fstat(lock).st_ino:
                return cls(path, lock)
        except (BlockingIOError, FileNotFoundError):
            pass  # of a console that lives, or that has just taken its lock away
        os.close(lock)
        return None

    def read(self) -> tuple[Item, ...]:
        """What stands there and can be understood; of the rest a copy lies aside."""
        items: list[Item] = []
        wrong: Exception | None = None
        try:
            if self.path.stat().st_size > LONGEST:
                raise ValueError(f"more than {LONGEST} bytes")
            for told in json.loads(self.path.read_text(encoding="utf-8"))[self.KEPT]:
                try:
                    items.append(self._read(told))
                except Exception as error:  # noqa: BLE001  whatever a later release has put there
                    wrong = error
        except FileNotFoundError:
            return ()
        except Exception as error:  # noqa: BLE001  nor need it be one of ours
            wrong = error
        if wrong is not None:
            _LOG.warning("kept %s cannot be read", self.KEPT, exc_info=wrong)
            with suppress(OSError):  # not written over: perhaps somebody can still read it
                self._put_aside()
                self.write(items)
        return tuple(items)

    def _put_aside(self) -> None:
        names = (f".unreadable{place or ''}" for place in range(_MOST_CONSOLES))
        free = (path for path in map(self.path.with_suffix, names) if not path.exists())
        self.aside = next(free, self.path.with_suffix(".unreadable"))
        try:
            os.link(self.path, self.aside)
        except OSError:  # a disk without links, or with too much aside
            self.path.replace(self.aside)

    def write(self, items: Sequence[Item]) -> None:
        """These and no others; after a crash it is these or those from before, never half."""
        if not items:
            self.path.unlink(missing_ok=True)
            return
        told = [self._told(item) for item in items]
        text = json.dumps({self.KEPT: told}, default=dict, ensure_ascii=True)
        put_whole(text, self.path, beside=self.path.with_suffix(".new"))
        self._settle()

    def _settle(self) -> None:
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def close(self) -> None:
        """Leave it to whoever comes next; where nothing is kept, nothing stays."""
        with suppress(OSError):
            if not self.path.exists():
                self.path.with_suffix(".lock").unlink(missing_ok=True)
        os.close(self._lock)
