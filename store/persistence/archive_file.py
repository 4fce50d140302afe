"""The file of a backup: a zip of two parts that any tool can open, proven by its last bytes.

`about.json` says what is in it, `desk.db` is an SQLite store whatever the desk lived in, and the
comment at the end is a digest of every byte before it, so that no flipped bit goes unseen.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from store.domain.errors import Refusal
from store.domain.system_words import why as system_why
from store.domain.words import N_
from store.persistence.moving import Compared
from store.persistence.own_files import are_of_a_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ABOUT: Final = "about.json"
DESK: Final = "desk.db"
_FORMAT: Final = 1
_SIGN: Final = b"paidan sha256 "
_TAIL: Final = len(_SIGN) + 64
_BLOCK: Final = 1 << 20
_LEVEL: Final = 1
"""Of compression: a higher one takes three times as long for a tenth less."""
_MOST_ABOUT: Final = 1 << 20
_SPOILT = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError)


class NoBackup(Refusal):
    """A file that no backup wrote, or that is not as it was written."""

    sentence = N_("{path} is no whole backup: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a backup says of itself."""

    made_at: datetime
    schema: str
    """The number of the newest migration that its tables have."""
    kind: str
    """What the desk lived in."""
    head: int
    """The journal's highest sequence number."""
    seal: tuple[int, str] | None
    """The newest seal: its number and hash."""
    tables: tuple[Compared, ...]
    size: int
    """Bytes of the store in it."""


def write(half: Path, desk: Path, about: About) -> None:
    """Put a closed store and what is said of it into a file that is there and empty."""
    told = {**asdict(about), "format": _FORMAT, "made_at": about.made_at.isoformat()}
    with half.open("r+b") as file:
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as made:
            made.writestr(ZipInfo(ABOUT), json.dumps(told, indent=1))
            with desk.open("rb") as source, made.open(DESK, "w", force_zip64=True) as part:
                while block := source.read(_BLOCK):
                    part.write(block)
            made.comment = _SIGN + bytes(64)  # its length stands before it
        end = file.seek(0, os.SEEK_END) - _TAIL
        told_by = _digest(file, end)
        file.seek(end)
        file.write(_SIGN + told_by)


def read(path: Path) -> About:
    """What the backup says of itself; `NoBackup` where the file is not as it was written."""
    with _proven(path) as made:
        return _about(path, made)


def unpack(path: Path, to: Path) -> About:
    """Write the store out into a new file; `NoBackup` where anything is not as it was written."""
    with _proven(path) as made:
        about = _about(path, made)
        with made.open(DESK) as part, closing(os.fdopen(_new(to), "wb")) as file:
            left = about.size
            while block := part.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    break
                file.write(block)
        if left:
            raise NoBackup(path=str(path), why=N_("it holds more or less than it says"))
    return about


@contextmanager
def _proven(path: Path) -> Iterator[ZipFile]:
    if are_of_a_store(path):
        raise NoBackup(path=str(path), why=N_("this is the store itself"))
    if path.exists() and not path.is_file():
        raise NoBackup(path=str(path), why=N_("it is no file"))
    try:
        file = path.open("rb")
    except OSError as error:
        raise NoBackup(path=str(path), why=system_why(error)) from error
    with file:
        end = file.seek(0, os.SEEK_END) - _TAIL
        file.seek(max(0, end))
        tail = file.read(_TAIL)
        if end < 0 or not tail.startswith(_SIGN):
            raise NoBackup(
                path=str(path), why=N_("its end is missing, or another program wrote it")
            )
        if _digest(file, end) != tail[len(_SIGN) :]:
            raise NoBackup(path=str(path), why=N_("it was changed since it was written"))
        try:
            with ZipFile(file) as made:
                yield made
        except _SPOILT as error:
            raise NoBackup(path=str(path), why=N_("it holds something else")) from error


def _about(path: Path, made: ZipFile) -> About:
    with made.open(ABOUT) as part:
        told: dict[str, Any] = json.loads(part.read(_MOST_ABOUT))
    if told["format"] != _FORMAT:
        raise NoBackup(path=str(path), why=N_("a newer paidan wrote it"))
    seal = told["seal"]
    return About(
        made_at=datetime.fromisoformat(told["made_at"]),
        schema=str(told["schema"]),
        kind=str(told["kind"]),
        head=int(told["head"]),
        seal=None if seal is None else (int(seal[0]), str(seal[1])),
        tables=tuple(Compared(**one) for one in told["tables"]),
        size=int(told["size"]),
    )


def _digest(file: IO[bytes], end: int) -> bytes:
    """Of the first so many bytes."""
    made = hashlib.sha256()
    file.seek(0)
    while end > 0 and (block := file.read(min(_BLOCK, end))):
        made.update(block)
        end -= len(block)
    return made.hexdigest().encode("ascii")


def _new(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
