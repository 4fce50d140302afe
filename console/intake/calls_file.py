"""Calls of days that a desk had itself, from a CSV file, for a drill."""

from __future__ import annotations

import csv
import io
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.intake.reader import LONGEST_LINE
from store.domain.calendar_spec import shown
from store.domain.drill.calls import Call
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Final = ("opened", "latitude", "longitude", "trade", "priority")
_MOST: Final = 64 * 2**20
"""Bytes; some half a million calls."""
_YEARS: Final = timedelta(days=2 * 366)


def read_calls(path: str) -> list[Call]:
    """The calls in a file, or on standard input for `-`, the earliest first."""
    right = N_("give a CSV file with the columns {columns}").format(columns=", ".join(COLUMNS))
    try:
        read = sys.stdin.buffer.read(_MOST + 1) if path == "-" else _head(path)
        text = read.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise BadInput(where=path, wrong=why(error), right=right) from error
    if len(read) > _MOST:
        wrong = N_("it is longer than 64 MiB")
        raise BadInput(where=path, wrong=wrong, right=N_("give fewer days"))
    csv.field_size_limit(LONGEST_LINE)
    rows = csv.DictReader(io.StringIO(text, newline=None))
    try:
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            wrong = N_("no column {name}").format(name=missing[0])
            raise BadInput(where=path, wrong=wrong, right=right)
        timed = sorted(((_opened(row, rows.line_num), row, rows.line_num) for row in rows), key=_at)
    except csv.Error as error:
        where = f"{path} {rows.line_num}"
        raise BadInput(where=where, wrong=N_("this is no CSV"), right=right) from error
    if not timed:
        raise BadInput(where=path, wrong=N_("there is no call in it"), right=right)
    begins = timed[0][0].replace(hour=0, minute=0, second=0, microsecond=0)
    if timed[-1][0] - begins > _YEARS:
        wrong = N_("these are more than two years")
        raise BadInput(where=path, wrong=wrong, right=N_("give fewer days"))
    return [_call(row, line, (at - begins) / timedelta(minutes=1)) for at, row, line in timed]


def _head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(_MOST + 1)


def _at(timed: tuple[datetime, Mapping[str, str | None], int]) -> tuple[datetime, int]:
    return timed[0], timed[2]


def _opened(row: Mapping[str, str | None], line: int) -> datetime:
    """When somebody called; without a zone it is read as it stands."""
    try:
        at = datetime.fromisoformat(row["opened"] or "")
        return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    except (ValueError, OverflowError):
        raise _wrong(line, "opened", row, N_("give a time such as 2026-03-02 08:15")) from None


def _call(row: Mapping[str, str | None], line: int, at: float) -> Call:
    place = _number(row, line, "latitude", -90, 90), _number(row, line, "longitude", -180, 180)
    priority = _number(row, line, "priority", 1, 4)
    trade = (row["trade"] or "").strip()
    if not trade:
        raise _wrong(line, "trade", row, N_("give a text that is not empty"))
    return Call(at=at, place=place, trade=trade, priority=int(priority))


def _number(
    row: Mapping[str, str | None], line: int, name: str, least: float, most: float
) -> float:
    try:
        number = float(row[name] or "")
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        right = N_("give a number from {least} to {most}").format(least=least, most=most)
        raise _wrong(line, name, row, right)
    return number


def _wrong(line: int, name: str, row: Mapping[str, str | None], right: str) -> BadInput:
    value = row[name]
    wrong = N_("nothing is given")
    if value is not None:
        wrong = N_("{value} will not do").format(value=shown(value))
    return BadInput(where=f"line {line}, {name}", wrong=wrong, right=right)
