"""A desk is copied into another store, compared row by row, and only then opened there.

The copy goes on where an earlier one was killed: rows are written in the order of their keys, so
that what stands in the target up to the first difference need not be written again. Until all is
compared the target says that it is being filled, and nobody can open it.
"""

from __future__ import annotations

import itertools
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import bindparam, column, delete, insert, select, tuple_, update
from sqlalchemy import table as named

from store.domain.errors import StoreFilling, StoreHasDesk, StoreMoved, StoreTrouble
from store.domain.words import N_
from store.persistence import counters, marks, migrate, moved, rows_alike, search_index
from store.persistence.addresses import same_store
from store.persistence.mapping import ORDER
from store.persistence.rows_alike import BATCH, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Table

    from store.persistence.database import Database
    from store.persistence.rows_alike import Row

_PATIENT = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
_LATER = ("work_order", "duplicate_of")
"""The column whose rows refer to rows that may come after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One table, found to be the same in both stores."""

    table: str
    rows: int
    digest: str


def move(
    source: Database,
    target: Database,
    *,
    keep: bool,
    check: Callable[[], None],
    tell: Callable[[str, int], None] = lambda _table, _rows: None,
    called: str = "",
) -> tuple[Compared, ...]:
    """Copy the whole desk; afterwards the source refuses writes, unless it is to `keep` its place.

    Nobody writes in the source meanwhile unless it is kept, when one moment of it is copied.
    `check` raises where the copy is no sound desk; nothing is opened or closed then. What was
    broken off goes on from the same source, be it `called` by its address or otherwise.
    Raises `StoreHasDesk` where the target is no empty store, `StoreMoved` where the desk has gone
    elsewhere already.
    """
    run = _Run(source, target, called or source.address)
    with ExitStack() as held:
        conn, still = run.begin(held, keep=keep)
        run.copy(conn, tell)
        run.index()
        found = run.compare(conn)
        check()
        if not keep:
            run.take_plans(conn)
        if not keep and not still:
            moved.keep_still(conn, source.kind, target.address)
    # Not before the source is closed for good: there is never a moment with two desks to write in.
    run.finish()
    return found


class _Run:
    """One attempt."""

    def __init__(self, source: Database, target: Database, called: str) -> None:
        self._source, self._target = source, target
        self._called = called
        self._name = uuid4().hex

    def begin(self, held: ExitStack, *, keep: bool) -> tuple[Connection, bool]:
        """A look at the source that lasts, and whether the source was kept still before."""
        gone = self._gone()
        if gone is not None and not same_store(gone, self._target.address):
            raise StoreMoved(why=gone)
        if gone is not None or keep:
            conn = held.enter_context(_reading(self._source))
        else:
            conn = held.enter_context(_held(self._source))
        self._take_over(gone=gone is not None)
        return conn, gone is not None

    def copy(self, source: Connection, tell: Callable[[str, int], None]) -> None:
        """Write what the target lacks, table by table, and take away what it has too much."""
        with self._writing() as conn:
            conn.execute(update(ORDER).where(_later().is_not(None)).values({_LATER[1]: None}))
        tables = rows_alike.tables()
        for place, table in enumerate(tables):
            rows = map(_without_later(table), rows_alike.rows_of(source, table, self._source.kind))
            last, rest, whole = self._alike(table, rows)
            if not whole:
                self._empty(tables[place + 1 :], table, last)
            count = 0
            while some := list(itertools.islice(rest, BATCH)):
                with self._writing() as conn:
                    _write(conn, self._target.kind, table, some)
                count += len(some)
                tell(table.name, count)
        self._tell_later(source)

    def index(self) -> None:
        """Write the search index anew."""
        with self._target.reading() as conn:
            numbers = conn.execute(select(ORDER.c.number).order_by(ORDER.c.number)).scalars().all()
        for start in range(0, len(numbers), BATCH):
            with self._writing() as conn:
                search_index.index(conn, self._target.kind, numbers[start : start + BATCH])
        with self._writing() as conn:
            counters.move_on(conn, self._target.kind)

    def compare(self, source: Connection) -> tuple[Compared, ...]:
        """Count and sum every table on both sides; `StoreTrouble` at a difference."""
        found = []
        with _reading(self._target) as conn:
            for table in rows_alike.tables():
                theirs = rows_alike.summed(source, table, self._source.kind)
                ours = rows_alike.summed(conn, table, self._target.kind)
                if theirs != ours:
                    why = N_("table {table} is not the same in both ({theirs} rows, {ours} copied)")
                    facts = {"table": table.name, "theirs": theirs[0], "ours": ours[0]}
                    raise StoreTrouble(why=why.format(**facts))
                found.append(Compared(table=table.name, rows=ours[0], digest=ours[1]))
        return tuple(found)

    def take_plans(self, source: Connection) -> None:
        """Where and how often backups are made goes with the desk; a copy makes none by itself."""
        if (plan := marks.find(source, marks.BACKUPS)) is not None:
            with self._writing() as conn:
                marks.keep(conn, marks.BACKUPS, plan)

    def finish(self) -> None:
        """Let the target be opened."""
        with self._writing() as conn:
            moved.end_filling(conn)

    def _gone(self) -> str | None:
        with self._source.reading() as conn:
            return marks.find(conn, moved.MOVED)

    def _take_over(self, *, gone: bool) -> None:
        """Make the target's tables, or go on with what an earlier run left there."""
        source = self._called
        with self._target.rebuilding(patience=migrate.PATIENCE) as conn:
            migrate.lock(self._target, conn)
            if migrate.is_empty(conn):
                migrate.make(conn)
            elif (before := moved.filled_by(conn)) is None and gone:
                raise StoreMoved(why=self._target.address)  # by an earlier run, all of it
            elif before is None:
                raise StoreHasDesk(where=self._target.address)
            elif not same_store(before[1], source):
                raise StoreFilling(source=before[1])
            moved.begin_filling(conn, self._name, source)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction in the target, as long as no other run has taken it over."""
        with self._target.writing() as conn:
            filled = moved.filled_by(conn)
            if filled is None or filled[0] != self._name:
                raise StoreTrouble(why=N_("another move fills {url} now").format(url=self._target))
            yield conn

    def _alike(self, table: Table, rows: Iterator[Row]) -> tuple[Row | None, Iterator[Row], bool]:
        """The last key that both have alike, what is to be written, and if no more is there."""
        last: Row | None = None
        with (
            _reading(self._target) as conn,
            closing(rows_alike.rows_of(conn, table, self._target.kind)) as theirs,
        ):
            for kept in map(_without_later(table), theirs):
                row = next(rows, None)
                if row is None or row != kept:
                    rest = rows if row is None else itertools.chain((row,), rows)
                    return last, rest, False
                last = rows_alike.key_of(table, kept)
        return last, rows, True

    def _empty(self, after: tuple[Table, ...], table: Table, last: Row | None) -> None:
        """Take away what follows the last row that is alike, and all that may refer to it."""
        with self._writing() as conn:
            for later in reversed(after):
                own = rows_alike.own_marks(later)
                conn.execute(delete(later) if own is None else delete(later).where(~own))
            gone = delete(table)
            if (own := rows_alike.own_marks(table)) is not None:
                gone = gone.where(~own)
            if last is not None:
                gone = gone.where(tuple_(*rows_alike.in_order(table, self._target.kind)) > last)
            conn.execute(gone)

    def _tell_later(self, source: Connection) -> None:
        """Fill in what refers to rows that may come after."""
        asked = select(ORDER.c.number.label("k"), _later().label("v")).where(_later().is_not(None))
        found = [row._asdict() for row in source.execute(asked)]
        if found:
            told = update(ORDER).where(ORDER.c.number == bindparam("k"))
            with self._writing() as conn:
                conn.execute(told.values({_LATER[1]: bindparam("v")}), found)


def _later() -> Any:
    return ORDER.c[_LATER[1]]


def _without_later(table: Table) -> Callable[[Row], Row]:
    """How a row is written at first."""
    if table.name != _LATER[0]:
        return lambda row: row
    place = [column.name for column in table.columns].index(_LATER[1])
    return lambda row: (*row[:place], None, *row[place + 1 :])


def _write(conn: Connection, kind: str, table: Table, rows: list[Row]) -> None:
    try:
        (_copy if kind == "postgresql" else _insert)(conn, table, rows)
    except Exception as error:
        for row in rows:
            if any(isinstance(value, str) and "\0" in value for value in row):
                why = N_("table {table} has text with a NUL, which PostgreSQL cannot keep: {key}")
                key = ", ".join(map(str, rows_alike.key_of(table, row)))
                raise StoreTrouble(why=why.format(table=table.name, key=key)) from error
        raise


def _insert(conn: Connection, table: Table, rows: list[Row]) -> None:
    names = [column.name for column in table.columns]
    kinds = [plain(column).type for column in table.columns]
    bare = named(table.name, *(column(n, k) for n, k in zip(names, kinds, strict=True)))
    conn.execute(insert(bare), [dict(zip(names, row, strict=True)) for row in rows])


def _copy(conn: Connection, table: Table, rows: list[Row]) -> None:
    """What PostgreSQL takes many rows by: no statement is told, and planned, for each of them."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor: Any = conn.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as told:
        for row in rows:
            told.write_row(row)


@contextmanager
def _reading(database: Database) -> Iterator[Connection]:
    """One moment for as long as it takes."""
    with database.reading() as conn:
        _be_patient(database, conn)
        yield conn


@contextmanager
def _held(database: Database) -> Iterator[Connection]:
    """The store as it is, and stays meanwhile: others may read it."""
    with database.writing() as conn:
        _be_patient(database, conn)
        if database.kind == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in rows_alike.tables())
            conn.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        yield conn


def _be_patient(database: Database, conn: Connection) -> None:
    for setting in _PATIENT if database.kind == "postgresql" else ():
        conn.exec_driver_sql(setting)
