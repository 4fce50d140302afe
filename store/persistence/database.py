"""The lowest floor: one store, SQLite or PostgreSQL, read and written in transactions."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Literal

from store.domain.errors import (
    BadInput,
    StoreMoved,
    StoreReadOnly,
    StoreTooNew,
    StoreTrouble,
)
from store.domain.pace import LIFE, Pace
from store.domain.words import N_
from store.persistence import migrations
from store.persistence.own_files import keep_apart
from store.persistence.trouble import in_our_words

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import URL, Connection, Engine

    from store.persistence.engines import Engines
    from store.persistence.feed import Feed, News, Source

Kind = Literal["sqlite", "postgresql"]

PATIENCE = 5.0
"""Seconds that a transaction waits for a lock before it is refused as busy."""
READ_LIMIT = 15.0
"""Seconds after which PostgreSQL ends a query of a screen."""
_NOW_WANTED = """
SELECT (SELECT version_num FROM alembic_version),
       (SELECT value FROM store_meta WHERE name = 'min_writer'),
       (SELECT value FROM store_meta WHERE name = 'min_reader')"""


def connect(
    url: str, *, create: bool = True, patience: float = PATIENCE, read_limit: float = READ_LIMIT
) -> Database:
    """Open the store a URL (or the path of an SQLite file) names.

    Raises `StoreTrouble` when it cannot be used, `BadInput` when the URL names no store.
    PostgreSQL is dialled at the first transaction, not here.
    """
    from store.persistence import postgres, sqlite

    parsed = address_of(url)
    if parsed.get_backend_name() == "sqlite":
        engines = sqlite.engines(parsed, create=create, patience=patience)
        database = Database("sqlite", parsed, engines, patience=patience)
        keep_apart(database, sqlite.path_of(parsed))
        return database
    engines = postgres.engines(parsed, patience=patience, read_limit=read_limit)
    return Database("postgresql", parsed, engines, patience=patience)


def is_file(url: str) -> bool:
    """Whether the store that a URL names is, or would be, an SQLite file."""
    return address_of(url).get_backend_name() == "sqlite"


def address_of(text: str) -> URL:
    """What a URL, or the path of an SQLite file, names; `BadInput` where that is no store."""
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    from store.persistence.postgres import spelled

    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(spelled(text))
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise BadInput(
            where=N_("the store's address"),
            wrong=N_("this kind of database is not known"),
            right=N_("write sqlite:///file.db or postgresql://host/name"),
        )
    return url


class Database:
    """One open store; may be used from several threads at once."""

    def __init__(self, kind: Kind, url: URL, engines: Engines, *, patience: float) -> None:
        self.kind: Kind = kind
        self.url = url
        """Where it is; its text hides the password."""
        self.patience = patience
        self.pace: Pace = LIFE
        """How fast the desk lives that it is of; set by `migrate.upgrade` from what it says."""
        self.closed: StoreTrouble | None = None
        """Why this program may only read; set by `migrate.upgrade`."""
        self._engines = engines
        self._feeds: list[Feed] = []

    def __str__(self) -> str:
        return str(self.url)

    @property
    def address(self) -> str:
        """Where it is in one spelling, however it was typed; without the password."""
        from store.persistence.addresses import address

        return address(self.url)

    @property
    def old_sqlite(self) -> bool:
        """Whether to warn: the SQLite library has a fault with several writing processes."""
        return self._engines.old_sqlite

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees one moment and cannot write."""
        with in_our_words(), _begun(self._engines.reader) as conn:
            yield conn

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """Like `reading` for exactly one statement: one round trip to PostgreSQL, not three."""
        with in_our_words(), _begun(self._engines.glancer) as conn:
            yield conn

    def state(self, within: Connection | None = None) -> Hashable | None:
        """The name of the state that is read now, or `within` a transaction; see `states`."""
        if within is None and self.kind == "sqlite":
            return self._engines.state(None)
        with self._glancing(within) as conn:
            return self._engines.state(conn)

    def keep_up(self, conn: Connection) -> None:
        """Write no more once a newer program has renewed the tables under us: `StoreTooNew`.

        It knows what it wants of whoever writes; we, who opened the store before, never would.
        """
        self._heed(conn)
        if isinstance(self.closed, StoreTooNew):
            raise self.closed

    def _heed(self, conn: Connection) -> None:
        """Know what the store wants now of who writes; raised where we may not even read it."""
        theirs, writer, reader = conn.exec_driver_sql(_NOW_WANTED).one()
        ours, too_new = int(migrations.HEAD), StoreTooNew(theirs=theirs, ours=migrations.HEAD)
        if ours < max(int(writer or 0), int(reader or 0)):
            self.closed = too_new
        if ours < int(reader or 0):
            raise too_new

    def may_write(self, within: Connection | None = None) -> bool:
        """Whether a write could be stored, as far as that can be told without one.

        Asked `within` a transaction that reads, or by itself. Raises `StoreUnreachable` where the
        file is not there, `StoreTooNew` where what is read may be misread since it was renewed.
        """
        if self.closed is None or isinstance(self.closed, StoreTooNew):
            with self._glancing(within) as conn:
                self._heed(conn)
        if self.closed is not None:
            return False
        if self.kind == "sqlite":
            from store.persistence import sqlite

            with in_our_words():
                return sqlite.writable(sqlite.path_of(self.url))
        from store.persistence import postgres

        with self._glancing(within) as conn:
            return postgres.may_write(conn)

    def _glancing(self, within: Connection | None) -> AbstractContextManager[Connection]:
        return self.glancing() if within is None else nullcontext(within)

    @contextmanager
    def writing(self, *, patience: float | None = None) -> Iterator[Connection]:
        """One transaction, committed at a clean exit and rolled back when anything is raised.

        Waits its turn at most `patience` seconds, then `StoreBusy`. Not to be nested.
        """
        if self.closed is not None:
            raise self.closed
        try:
            with (
                in_our_words(),
                self._engines.queue(self.patience if patience is None else patience),
                _begun(self._engines.writer) as conn,
            ):
                conn.info["announced"] = False
                yield conn
                conn.commit()
                self._engines.committed(conn)
                announced = conn.info["announced"]
        except StoreMoved as refusal:  # since it was opened
            self.closed = refusal
            raise
        except StoreReadOnly:
            self.dispose()  # a connection opened while nothing could be written never writes
            raise
        if announced:
            self._poke()

    @contextmanager
    def rebuilding(self, *, patience: float) -> Iterator[Connection]:
        """One transaction for changing tables."""
        with (
            in_our_words(),
            self._engines.queue(patience),
        ):
            self.dispose()  # a connection that was cut would fail too late to try again
            with self._engines.writer.connect() as conn, self._engines.loosened(conn):
                yield conn
        self.dispose()  # idle connections may hold plans for the tables as they were

    def announce(self, conn: Connection) -> None:
        """Have every feed hear of this write transaction once it is committed."""
        if not conn.info.get("announced"):
            conn.info["announced"] = True
            self._engines.announce(conn)

    def feed(self, on_news: Callable[[News], None], *, start_after: int | None = None) -> Feed:
        """Start to follow the journal in a thread.

        `start_after` is the last sequence number the listener knows. Without it, and always on
        PostgreSQL (where numbers are not given in the order of commits), the first news says
        `reload`.
        """
        from store.persistence.feed import Feed

        feed = Feed(self._source(start_after), on_news)
        self._feeds.append(feed)
        return feed

    def rest(self) -> None:
        """Have idle connections give back what they keep; for quiet moments."""
        self._engines.rested()

    def dispose(self) -> None:
        """Drop idle connections, as after a fork or when the file was replaced."""
        self._engines.dispose()

    def close(self) -> None:
        """Stop the feeds and let every connection go."""
        while self._feeds:
            self._feeds.pop().close()
        self.dispose()

    def _source(self, start_after: int | None) -> Source:
        if self.kind == "sqlite":
            from store.persistence import feed_sqlite, sqlite

            return feed_sqlite.SqliteSource(
                sqlite.path_of(self.url),
                patience=self.patience,
                start_after=start_after,
                when_replaced=self.dispose,  # nobody may go on with the old file
            )
        from store.persistence import feed_postgres

        return feed_postgres.PostgresSource(self.url, start_after=start_after)

    def _poke(self) -> None:
        for feed in self._feeds:
            feed.poke()


def _begun(engine: Engine) -> Connection:
    """A connection inside a transaction, which closing rolls back.

    A pooled connection may have been cut meanwhile. Its BEGIN finds that out before anything was
    done, so a second try is safe, and nobody need ask the server first whether it is there.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        return _begin(engine)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return _begin(engine)


def _begin(engine: Engine) -> Connection:
    conn = engine.connect()
    try:
        conn.begin()
    except BaseException:
        conn.close()
        raise
    return conn
