"""Connections in use while their pool is let go, the same on both databases."""

from __future__ import annotations

from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING

import psycopg
import pytest

from store import clock
from store.commands import NewOrder
from store.domain.errors import StoreUnreachable
from store.domain.who import THE_DESK
from store.persistence import sqlite
from store.queries.board import QueueCounts
from store.records import open_records
from tests.postgres import PgServer
from tests.scheduler.faults import until

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_a_connection_in_use_when_the_pool_is_let_go_is_closed_when_it_comes_back(
    tables_url: str,
) -> None:
    """It belongs to a server that may be a standby by now, or to a file that is another."""
    with closing(open_records(tables_url, feed=False)) as records:
        database = records.database
        for begun in (database.reading, database.writing):
            with begun() as conn:
                held = conn.connection.dbapi_connection
                assert held is not None
                database.dispose()
            with pytest.raises((sqlite.library().ProgrammingError, psycopg.OperationalError)):
                held.cursor().execute("SELECT 1")


_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_a_console_at_rest_keeps_one_connection_to_ask_by(postgres_tables: str) -> None:
    """A hundred of them share a server; what a busy moment opened is given back."""
    with (
        closing(open_records(postgres_tables, feed=False)) as records,
        closing(open_records(postgres_tables, feed=False)) as other,
    ):
        database = records.database
        with database.reading(), database.reading(), database.reading(), database.writing():
            pass
        with other.database.reading() as conn:
            assert conn.exec_driver_sql(_OTHERS).scalar_one() == 4
        database.rest()

        def left() -> bool:
            with other.database.reading() as conn:  # a server takes a moment to let one go
                return bool(conn.exec_driver_sql(_OTHERS).scalar_one() == 1)

        until(left)
        records.do(NewOrder(title="after"), who=THE_DESK, at=clock.now())
        assert records.ask(QueueCounts(), who=THE_DESK, at=clock.now())["all_open"] == 1


@pytest.fixture
def small_server() -> Iterator[PgServer]:
    """A server that lets few in."""
    server = PgServer(connections=8)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def test_a_server_that_lets_nobody_in_is_said_in_one_sentence(small_server: PgServer) -> None:
    """And tried again: who was in work goes on, and who waits comes in when somebody leaves."""
    url = small_server.url()
    with closing(open_records(url, feed=False)) as records, ExitStack() as crowd:
        plain = url.replace("+psycopg", "")
        with suppress(psycopg.OperationalError):
            while True:
                crowd.enter_context(closing(psycopg.connect(plain)))
        assert records.ask(QueueCounts(), who=THE_DESK, at=clock.now())["all_open"] == 0
        with pytest.raises(StoreUnreachable, match=r"connections.*\(max_connections\) are taken$"):
            open_records(url, feed=False)
        crowd.close()
        with closing(open_records(url, feed=False)) as late:
            late.do(NewOrder(title="late"), who=THE_DESK, at=clock.now())
        assert records.ask(QueueCounts(), who=THE_DESK, at=clock.now())["all_open"] == 1
