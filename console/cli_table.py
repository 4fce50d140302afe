"""Tables on a terminal or in a pipe: columns as wide as their cells, Chinese counted as two."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from console.render_time import here
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

GAP = 2
LEAST = 12
"""No column of text is squeezed below so many cells."""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None) -> list[str]:
    """The lines of a table; with a width, the widest columns give way until it fits."""
    cleaned = [[safe(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(heads, *cleaned, strict=True)]
    if width is not None:
        _squeeze(widths, width - GAP * (len(widths) - 1))
    return [_line(row, widths) for row in (heads, *cleaned)]


def screen_width() -> int | None:
    """The terminal's columns; None in a pipe, where nothing is cut."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return None


def local(at: datetime | None) -> str:
    """An instant by the wall clock here, to the minute."""
    return "" if at is None else here(at, None).strftime("%Y-%m-%d %H:%M")


def _squeeze(widths: list[int], room: int) -> None:
    while sum(widths) > room and max(widths) > LEAST:
        widths[widths.index(max(widths))] -= 1


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return (" " * GAP).join(_fit(cell, width) for cell, width in cells).rstrip()


def _fit(cell: str, width: int) -> str:
    if cell_len(cell) > width:
        return set_cell_size(set_cell_size(cell, width - 1) + "…", width)
    return set_cell_size(cell, width)
