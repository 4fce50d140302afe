"""Rows out of a file: CSV or JSON lines, in any usual packing and alphabet, one at a time."""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from console.intake import encodings, packing
from console.intake.marks import BEGINNING, HEAD, bared
from console.intake.troubles import FileRefused, RowRefused
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.intake.packing import Packed

LONGEST_LINE = 8 << 20
"""A longer line, in bytes, is no row of a table."""
DELIMITERS = (",", ";", "\t", "|")
_HEAD_LINES = 50
_STRAY = re.compile("[\udc80-\udcff]")
"""What a byte that is no UTF-8 becomes; U+FFFD may be the file's own."""
_LOST = re.compile("\ufffd")

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it stands in the file: where it begins, its cells, and what is wrong with it."""

    line: int
    cells: list[str]
    wrong: RowRefused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file that has been read through once and can be read again row by row."""

    packed: Packed
    digest: str
    """SHA-256 of the unpacked bytes."""
    size: int
    """Unpacked bytes."""
    lines: int
    encoding: str
    kind: str
    """`csv` or `jsonl`."""
    delimiter: str
    header: tuple[str, ...]
    """Column names of CSV; every key met in the first lines of JSON lines."""

    rejected: bool = False
    """Whether it holds rejected rows: line and reason stand before the cells."""

    def rows(self) -> Iterator[Row]:
        """Every row in order; JSON objects as cells in the header's order."""
        return _json_rows(self) if self.kind == "jsonl" else _csv_rows(self)


def examine(
    path: Path, *, member: str = "", encoding: str = "", delimiter: str = "", kind: str = ""
) -> Table:
    """Read a file through once: that it is whole, what it is written in, and its columns.

    What is given is believed, the rest is found out; rejected rows are as we write them, whatever
    file they came from. FileRefused where it is no table.
    """
    packed = packing.look(path, member=member)
    ear, digest, lines, size = _heard(packed)
    rejected = ear.head.removeprefix(codecs.BOM_UTF8).startswith(BEGINNING)
    if rejected:
        encoding, delimiter, kind = "", ",", "csv"
    found = encoding or ear.verdict()
    if not found:
        raise FileRefused(file=packed.name, wrong=N_("is not a text file"))
    head = _head(packed, found)
    if not head:
        raise FileRefused(file=packed.name, wrong=N_("has no line of text"))
    kind = kind or ("jsonl" if head[0].lstrip().startswith("{") else "csv")
    if head[0].lstrip().startswith("[") and kind == "jsonl":
        wrong = N_("is one JSON list; write one object a line instead (JSON lines)")
        raise FileRefused(file=packed.name, wrong=wrong)
    delimiter = delimiter or sniffed(head)
    header = _keys(head) if kind == "jsonl" else _split(head, delimiter)
    return Table(
        packed=packed,
        digest=digest,
        size=size,
        lines=lines,
        encoding=found,
        kind=kind,
        delimiter=delimiter,
        header=tuple(header[len(HEAD) :] if rejected else header),
        rejected=rejected,
    )


def _heard(packed: Packed) -> tuple[encodings.Ear, str, int, int]:
    ear, sha = encodings.Ear(), hashlib.sha256()
    lines = size = run = 0
    for piece in packing.chunks(packed):
        sha.update(piece)
        ear.hear(piece)
        breaks = piece.count(b"\n") or piece.count(b"\r")
        lines += breaks
        size += len(piece)
        run = run + len(piece) if not breaks else 0
        if run > LONGEST_LINE:
            wrong = N_("has a line of more than {n} MiB; it is no table")
            raise FileRefused(file=packed.name, wrong=wrong.format(n=LONGEST_LINE >> 20))
    if not size:
        raise FileRefused(file=packed.name, wrong=N_("is empty"))
    return ear, sha.hexdigest(), lines, size


@contextlib.contextmanager
def _text(packed: Packed, encoding: str) -> Iterator[io.TextIOWrapper]:
    # Bytes that do not fit mark their own row; they do not end the file.
    stray = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with packing.unpacked(packed) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, errors=stray, newline="")
        try:
            yield text
        finally:
            text.detach()


def _head(packed: Packed, encoding: str) -> list[str]:
    head: list[str] = []
    try:
        with _text(packed, encoding) as text:
            for line in text:
                if line.strip():
                    head.append(line)
                if len(head) >= _HEAD_LINES:
                    break
    except (UnicodeError, LookupError) as error:
        wrong = N_("cannot be read as {encoding}").format(encoding=encoding)
        raise FileRefused(file=packed.name, wrong=wrong) from error
    return head


def sniffed(head: list[str]) -> str:
    """The delimiter that splits the first lines into the most columns, alike in most of them."""
    best, score = ",", 1.0
    for mark in DELIMITERS:
        widths = [len(cells) for cells in csv.reader(head, delimiter=mark) if cells]
        if not widths or widths[0] < 2:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        if widths[0] * alike > score:
            best, score = mark, widths[0] * alike
    return best


def _split(head: list[str], delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader(head, delimiter=delimiter), [])]
    except csv.Error:
        return []


def _keys(head: list[str]) -> list[str]:
    keys: dict[str, None] = {}
    for line in head:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            keys.update(dict.fromkeys(value))
    return list(keys)


class _Lines:
    """The lines that a CSV reader is fed, with those of the row in hand kept."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.fed: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for line in iter(partial(self._text.readline, LONGEST_LINE), ""):
            self.fed.append(line)
            yield line
        self.ended = True


def _csv_rows(table: Table) -> Iterator[Row]:
    with _text(table.packed, table.encoding) as text:
        lines = _Lines(text)
        reader = csv.reader(iter(lines), delimiter=table.delimiter)
        width, headed, fed = len(table.header), False, lines.fed
        while True:
            fed.clear()
            begins = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                wrong = RowRefused(wrong=N_("cannot be read: {why}").format(why=str(error)))
                yield Row(line=begins, cells=[], wrong=wrong)
                continue
            if not any(cells):
                continue
            if not headed:
                headed = True
                continue
            if table.rejected:
                cells = [bared(cell) for cell in cells[len(HEAD) :]]
            yield Row(line=begins, cells=cells, wrong=_fault(cells, width, lines, table.encoding))


def _fault(cells: list[str], width: int, lines: _Lines, encoding: str) -> RowRefused | None:
    if lines.ended and len(lines.fed) > 1 and sum(line.count('"') for line in lines.fed) % 2:
        return RowRefused(wrong=N_("a quote opens here and is never closed"))
    if len(cells) != width:
        wrong = N_("has {n} columns where the header has {width}")
        return RowRefused(wrong=wrong.format(n=len(cells), width=width))
    return _lost(lines.fed, encoding)


def _lost(lines: list[str], encoding: str) -> RowRefused | None:
    for line in lines:
        if not line.isascii():
            mark = _STRAY if encoding.startswith("utf-8") else _LOST
            if mark.search(line):
                return RowRefused(wrong=N_("holds bytes that are not of the file's encoding"))
    return None


def _json_rows(table: Table) -> Iterator[Row]:
    with _text(table.packed, table.encoding) as text:
        lines = iter(partial(text.readline, LONGEST_LINE), "")
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _json_row(line, number, table)


def _json_row(line: str, number: int, table: Table) -> Row:
    lost = _lost([line], table.encoding)
    if lost is not None:
        return Row(line=number, cells=[line], wrong=lost)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return Row(line=number, cells=[line], wrong=RowRefused(wrong=N_("is not JSON")))
    if not isinstance(value, dict):
        return Row(line=number, cells=[line], wrong=RowRefused(wrong=N_("is not a JSON object")))
    return Row(line=number, cells=[cell_of(value.get(name)) for name in table.header])


def cell_of(value: object) -> str:
    """A value of a JSON object as the cell it would be."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
