"""A spreadsheet in memory: numbers are numbers, words are words, and columns are wide enough."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len

from console.intake.marks import FORMULA
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | int | float | None

_WIDEST: Final = 60
_MEASURED: Final = 500
"""So many rows tell how wide a column is to be."""
_LONGEST: Final = 32_767
"""Characters that a cell can hold."""
_NAMED: Final = 31
_NOT_NAMED: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One of its sheets; the heads stay in sight while one scrolls."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    said: Sequence[str] = ()
    """Lines above the heads."""


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file; no word in it is a formula or a link, whatever it begins with."""
    import xlsxwriter  # costs a quarter of a second, and only who writes one needs it

    held = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        strong = book.add_format({"bold": True, "bottom": 1})
        guard = book.add_format({"quote_prefix": True})
        names: set[str] = set()
        for sheet in sheets:
            _written(book.add_worksheet(_name(sheet.name, names)), sheet, strong, guard)
    return held.getvalue()


def _name(wanted: str, names: set[str]) -> str:
    """One that a sheet may have, and no other one has."""
    base = safe(wanted).translate(_NOT_NAMED).strip(" '")[:_NAMED] or "-"
    name, number = base, 1
    while name.casefold() in names:
        number += 1
        name = f"{base[: _NAMED - 4]} {number}"
    names.add(name.casefold())
    return name


def _written(page: Any, sheet: Sheet, strong: Any, guard: Any) -> None:
    for line, said in enumerate(sheet.said):
        page.write_string(line, 0, safe(said)[:_LONGEST])
    top = len(sheet.said) + bool(sheet.said)
    widths = [cell_len(head) for head in sheet.heads]
    for place, head in enumerate(sheet.heads):
        page.write_string(top, place, head, strong)
    page.freeze_panes(top + 1, 0)
    for line, row in enumerate(sheet.rows, top + 1):
        for place, cell in enumerate(row):
            _put(page, line, place, cell, guard)
            if line - top <= _MEASURED and cell is not None:
                widths[place] = max(widths[place], cell_len(str(cell)))
    for place, width in enumerate(widths):
        page.set_column(place, place, min(width, _WIDEST) + 2)


def _put(page: Any, line: int, place: int, cell: Cell, guard: Any) -> None:
    if isinstance(cell, str):
        text = safe(cell, multiline=True)[:_LONGEST]
        page.write_string(line, place, text, guard if text.startswith(FORMULA) else None)
    elif cell is not None:
        page.write_number(line, place, cell)
