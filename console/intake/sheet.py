"""The first sheet of a spreadsheet file as CSV, for whoever reads rows; nothing in it is run."""

from __future__ import annotations

import csv
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from console.intake.cells import PLAIN, Format, format_of, moment_shown, shown
from console.intake.marks import guarded
from console.intake.troubles import FileRefused
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_CODED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_BYTES: Final = 256 << 20
"""Of one part of the file, unpacked: more is no list of customers."""
_MOST_COLUMNS: Final = 1_000
_MOST_PARTS: Final = 100_000
"""Of one row, or one text."""
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, ElementTree.ParseError, zlib.error, lzma.LZMAError, LookupError),
    *(ValueError, EOFError, NotImplementedError, RuntimeError, OSError),
)
"""What is raised of a file that is cut off, changed on its way, locked, or something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What cells refer to."""

    texts: list[str]
    formats: list[Format]
    since_1904: bool
    """Whether its days are counted from 1904 on, as once on Macs."""

    def format_of(self, cell: ElementTree.Element) -> Format:
        """Of one cell; the plain one where the file has none of that number."""
        place = int(cell.get("s", "0"))
        return self.formats[place] if 0 <= place < len(self.formats) else PLAIN


def is_sheet(path: Path) -> bool:
    """Whether a file is called as spreadsheets are."""
    return path.suffix.casefold() == ".xlsx"


def to_csv(path: Path, out: IO[str]) -> None:
    """Write the rows of the first sheet; FileRefused where it is none that can be read."""
    try:
        with zipfile.ZipFile(path) as packed:
            book = _Book(
                texts=_shared(packed), formats=_formats(packed), since_1904=_since_1904(packed)
            )
            writer = csv.writer(out, lineterminator="\n")
            for row in _rows(packed, _first(packed), book):
                writer.writerow(map(guarded, row))
    except _UNREADABLE as error:
        wrong: str = N_("is no spreadsheet that can be read")
        if isinstance(error, OSError) and error.errno is not None:
            wrong = N_("cannot be read: {why}").format(why=why(error))
        raise FileRefused(file=path.name, wrong=wrong) from error


def _open(packed: zipfile.ZipFile, name: str) -> IO[bytes]:
    if packed.getinfo(name).file_size > _MOST_BYTES:
        raise ValueError(name)
    return packed.open(name)


def _elements(packed: zipfile.ZipFile, name: str, tag: str) -> Iterator[ElementTree.Element]:
    """The elements of one kind, whole; all else is forgotten as soon as it is over."""
    around: list[ElementTree.Element] = []
    within = 0
    with _open(packed, name) as file:
        for event, element in ElementTree.iterparse(file, events=("start", "end")):
            if event == "start":
                within += within > 0 or element.tag == tag
                around.append(element)
                if within > _MOST_PARTS:
                    raise ValueError(name)
                continue
            around.pop()
            if element.tag == tag:
                within = 0
                yield element
            if not within and around:
                around[-1].clear()


def _shared(packed: zipfile.ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in packed.namelist():
        return []
    return [_text(one) for one in _elements(packed, name, f"{_MAIN}si")]


def _text(element: ElementTree.Element) -> str:
    said = "".join(part.text or "" for part in element.iter(f"{_MAIN}t"))
    return _CODED.sub(lambda found: chr(int(found[1], 16)), said)


def _formats(packed: zipfile.ZipFile) -> list[Format]:
    """How cells look, by the number that they have."""
    name = "xl/styles.xml"
    if name not in packed.namelist():
        return []
    written = {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for one in _elements(packed, name, f"{_MAIN}numFmt")
    }
    found: list[Format] = []
    for looks in _elements(packed, name, f"{_MAIN}cellXfs"):
        for one in looks.iter(f"{_MAIN}xf"):
            number = one.get("numFmtId", "0")
            found.append(format_of(int(number), written.get(number)))
    return found


def _since_1904(packed: zipfile.ZipFile) -> bool:
    told = next(_elements(packed, "xl/workbook.xml", f"{_MAIN}workbookPr"), None)
    return told is not None and told.get("date1904", "") in {"1", "true", "on"}


def _first(packed: zipfile.ZipFile) -> str:
    """Where the first sheet lies."""
    first = next(_elements(packed, "xl/workbook.xml", f"{_MAIN}sheet"), None)
    if first is None:
        raise KeyError("sheet")
    sheet = first.get(_LINK)
    with _open(packed, "xl/_rels/workbook.xml.rels") as file:
        for link in ElementTree.parse(file).getroot():
            if link.get("Id") == sheet:
                target = link.get("Target", "").lstrip("/")
                return target if target.startswith("xl/") else f"xl/{target}"
    raise KeyError(sheet)


def _rows(packed: zipfile.ZipFile, name: str, book: _Book) -> Iterator[list[str]]:
    for row in _elements(packed, name, f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            place = _column(cell.get("r", ""), len(cells))
            cells += [""] * (place - len(cells))
            cells.append(_told(cell, book))
        if any(cells):
            yield cells


def _column(name: str, usual: int) -> int:
    found = _PLACE.fullmatch(name)
    if found is None:
        return usual
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    if place > _MOST_COLUMNS:
        raise ValueError(name)
    return place - 1


def _told(cell: ElementTree.Element, book: _Book) -> str:
    kind = cell.get("t", "")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.find(f"{_MAIN}v")
    said = "" if value is None or value.text is None else value.text
    if kind == "s" and said:
        return book.texts[int(said)]
    if kind == "str":
        return _CODED.sub(lambda found: chr(int(found[1], 16)), said)
    if kind == "d":
        return moment_shown(said)
    number = kind in {"", "n"} and said
    return shown(said, book.format_of(cell), since_1904=book.since_1904) if number else said
