"""Connections in use while their pool is let go, the same on both databases."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from store.persistence import sqlite
from store.records import open_records


def test_a_connection_in_use_when_the_pool_is_let_go_is_closed_when_it_comes_back(
    store_url: str,
) -> None:
    """It belongs to a server that may be a standby by now, or to a file that is another."""
    with closing(open_records(store_url, feed=False)) as records:
        database = records.database
        for begun in (database.reading, database.writing):
            with begun() as conn:
                held = conn.connection.dbapi_connection
                assert held is not None
                database.dispose()
            with pytest.raises((sqlite.library().ProgrammingError, psycopg.OperationalError)):
                held.cursor().execute("SELECT 1")
