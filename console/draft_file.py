"""Keeps drafts on disk: a file for an operator at a store, readable by its owner alone.

Of several consoles of one operator each has a file of its own, for as long as it holds the lock
beside it; a lock falls with its process, and the next console takes over what it finds.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from console.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LOG = logging.getLogger("paidan.console")
_MOST_CONSOLES: Final = 16
_LONGEST: Final = 8 << 20
"""Bytes of a file that could be one of ours."""
_SQLITE: Final = "sqlite:///"


def drafts_folder() -> Path:
    """Where drafts are kept; makes nothing."""
    from platformdirs import user_state_path

    return user_state_path("paidan", appauthor=False) / "drafts"


def name_of(operator: int, address: str) -> str:
    """What the files of an operator at a store are called; tells nothing of either."""
    if address.startswith(_SQLITE):
        store = os.path.realpath(address.removeprefix(_SQLITE))
    else:
        parts = urlsplit(address)  # whoever changes the password finds his drafts all the same
        store = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return hashlib.sha256(f"{operator}\n{store}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


class DraftFile:
    """The drafts of one console on disk; blocks, and raises OSError."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def claim(cls, folder: Path, name: str) -> tuple[DraftFile | None, tuple[Draft, ...]]:
        """A file of one's own, and all drafts that consoles no longer alive have left.

        None where no file can be had: drafts then live as long as the console.
        """
        mine: DraftFile | None = None
        left: tuple[Draft, ...] = ()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for place in range(1, _MOST_CONSOLES + 1):
                path = folder / f"{name}.{place}.json"
                found = cls._lock_at(path) if mine is None or path.exists() else None
                if found is None:
                    continue
                others = found.read()
                known = {draft.id for draft in left}
                left = (*left, *(draft for draft in others if draft.id not in known))
                if mine is None:
                    mine = found
                    continue
                if others:
                    mine.write(left)
                    found.write(())
                found.close()
        except OSError as error:
            _LOG.warning("drafts cannot be kept on disk", exc_info=error)
        return mine, left

    @classmethod
    def _lock_at(cls, path: Path) -> DraftFile | None:
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

    def read(self) -> tuple[Draft, ...]:
        """What stands there; nothing where it cannot be understood."""
        try:
            if self.path.stat().st_size > _LONGEST:
                raise ValueError(f"more than {_LONGEST} bytes")
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            return tuple(_draft(told) for told in kept["drafts"])
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            _LOG.warning("kept drafts cannot be read", exc_info=error)
            with suppress(OSError):  # not written over: perhaps somebody can still read it
                self.path.replace(self.path.with_suffix(".unreadable"))
            return ()

    def write(self, drafts: Sequence[Draft]) -> None:
        """These and no others; after a crash it is these or those from before, never half."""
        if not drafts:
            self.path.unlink(missing_ok=True)
            return
        told = [{"id": d.id, "key": d.key, "sent": d.sent, "texts": d.texts} for d in drafts]
        text = json.dumps({"drafts": told}, default=dict, ensure_ascii=True)
        new = self.path.with_suffix(".new")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
        with open(os.open(new, flags, 0o600), "w", encoding="ascii") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
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


def _draft(told: dict[str, Any]) -> Draft:
    """A draft as it was kept; raises what a file of somebody else's makes it raise."""
    texts = {str(name): str(text) for name, text in told["texts"].items()}
    sent = None if told["sent"] is None else dict(told["sent"])
    return Draft(texts=texts, id=str(told["id"]), key=str(told["key"]), sent=sent)
