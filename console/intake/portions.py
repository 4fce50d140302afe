"""The orders of a file in portions: as many as a transaction should bring, with their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.intake import grouping
from console.intake.troubles import RowRefused
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.intake.mapping import Mapper, Picture
    from console.intake.reader import Row, Table
    from console.intake.rejects import Rejects

MOST_TEXT = 16 << 20
"""Characters of cells after which a portion is full: they are held until its orders are stored."""


@dataclass(slots=True)
class Portion:
    """Some orders of a file, one after another."""

    orders: list[list[Picture]] = field(default_factory=list)
    """The pictures of each."""
    rows: dict[int, Row] = field(default_factory=dict)
    """What these were read from, by line."""
    text: int = 0
    """Characters in the cells of the rows."""


class Portions:
    """Reads a file on; rows that give no picture go to the rejects on the way."""

    def __init__(
        self, table: Table, mapper: Mapper, mode: str, rejects: Rejects, *, titled: bool
    ) -> None:
        group = grouping.by_order if mode == "events" else grouping.one_by_one
        self._groups = group(table, mapper.key)
        self._mapper = mapper
        self._rejects = rejects
        self._titled = titled
        """Whether an order without a title is refused."""

    def parted(self, most: int, *, first: int) -> Iterator[Portion]:
        """All portions, of at most so many orders each; one ends after the `first` orders."""
        come = 0
        while True:
            portion = self._next(min(most, first - come) if come < first else most)
            if not portion.orders:
                return
            come += len(portion.orders)
            yield portion

    def _next(self, most: int) -> Portion:
        portion = Portion()
        while len(portion.orders) < most and portion.text < MOST_TEXT:
            rows = next(self._groups, None)
            if rows is None:
                break
            self._add(portion, rows)
        return portion

    def _add(self, portion: Portion, rows: list[Row]) -> None:
        pictures: list[Picture] = []
        for row in rows:
            try:
                pictures.append(self._mapper.read(row))
            except RowRefused as refused:
                self._rejects.add(row, refused)
            else:
                portion.rows[row.line] = row
                portion.text += sum(map(len, row.cells))
        if pictures and self._titled and not any(one.text("title") for one in pictures):
            for one in pictures:
                self._rejects.add(portion.rows.pop(one.line), RowRefused(wrong=_NAMELESS))
        elif pictures:
            portion.orders.append(pictures)


_NAMELESS = N_("has no title: write what it is about")
