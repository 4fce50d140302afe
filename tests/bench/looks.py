"""A look of automatic dispatch that finds nothing, while a hundred thousand orders have nobody.

Run `python -m tests.bench looks`. The peer looks through every order, as a first look does; ours
is one that follows a look which left none. Each desk looks every few seconds.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import text

from store.domain.who import THE_DESK
from store.persistence.database import connect
from store.persistence.reader import Reader
from store.queries import ANSWERS
from store.queries.automatic import ToDispatch, Waiting
from tests.bench.asked import on_both, times, vacuum
from tests.bench.figures import Row, quantile, show
from tests.bench.queues_fill import AT, fill

if TYPE_CHECKING:
    from store.persistence.database import Database

ORDERS, QUICK = 100_000, 20_000
ROUNDS, PEER_ROUNDS = 60, 5
MOST_MS = 5

_WAITING = (
    "UPDATE work_order SET state = 'new', category = 'open', technician_id = NULL WHERE live = 1",
    "INSERT INTO automatic (queue, view, priority, mode, margin, accept_s, version)"
    " VALUES ('all_open', 0, 0, 'propose', 15, 600, 1)",
    "INSERT INTO nominee (number, stood, since, reassigned, sent, why, look_at)"
    " SELECT number, state, state_since, reassigned, 0, '', opened_at + 9000000000000"
    " FROM work_order WHERE live = 1",
)


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    return on_both(partial(_rows, orders=QUICK if quick else ORDERS))


def _rows(name: str, url: str, orders: int) -> list[Row]:
    database = connect(url, read_limit=120)
    fill(database, orders=orders, live=orders)
    with database.writing() as conn:
        for statement in _WAITING:
            conn.execute(text(statement))
    if database.kind == "postgresql":
        vacuum(database)
    first = _look(database)
    row = Row(
        measure=f"{name}: an empty look for {orders:,} orders that nobody has, p95",
        ours=quantile(times(partial(_look, database, first.mark), ROUNDS), 0.95),
        unit="ms",
        peer=quantile(times(partial(_look, database), PEER_ROUNDS), 0.5),
        peer_name="all looked through",
        most=MOST_MS,
    )
    database.close()
    return [row]


def _look(database: Database, since: str = "") -> Waiting:
    with database.reading() as conn:
        reader = Reader(conn=conn, who=THE_DESK, at=AT, kind=database.kind)
        found = ANSWERS[ToDispatch](reader, ToDispatch(limit=3, since=since))
    assert isinstance(found, Waiting)
    assert (found.numbers, found.whole) == ((), not since)
    return found


if __name__ == "__main__":
    raise SystemExit(show(run()))
