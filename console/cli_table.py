"""Tables on a terminal or in a pipe: columns as wide as their cells, Chinese counted as two."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from console.render_time import here
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

GAP = 2
LEAST = 8
HEAD = 4
"""No column of text is squeezed below so many cells, no head below so many."""
WHOLE, ROOMY = 7, 12
"""A head of so many cells is cut only once all texts are squeezed to so many."""
_TIME = re.compile(r"(\d{4}-)?\d\d-\d\d \d\d:\d\d")


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None,
    at: datetime,
    firm: Collection[int] = (),
) -> list[str]:
    """The lines of a table; with a width, times lose this year and the widest texts give way.

    Never the first column, whose codes and numbers are there to be copied, nor the `firm` ones.
    """
    cleaned = [[safe(cell) for cell in row] for row in rows]
    if width is not None:
        cleaned = [[_near(cell, at) for cell in row] for row in cleaned]
    columns = list(zip(*cleaned, strict=True)) or [()] * len(heads)
    least = [max(map(cell_len, column), default=0) for column in columns]
    widths = [max(cell_len(head), cells) for head, cells in zip(heads, least, strict=True)]
    if width is not None:
        times = {i for i, column in enumerate(columns) if any(map(_TIME.fullmatch, column))}
        held = {0, *firm, *times}
        floor = [n if i in held else min(n, LEAST) for i, n in enumerate(least)]
        _squeeze(widths, least, floor, width - GAP * (len(widths) - 1))
    return [_line(row, widths) for row in (heads, *cleaned)]


def _near(cell: str, at: datetime) -> str:
    """A time of this year without the year; any other text as it is."""
    this_year = here(at, None).strftime("%Y-")
    return cell.removeprefix(this_year) if _TIME.fullmatch(cell) else cell


def screen_width() -> int | None:
    """The terminal's columns; None in a pipe, where nothing is cut."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return None


def local(at: datetime | None) -> str:
    """An instant by the wall clock here, to the minute."""
    return "" if at is None else here(at, None).strftime("%Y-%m-%d %H:%M")


def _squeeze(widths: list[int], least: list[int], floor: list[int], room: int) -> None:
    """Take from the heads first, then from the texts, always where there is most."""
    heads = [min(width, WHOLE) for width in widths]
    roomy = [n if n == bound else min(n, ROOMY) for n, bound in zip(least, floor, strict=True)]
    short = [HEAD] * len(widths)
    for cells, head in ((least, heads), (roomy, heads), (least, short), (floor, short)):
        bounds = [max(n, bound) for n, bound in zip(cells, head, strict=True)]
        while sum(widths) > room:
            excess = [width - bound for width, bound in zip(widths, bounds, strict=True)]
            if max(excess) <= 0:
                break
            loose = [i for i, over in enumerate(excess) if over > 0]
            widths[max(loose, key=lambda i: widths[i])] -= 1


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return (" " * GAP).join(_fit(cell, width) for cell, width in cells).rstrip()


def _fit(cell: str, width: int) -> str:
    if cell_len(cell) > width:
        return set_cell_size(set_cell_size(cell, width - 1) + "…", width)
    return set_cell_size(cell, width)
