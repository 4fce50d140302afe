"""Columns that share a width: fixed ones, one that takes the rest, some only when there is room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Align = Literal["left", "right"]
_MORE = "…"
_AIRY: Final = 2
"""So many cells more between columns where they are to spare: the eye finds its line."""
ROOMY: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; widths in cells."""

    name: str
    title: str
    width: int
    """Exactly this wide, or as wide as its title; at least this wide where `flexible`."""
    align: Align = "left"
    flexible: bool = False
    clock: bool = False
    """Drawn from the row's `due_at` when the table is told the time."""
    since: int = 0
    """Shown only in tables at least this wide."""
    roomy: int = 0
    """How wide instead in tables of `ROOMY` cells: names need not be cut where there is room."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column in its place."""

    column: Column
    cell: int
    """Which of a row's cells it shows; -1 for the clock."""
    x: int
    width: int


def fit(
    columns: Sequence[Column],
    width: int,
    *,
    left: int,
    right: int,
    gap: int = 1,
    needs: Mapping[str, int] | None = None,
) -> tuple[Slot, ...]:
    """Place the columns that a table `width` cells wide has room for between two margins.

    `needs` says how wide the widest cell of a column is, where that is known of all rows: then
    none is cut while another has more than it needs, and what is left over stays to the right.
    """
    cells = _cell_numbers(columns)
    shown = [column for column in columns if column.since <= width]
    if width >= ROOMY:
        shown = [replace(one, width=one.roomy) if one.roomy else one for one in shown]
    shown = [replace(one, width=max(one.width, cell_len(one.title))) for one in shown]
    if needs is not None:
        shown, gap = _shared(shown, width - left - right, gap, needs)
    width -= right
    free = width - left - sum(column.width + gap for column in shown)
    flexible = [column for column in shown if column.flexible]
    share, rest = divmod(max(0, free + gap), len(flexible)) if flexible else (0, 0)
    slots: list[Slot] = []
    x = left
    for column in shown:
        extra = share + (rest if column is flexible[-1] else 0) if column.flexible else 0
        wide = min(column.width + extra, width - x)
        if wide > 0:
            slots.append(Slot(column, cells[column.name], x, wide))
        x += wide + gap
    return tuple(slots)


def _shared(
    columns: Sequence[Column], room: int, gap: int, needs: Mapping[str, int]
) -> tuple[list[Column], int]:
    """The columns as wide as their cells need, or as fairly as there is room, and their gap."""
    wants = [_wanted(column, needs.get(column.name, 0)) for column in columns]
    widths = [min(column.width, want) for column, want in zip(columns, wants, strict=True)]
    free = room - sum(widths) - gap * (len(columns) - 1)
    for growing in (True, False):  # those of one width only take what the others leave
        places = [n for n, column in enumerate(columns) if column.flexible is growing]
        free = _grown(widths, wants, places, free)
    airy = min(_AIRY, max(0, free) // max(1, len(columns) - 1))
    fixed = zip(columns, widths, strict=True)
    return [replace(column, width=wide, flexible=False) for column, wide in fixed], gap + airy


def _grown(widths: list[int], wants: Sequence[int], places: Sequence[int], free: int) -> int:
    """Widen the columns at some places alike, up to what they want; tells what is still free."""
    while free > 0 and (narrow := [n for n in places if widths[n] < wants[n]]):
        share = max(1, free // len(narrow))
        for place in narrow:
            more = min(share, wants[place] - widths[place], free)
            widths[place] += more
            free -= more
    return free


def _wanted(column: Column, need: int) -> int:
    return max(cell_len(column.title) if column.flexible else column.width, need)


def _cell_numbers(columns: Sequence[Column]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for column in columns:
        numbers[column.name] = -1 if column.clock else sum(n >= 0 for n in numbers.values())
    return numbers


@lru_cache(maxsize=1024)
def fit_text(text: str, width: int, align: Align = "left") -> str:
    """The text exactly `width` cells wide, cut with a sign that more follows."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + _MORE if width > 1 else set_cell_size(text, width)
    padding = " " * (width - length)
    return padding + text if align == "right" else text + padding
