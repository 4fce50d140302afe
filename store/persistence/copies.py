"""Copies of a few histories by the million, for stores that are made for measuring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from store.persistence.arrivals import ArrivalWork

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.history import History
    from store.domain.rules import Rules
    from store.persistence.pattern_docs import Names
    from store.persistence.patterns import Copies, Pattern

_PAGES_KIB = 200_000
"""How much of an SQLite file is held in memory meanwhile: copies hit its indexes everywhere."""

_WAITING_KIB = 65_536
"""How much PostgreSQL's index of words puts off, to sort it in at once: half the time it takes."""


def pattern(history: History, rules: Rules, *, via: str, kind: str) -> Pattern:
    """A history made ready to be copied; its people and places are stand-ins.

    A pattern's rows come from the same code as any other order's, once; copies follow it.
    """
    from store.persistence.inks import TextInk, TupleInk  # no desk at work needs any of these
    from store.persistence.journal import JOURNAL
    from store.persistence.laying import COLUMNS, lay, no_rows, put_down
    from store.persistence.patterns import STAND_IN, Pattern

    rows = no_rows()
    put_down(lay(history, rules), STAND_IN, rows, via=via)
    laid = {table: rows[table.name] for table in COLUMNS if table is not JOURNAL}
    ink = TextInk() if kind == "postgresql" else TupleInk()
    return Pattern(history, laid, via=via, ink=ink)


class CopyWork(ArrivalWork):
    """Stores what patterns were filled with."""

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

    def names(self, ids: Mapping[str, Sequence[int]]) -> Names:
        """What copies are found by of these entries of registers."""
        from store.persistence.search_bulk import named

        return {
            register: named(self.conn, self.kind, register, some) for register, some in ids.items()
        }

    def land(self, pieces: Sequence[Copies]) -> None:
        """Store what `patterns.copied` made; some ten thousand orders a transaction serve best."""
        self.flush()
        if self.kind == "sqlite":
            self.conn.exec_driver_sql(f"PRAGMA cache_size=-{_PAGES_KIB}")
        else:
            for setting in ("gin_pending_list_limit", "work_mem"):
                self.conn.exec_driver_sql(f"SET LOCAL {setting} = {_WAITING_KIB}")
        technicians = {person for copies in pieces for person in copies.technicians}
        self._send((copies.unpacked() for copies in pieces), technicians)

    def settle_copies(self) -> None:
        """After the last: since when those are free whom no open order has; no word is put off."""
        self.settle_people()
        if self.kind == "postgresql":
            self.conn.exec_driver_sql(f"SET LOCAL work_mem = {_WAITING_KIB}")
            self.conn.exec_driver_sql("SELECT gin_clean_pending_list('ix_search_doc')")
