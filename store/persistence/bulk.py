"""Many orders with their past at once: rows made by hand and sent in one statement a table.

SQLAlchemy's typed rows cost more than SQLite's writing of them, so values are turned here, once,
into what the drivers take: epoch milliseconds, 0 and 1, canonical JSON.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.domain.evolve import evolve
from store.domain.facts import canonical, chain_hash, salted
from store.domain.lifecycle import STATES
from store.domain.timers import implied
from store.persistence import journal, people_state
from store.persistence.journal import JOURNAL
from store.persistence.known import Known
from store.persistence.loading import TIMER
from store.persistence.mapping import (
    CLOCK,
    ORDER,
    PAUSE,
    VISIT,
)
from store.persistence.planning import key_of
from store.persistence.promises import PromiseWork
from store.persistence.saving import parts_of, row_of
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Table

    from store.domain.history import Entry, History
    from store.domain.order import WorkOrder

Tuple = tuple[Any, ...]

COLUMNS: Mapping[Table, tuple[str, ...]] = {
    table: tuple(column.name for column in table.c if column.name not in leave)
    for table, leave in (
        (ORDER, ()),
        (VISIT, ()),
        (PAUSE, ()),
        (CLOCK, ()),
        (TIMER, ("id", "fired_at", "trouble")),
        (JOURNAL, ("seq", "xid")),
    )
}


class BulkWork(PromiseWork):
    """Import, sample desk and generator come through here, thousands of orders at a time."""

    def add_many(self, histories: Iterable[History]) -> list[int]:
        """New orders with their whole journals; their numbers, in order.

        Each order is final as given: its facts lead to it. Timers are planned for live ones.
        Orders must not have a number yet, and name duplicates by numbers already in the store.
        """
        given = list(histories)
        if not given:
            return []
        self.flush()
        numbers = self.numbers(len(given))
        rows: dict[Table, list[Tuple]] = {table: [] for table in COLUMNS}
        technicians: set[int] = set()
        for number, history in zip(numbers, given, strict=True):
            self._check_site(history.order.site)
            order = self._told(number, history, rows[JOURNAL])
            self._lay_out(order, rows)
            if STATES[order.state].final is False:
                technicians |= people_state.touched(None, order)
        people_state.hold(self.conn, technicians)
        for table, made in rows.items():
            insert_raw(self.conn, self.kind, table, COLUMNS[table], made)
        if rows[JOURNAL]:
            self.seq = journal.last_written(self.conn, self.kind)
        people_state.refresh(self.conn, technicians, at=self.at, told=True)
        return numbers

    def settle_people(self) -> None:
        """After a load: since when those are free whom none of its live orders named."""
        people_state.settle(self.conn, at=self.at)

    def _told(self, number: int, history: History, rows: list[Tuple]) -> WorkOrder:
        chain = ""
        for entry in history.entries:
            row, chain = _entry_row(chain, entry, number, self.who.via)
            rows.append(row)
        return evolve(history.order, number=number, chain=chain)

    def _lay_out(self, order: WorkOrder, rows: dict[Table, list[Tuple]]) -> None:
        rules = self.rules(order)
        values = row_of(Known(stored=None, now=order, chain=order.chain), rules)
        values["live"] = int(values["live"])
        rows[ORDER].append(_plain(values, COLUMNS[ORDER]))
        for table, parts in zip((VISIT, PAUSE, CLOCK), parts_of(order), strict=True):
            rows[table].extend(_plain(part, COLUMNS[table]) for part in parts.values())
        if values["live"]:
            for aim in implied(order, rules):
                due = to_ms(aim.due_at)
                rows[TIMER].append((order.number, *key_of(aim), due, due, 0))


def insert_raw(
    conn: Connection, kind: str, table: Table, columns: Sequence[str], rows: list[Tuple]
) -> None:
    """Insert rows of plain driver values: many at once on SQLite, COPY on PostgreSQL."""
    if not rows:
        return
    if kind == "postgresql":
        _copy(conn, table, columns, rows)
        return
    marks = ", ".join("?" * len(columns))
    conn.exec_driver_sql(f"INSERT INTO {table.name} ({_quoted(columns)}) VALUES ({marks})", rows)


def _copy(conn: Connection, table: Table, columns: Sequence[str], rows: list[Tuple]) -> None:
    driver: Any = conn.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({_quoted(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _entry_row(previous: str, entry: Entry, number: int, via: str) -> tuple[Tuple, str]:
    fact, at_ms = entry.fact, to_ms(entry.at)
    body, words = dict(fact.body), None
    if fact.words:
        kept, body["words"] = salted(fact.words)
        words = canonical(kept)
    text = canonical(body)
    hashed = chain_hash(
        previous, at_ms=at_ms, by=entry.by, via=via, number=number, fact=fact.name, body=text
    )
    return (at_ms, entry.by, via, number, fact.name, text, words, hashed), hashed


def _plain(values: Mapping[str, Any], columns: Sequence[str]) -> Tuple:
    kept = [values[name] for name in columns]
    return tuple([to_ms(value) if value.__class__ is datetime else value for value in kept])
