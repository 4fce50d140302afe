"""A file of answers of customers: each row the answer about one order, whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from console.intake.marks import bared
from console.intake.troubles import FileRefused, RowRefused
from store.commands.heard import RateOrder
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.intake.reader import Row, Table

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "order": ("order", "number", "工单", "单号", "工单号"),
    "csat": ("csat", "满意度"),
    "nps": ("nps", "推荐度"),
    "words": ("words", "said", "comment", "原话", "意见"),
    "at": ("at", "answered_at", "时间", "回答时间"),
}
"""What a column may be called, by what it fills; the first is how we write it."""
_DIGITS: Final = 12
_SHOWN: Final = 40


def columns_of(table: Table) -> dict[str, int]:
    """Where each column stands; FileRefused where orders or both figures lack, or one is twice."""
    found: dict[str, int] = {}
    for place, head in enumerate(table.header):
        said = head.strip().casefold().replace(" ", "_")
        name = next((name for name, words in COLUMNS.items() if said in words), None)
        if name in found:
            wrong = N_("has two columns for {name}").format(name=name)
            raise FileRefused(file=table.packed.name, wrong=wrong)
        if name is not None:
            found[name] = place
    if "order" not in found or found.keys().isdisjoint({"csat", "nps"}):
        wrong = N_("names no column order and csat or nps in its first line")
        raise FileRefused(file=table.packed.name, wrong=wrong)
    return found


def command_of(
    row: Row, columns: Mapping[str, int], *, csv_cells: bool, replace: bool = False
) -> RateOrder:
    """The answer that a row tells; RowRefused with what is wrong with it."""
    if row.wrong is not None:
        raise row.wrong
    cells = {
        name: (bared(row.cells[place]) if csv_cells else row.cells[place]).strip()
        for name, place in columns.items()
        if place < len(row.cells)
    }
    number = _whole(cells.get("order", "").removeprefix("#"), "order")
    if number is None:
        raise RowRefused(wrong=N_("the order is not named"))
    given: dict[str, Any] = {name: _whole(cells.get(name, ""), name) for name in ("csat", "nps")}
    said, at = cells.get("words", ""), _instant(cells.get("at", ""))
    return RateOrder(number=number, **given, said=said, at=at, first=not replace)


def _whole(text: str, where: str) -> int | None:
    if not text:
        return None
    digits = text.removesuffix(".0")
    if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS:
        return int(digits)
    wrong = N_("{name}: “{text}” is no whole number")
    raise RowRefused(wrong=wrong.format(name=where, text=safe(text, limit=_SHOWN)))


def _instant(text: str) -> datetime | None:
    """When he answered; without a zone by the wall clock of this machine."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        wrong = N_("at: “{text}” is no time such as 2026-03-02 08:15")
        raise RowRefused(wrong=wrong.format(text=safe(text, limit=_SHOWN))) from error
