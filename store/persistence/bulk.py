"""Many orders with their past at once: rows laid out by hand, sent in one statement a table."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from store.persistence import journal, people_state, procedures
from store.persistence.loading import CHUNK
from store.persistence.promises import PromiseWork

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection, Table

    from store.domain.history import History
    from store.persistence.laying import Laid, Rows


TOGETHER = 240
"""Values given to SQLite in one statement: each that is begun costs it as much as some rows."""


class BulkWork(PromiseWork):
    """Import, sample desk and generator come through here, thousands of orders at a time."""

    def add_many(self, histories: Iterable[History]) -> list[int]:
        """New orders with their whole journals; their numbers, in order.

        Each order is final as given: its facts lead to it. Timers are planned for live ones.
        Orders must not have a number yet, and name duplicates by numbers already in the store.
        """
        from store.persistence.laying import lay  # a console that imports nothing needs none of it

        return self.add_laid([lay(history, self.rules(history.order)) for history in histories])

    def add_laid(self, given: Sequence[Laid]) -> list[int]:
        """The same for orders that `laying.lay` has laid out, by the rules of this moment."""
        from store.persistence.laying import no_rows, put_down

        if not given:
            return []
        self.flush()
        numbers = self.numbers(len(given))
        rows, technicians = no_rows(), set[int]()
        for number, laid in zip(numbers, given, strict=True):
            self._check_site(laid.site)
            put_down(laid, number, rows, via=self.who.through)
            technicians.update(laid.technicians)
        self._send([rows], technicians)
        self._lead(numbers)
        return numbers

    def _lead(self, numbers: Sequence[int]) -> None:
        """Give what is still to be done the procedure of its kind, as every new order has it."""
        for start in range(0, len(numbers), CHUNK):
            for number in procedures.wanting(self.conn, numbers[start : start + CHUNK]):
                order = self.known(number).now
                led, facts = self.led(order)
                if facts:
                    self.save(order, led, *facts)

    def _send(self, pieces: Iterable[Rows], technicians: Collection[int]) -> None:
        """Insert rows of new orders, piece by piece; some technicians may hold these.

        What they are found by is worked out of them, unless it stands among them.
        """
        from store.persistence import kpi_fill, search_bulk, search_docs, search_index
        from store.persistence.laying import COLUMNS

        kpi_fill.owe(self.conn)
        people_state.hold(self.conn, technicians)
        for rows in pieces:
            for table, columns in COLUMNS.items():
                insert_raw(self.conn, self.kind, table, columns, rows[table.name])
            if (told := rows.get(search_docs.INDEX)) is None:
                search_bulk.add_rows(self.conn, self.kind, COLUMNS, rows)
            else:
                search_index.add_told(self.conn, self.kind, told)
        self.seq = journal.last_written(self.conn, self.kind)
        people_state.refresh(self.conn, technicians, at=self.at, told=True)

    def settle_people(self) -> None:
        """After a load: since when those are free whom none of its live orders named."""
        people_state.settle(self.conn, at=self.at)


def insert_raw(
    conn: Connection, kind: str, table: Table, columns: Sequence[str], rows: Sequence[Any]
) -> None:
    """Insert rows of plain driver values: many at once on SQLite, COPY on PostgreSQL.

    For COPY they may be its own text already, any number of lines each.
    """
    if not rows:
        return
    if kind == "postgresql":
        _copy(conn, table, columns, rows)
        return
    insert = f"INSERT INTO {table.name} ({_quoted(columns)}) VALUES "
    marks = f"({', '.join('?' * len(columns))})"
    together = max(1, TOGETHER // len(columns))
    whole = len(rows) // together * together
    if whole:
        groups = [tuple(chain(*rows[n : n + together])) for n in range(0, whole, together)]
        conn.exec_driver_sql(insert + ", ".join([marks] * together), groups)
    if rows[whole:]:
        conn.exec_driver_sql(insert + marks, rows[whole:])


def _copy(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[Any]) -> None:
    driver: Any = conn.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({_quoted(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            if isinstance(row, bytes):
                copy.write(row)
            else:
                copy.write_row(row)


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
