"""Copies of a few histories by the million, for stores that are made for measuring."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import text

from store.persistence import journal, people_state
from store.persistence.arrivals import ArrivalWork
from store.persistence.bulk import COLUMNS, insert_raw
from store.persistence.journal import JOURNAL
from store.persistence.patterns import STAND_IN, Copies, Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.history import History
    from store.persistence.patterns import Rows

_PAGES_KIB = 200_000
"""How much of an SQLite file is held in memory meanwhile: copies hit its indexes everywhere."""


class CopyWork(ArrivalWork):
    """A pattern's rows come from the same code as any other order's, once; copies follow it."""

    def pattern(self, history: History) -> Pattern:
        """A history made ready to be copied; its people and places are stand-ins."""
        order = replace(history.order, **STAND_IN)
        rows: Rows = {table.name: [] for table in COLUMNS}
        laid = {table: rows[table.name] for table in COLUMNS if table is not JOURNAL}
        self._lay_out(order, laid)
        return Pattern(replace(history, order=order), laid, via=self.who.via)

    def reserve(self, count: int) -> Sequence[int]:
        """Order numbers that nobody else will be given, also after this transaction."""
        numbers = self.numbers(count)
        if self.kind == "sqlite" and numbers:
            given = {"last": numbers[-1]}
            moved = text("UPDATE sqlite_sequence SET seq = :last WHERE name = 'work_order'")
            if not self.conn.execute(moved, given).rowcount:
                first = "INSERT INTO sqlite_sequence (name, seq) VALUES ('work_order', :last)"
                self.conn.execute(text(first), given)
        return numbers

    def land(self, copies: Copies) -> None:
        """Store what `patterns.copied` made; some ten thousand orders a transaction serve best."""
        self.flush()
        if self.kind == "sqlite":
            self.conn.exec_driver_sql(f"PRAGMA cache_size=-{_PAGES_KIB}")
        people_state.hold(self.conn, copies.technicians)
        for table, columns in COLUMNS.items():
            insert_raw(self.conn, self.kind, table, columns, copies.rows[table.name])
        if copies.numbers:
            self.seq = journal.last_written(self.conn, self.kind)
            people_state.refresh(self.conn, copies.technicians, at=self.at, told=True)
