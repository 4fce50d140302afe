"""A spreadsheet in memory: numbers are numbers, words are words, and columns are wide enough."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len

from console.i18n import _
from console.intake.marks import FORMULA
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | int | float | None

_WIDEST: Final = 60
_MEASURED: Final = 500
"""So many rows tell how wide a column is to be."""
LONGEST: Final = 32_767
"""How much a cell can hold, in halves of those letters that take two."""
MOST_ROWS: Final = 1_048_576
"""Lines that a sheet can have."""
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


def workbook(sheets: Iterable[Sheet], *, most_rows: int = MOST_ROWS) -> bytes:
    """The file; no word in it is a formula or a link, whatever it begins with.

    What has more rows than a sheet can have goes on in another one, under the same heads.
    """
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
            _written(_Book(book, strong, guard, names), sheet, most_rows)
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


@dataclass(frozen=True, slots=True)
class _Book:
    """What is being written, and how words look in it."""

    book: Any
    strong: Any
    guard: Any
    names: set[str]

    def page(self, sheet: Sheet, said: Sequence[str]) -> tuple[Any, int]:
        """A new sheet with its heads, and the first line after them."""
        page = self.book.add_worksheet(_name(sheet.name, self.names))
        for line, words in enumerate(said):
            page.write_string(line, 0, held(words))
        top = len(said) + bool(said)
        for place, head in enumerate(sheet.heads):
            page.write_string(top, place, head, self.strong)
        page.freeze_panes(top + 1, 0)
        return page, top + 1


def _written(book: _Book, sheet: Sheet, most_rows: int) -> None:
    page, line = book.page(sheet, sheet.said)
    pages = [page]
    widths = [cell_len(head) for head in sheet.heads]
    for count, row in enumerate(sheet.rows):
        if line >= most_rows:
            page, line = book.page(sheet, [_("This goes on from the sheet before.")])
            pages.append(page)
        for place, cell in enumerate(row):
            _put(page, line, place, cell, book.guard)
            if count < _MEASURED and cell is not None:
                widths[place] = max(widths[place], cell_len(str(cell)))
        line += 1
    for page in pages:
        for place, width in enumerate(widths):
            page.set_column(place, place, min(width, _WIDEST) + 2)


def _put(page: Any, line: int, place: int, cell: Cell, guard: Any) -> None:
    if isinstance(cell, str):
        text = held(cell, multiline=True)
        page.write_string(line, place, text, guard if text.startswith(FORMULA) else None)
    elif cell is not None:
        page.write_number(line, place, cell)


def held(words: str, *, multiline: bool = False) -> str:
    """A text as far as a cell can hold it; where that is not all of it, the cell ends saying so."""
    text = safe(words, multiline=multiline, limit=2 * LONGEST)
    if len(text) * 2 <= LONGEST:
        return text
    told = text.encode("utf-16-le", "surrogatepass")
    if len(told) <= 2 * LONGEST:
        return text
    said = _(" … (only the beginning of {count} characters: a cell holds no more)")
    end = said.format(count=len(words))
    kept = told[: 2 * (LONGEST - len(end))].decode("utf-16-le", "ignore")
    return kept + end
