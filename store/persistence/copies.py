"""Copies of a few histories by the million: rows filled from patterns, past the domain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.persistence import journal, people_state
from store.persistence.arrivals import ArrivalWork
from store.persistence.bulk import COLUMNS, insert_raw
from store.persistence.patterns import STAND_IN, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Table

    from store.domain.copies import Copy
    from store.domain.history import History

Tuple = tuple[Any, ...]


class CopyWork(ArrivalWork):
    """Fills a store faster than any desk could work."""

    def pattern(self, history: History) -> Pattern:
        """A history as it is copied; its site, customer and people are stand-ins."""
        rows: dict[Table, list[Tuple]] = {table: [] for table in COLUMNS}
        self._lay_out(replace(history.order, **STAND_IN), rows)
        return Pattern(history, rows, via=self.who.via)

    def copy_many(self, patterns: Sequence[Pattern], copies: Iterable[Copy]) -> list[int]:
        """New orders as copies of patterns; their numbers, in order."""
        given = list(copies)
        if not given:
            return []
        self.flush()
        numbers = self.numbers(len(given))
        rows: dict[Table, list[Tuple]] = {table: [] for table in COLUMNS}
        technicians: set[int] = set()
        for number, copy in zip(numbers, given, strict=True):
            pattern = patterns[copy.pattern]
            pattern.fill(number, copy, rows)
            technicians.update(copy.technicians[: pattern.held])
        for table, made in rows.items():
            insert_raw(self.conn, self.kind, table, COLUMNS[table], made)
        self.seq = journal.last_written(self.conn, self.kind)
        people_state.refresh(self.conn, technicians, at=self.at)
        return numbers
