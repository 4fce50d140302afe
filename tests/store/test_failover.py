"""A pair of PostgreSQL servers: one is killed under work, the other takes over, nothing is lost."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest

from store.commands import NewOrder
from store.domain.errors import StoreTrouble
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.lists import StreamOrders
from store.records import open_records
from tests.postgres import PgServer
from tests.scheduler.faults import until
from tests.store.desk import ANA, furnish, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

BEFORE, AFTER = 40, 40
"""Orders acknowledged before the kill, and after the other server has taken over."""


@pytest.fixture
def pair(durable_pg: PgServer) -> Iterator[tuple[PgServer, PgServer]]:
    """One server that takes writes, and one without which it acknowledges none."""
    standby = PgServer(durable=True, standby_of=durable_pg)
    try:
        standby.start()
        _said(durable_pg, "ALTER SYSTEM SET synchronous_standby_names = '*'")
        _said(durable_pg, "SELECT pg_reload_conf()")
        asked = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        until(lambda: _said(durable_pg, asked) == 1, "it does not follow")
        yield durable_pg, standby
    finally:
        standby.remove()


def _said(server: PgServer, statement: str) -> object:
    plain = server.url().replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        found = connection.execute(statement.encode())
        return found.fetchone()[0] if found.description else None  # type: ignore[index]


def _write(records: Records, said: list[int], titles: list[str], stop: threading.Event) -> None:
    """Write orders down, each until it is acknowledged, under one key however often it is sent."""
    while not stop.is_set():
        title, key = f"order {len(titles)}", uuid4().hex
        titles.append(title)
        done = None
        while done is None and not stop.is_set():
            try:
                done = records.do(NewOrder(title=title), who=ANA, at=minutes(1), key=key)
            except StoreTrouble:
                stop.wait(0.05)
        if done is not None:
            said.append(done.seq)


def test_a_takeover_loses_nothing_acknowledged(pair: tuple[PgServer, PgServer]) -> None:
    """The operator's order is sent again by the console, and is there once."""
    first, second = pair
    hosts = f"127.0.0.1:{first.port},127.0.0.1:{second.port}"
    with closing(open_records(f"postgresql://paidan@{hosts}/postgres", feed=False)) as records:
        furnish(records)
        said: list[int] = []
        titles: list[str] = []
        stop = threading.Event()
        writer = threading.Thread(target=_write, args=(records, said, titles, stop))
        writer.start()
        try:
            until(lambda: len(said) >= BEFORE, "nothing was written")
            first.kill()
            _said(second, "SELECT pg_promote()")
            known = len(said)
            until(lambda: len(said) >= known + AFTER, "nothing was written after the takeover")
        finally:
            stop.set()
            writer.join()
        with records.database.reading() as conn:
            kept = set(conn.exec_driver_sql("SELECT seq FROM journal").scalars())
        assert set(said) <= kept
        found = [order.title for order in records.ask(StreamOrders(), who=ANA, at=minutes(2))]
        assert len(found) == len(set(found)), "an order was written down twice"
        assert set(titles[:-1]) <= set(found)
        assert records.ask(ExamineDesk(), who=ANA, at=minutes(2)) == ()
        page = records.ask(ExamineOrders(), who=ANA, at=minutes(2))
        assert (page.orders, page.findings) == (len(found), ())
