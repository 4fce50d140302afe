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
from console.intake.records import Record, records
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
_SEP = re.compile('"?sep=(.)"?', re.IGNORECASE)
"""What a spreadsheet writes above the header where its delimiter is not the usual one."""

csv.field_size_limit(2 * LONGEST_LINE)  # a row of many lines has as many characters, and its first


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
    if kind == "csv" and (mark := _told_mark(head[0])):
        delimiter, head = delimiter or mark, head[1:]
    delimiter = delimiter or sniffed(head)
    header = _keys(head) if kind == "jsonl" else _split(head, delimiter, packed.name)
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


def _told_mark(line: str) -> str:
    """The delimiter that a spreadsheet says in a line above the header; else an empty text."""
    said = _SEP.fullmatch(line.strip())
    return said[1] if said is not None else ""


def _split(head: list[str], delimiter: str, file: str) -> list[str]:
    lines = iter(head)
    first = next(records(lambda: next(lines, ""), delimiter), None)
    if first is not None and first.wrong:
        wrong = N_("cannot be read: in its header {wrong}").format(wrong=first.wrong)
        raise FileRefused(file=file, wrong=wrong)
    return [] if first is None else [name.strip() for name in first.cells]


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


def _csv_rows(table: Table) -> Iterator[Row]:
    width, headed = len(table.header), False
    with _text(table.packed, table.encoding) as text:
        read = partial(text.readline, LONGEST_LINE)
        for record in records(read, table.delimiter):
            cells = record.cells
            if not any(cells) or (record.line == 1 and _told_mark(record.lines[0])):
                continue
            if not headed:
                headed = True
                continue
            if table.rejected:
                cells = [bared(cell) for cell in cells[len(HEAD) :]]
            while len(cells) > width and not cells[-1].strip():
                cells.pop()  # empty cells behind the last column say nothing
            yield Row(line=record.line, cells=cells, wrong=_fault(record, cells, table))


def _fault(record: Record, cells: list[str], table: Table) -> RowRefused | None:
    width = len(table.header)
    if record.wrong:
        return RowRefused(wrong=record.wrong)
    if len(cells) != width:
        wrong = _MORE if len(cells) > width else _FEWER
        said = wrong.format(n=len(cells), width=width, mark=table.delimiter)
        return RowRefused(wrong=said)
    if any("\0" in line for line in record.lines):
        return RowRefused(wrong=N_("holds a zero byte, which no text has; the file is damaged"))
    return _lost(record.lines, table.encoding)


_MORE = N_("has {n} columns where the header has {width}; put a text that holds “{mark}” in quotes")
_FEWER = N_("has {n} columns where the header has {width}; those that say nothing stay empty")


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
