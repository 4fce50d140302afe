"""A hundred writers killed in the middle: what was acknowledged is there, and nothing by halves."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import func, select

from store.persistence.journal import JOURNAL
from store.persistence.mapping import ORDER
from store.records import open_records
from tests.store.desk import furnish, promises_kept, rows, written
from tests.store.writers import SHARED, WRITERS

ROUNDS = 25


@pytest.mark.slow
def test_a_hundred_killed_writers_lose_nothing_acknowledged(store_url: str) -> None:
    """`kill -9` at any moment, four writers at once, on orders of their own and shared ones."""
    records = open_records(store_url, feed=False)
    furnish(records)
    for _ in range(SHARED):
        written(records)
    records.close()

    run = [sys.executable, "-m", "tests.store.writers", store_url, str(ROUNDS), "7"]
    ended = subprocess.run(run, capture_output=True, text=True, timeout=120, check=True)
    said = [tuple(map(int, line.split())) for line in ended.stdout.splitlines()]

    records = open_records(store_url, feed=False)
    kept = {(row["number"], row["seq"]) for row in rows(records, JOURNAL)}
    assert len(said) > ROUNDS * WRITERS
    assert [answer for answer in said if answer not in kept] == []
    with records.database.reading() as conn:
        numbers = list(conn.execute(select(ORDER.c.number)).scalars())
        told = set(conn.execute(select(JOURNAL.c.number).distinct()).scalars()) - {None}
        assert conn.execute(select(func.count()).select_from(ORDER)).scalar_one() == len(told)
    assert set(numbers) == told
    promises_kept(records, numbers)
    records.close()
