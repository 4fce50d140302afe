"""The bytes of a file as it lies there, in gzip, or inside a zip; hostile packings are refused."""

from __future__ import annotations

import contextlib
import gzip
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from console.intake.troubles import FileRefused
from store import reach
from store.domain.system_words import why
from store.domain.words import N_
from store.persistence.own_files import are_of_a_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 18
MOST_BYTES = 64 << 30
"""More unpacked bytes than this are refused, whatever the packing."""
BOMB_BYTES = 256 << 20
BOMB_RATIO = 250
"""Beyond both, packed bytes are taken for a bomb: tables pack some 10 to 60 times."""
DATA_ENDINGS = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json")

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file and how its table lies in it."""

    path: Path
    packing: str
    """`plain`, `gzip` or `zip`."""
    member: str = ""
    """The file inside a zip."""

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return f"{self.path.name}:{self.member}" if self.member else self.path.name


def look(path: Path, *, member: str = "") -> Packed:
    """How the table lies in a file; FileRefused where there is none to be read."""
    reach.check()
    if path.is_dir():
        raise FileRefused(file=path.name or str(path), wrong=N_("is a folder, not a file"))
    if are_of_a_store(path):
        raise FileRefused(file=path.name, wrong=N_("is a file of the store, not one of orders"))
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as error:
        wrong = N_("cannot be opened: {why}").format(why=why(error))
        raise FileRefused(file=str(path), wrong=wrong) from error
    if not head:
        raise FileRefused(file=path.name, wrong=N_("is empty"))
    if head.startswith(_GZIP):
        return Packed(path=path, packing="gzip")
    if head.startswith(_ZIP):
        return Packed(path=path, packing="zip", member=_member(path, member))
    return Packed(path=path, packing="plain")


def _member(path: Path, wanted: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [item.filename for item in archive.infolist() if not item.is_dir()]
    except (zipfile.BadZipFile, OSError) as error:
        raise FileRefused(file=path.name, wrong=N_("is a damaged zip")) from error
    if "[Content_Types].xml" in names:
        wrong = N_("is a spreadsheet; save it as CSV first")
        raise FileRefused(file=path.name, wrong=wrong)
    if wanted:
        return _named(path, wanted, names)
    tables = [n for n in names if n.lower().endswith(DATA_ENDINGS) and not _is_litter(n)]
    if len(tables) == 1:
        return tables[0]
    if not tables:
        raise FileRefused(file=path.name, wrong=N_("holds no CSV or JSON lines"))
    several = N_("holds several tables ({names}); name one with --member")
    raise FileRefused(file=path.name, wrong=several.format(names=", ".join(tables[:8])))


def _named(path: Path, wanted: str, names: list[str]) -> str:
    if wanted in names:
        return wanted
    raise FileRefused(file=path.name, wrong=N_("holds no {member}").format(member=wanted))


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


@contextlib.contextmanager
def unpacked(packed: Packed) -> Iterator[IO[bytes]]:
    """The table's bytes as a stream; damage met while reading becomes a FileRefused."""
    with contextlib.ExitStack() as stack:
        try:
            stream: IO[bytes]
            if packed.packing == "gzip":
                stream = cast("IO[bytes]", stack.enter_context(gzip.open(packed.path, "rb")))
            elif packed.packing == "zip":
                archive = stack.enter_context(zipfile.ZipFile(packed.path))
                stream = stack.enter_context(archive.open(packed.member))
            else:
                stream = stack.enter_context(packed.path.open("rb"))
            yield stream
        except _DAMAGE as error:
            wrong = N_("is damaged or ends in the middle; nothing of it was taken")
            raise FileRefused(file=packed.name, wrong=wrong) from error
        except (RuntimeError, NotImplementedError) as error:
            wrong = N_("is packed in a way that cannot be opened ({why})").format(why=str(error))
            raise FileRefused(file=packed.name, wrong=wrong) from error
        except OSError as error:
            wrong = N_("cannot be read: {why}").format(why=why(error))
            raise FileRefused(file=packed.name, wrong=wrong) from error


def chunks(packed: Packed) -> Iterator[bytes]:
    """All the bytes once, piece by piece, stopping at a bomb."""
    packed_size = max(1, packed.path.stat().st_size)
    total = 0
    with unpacked(packed) as stream:
        while piece := stream.read(CHUNK):
            total += len(piece)
            bomb = total > BOMB_BYTES and total > packed_size * BOMB_RATIO
            if total > MOST_BYTES or (bomb and packed.packing != "plain"):
                wrong = N_("unpacks to more than a table would; it was not opened further")
                raise FileRefused(file=packed.name, wrong=wrong)
            yield piece
