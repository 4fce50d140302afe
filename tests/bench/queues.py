"""Queue pages and counts at a million orders, beside plain ORM queries without our indexes.

Run `python -m tests.bench queues`. The peer asks for the open orders by their category, nearest
deadline first, as whole entities, and counts by state: what one writes first, and it reads the
whole table.
"""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, registry

from store.domain.who import Scope, Who
from store.persistence.database import Database, connect
from store.persistence.reader import Reader
from store.persistence.tables import metadata
from store.queries import ANSWERS
from store.queries.board import Key, QueueCounts, QueuePage
from store.queries.queues import QUEUES
from tests.bench.asked import on_both, times, vacuum
from tests.bench.figures import Row, quantile, show
from tests.bench.queues_fill import AT, SITES, fill, live_for

if TYPE_CHECKING:
    from store.domain.intents import Query

ORDERS, QUICK = 1_000_000, 100_000
ROUNDS, PEER_ROUNDS = 40, 3
PAGE_MS, COUNTS_MS = 10, 25
"""What a page and all counts may take at the 95th percentile."""

DESK = Who(operator=1, via="bench")
OFFICE = Who(operator=1, via="bench", scope=Scope(frozenset(range(1, SITES, 50))))
"""A site office with forty sites."""


class Entity:
    """An order as an ORM shows it."""


_COLUMNS = metadata.tables["work_order"].c
registry().map_imperatively(Entity, metadata.tables["work_order"])


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    return on_both(partial(_rows, orders=QUICK if quick else ORDERS))


def _rows(name: str, url: str, orders: int) -> list[Row]:
    database = connect(url, read_limit=120)
    fill(database, orders=orders, live=live_for(orders))
    if database.kind == "postgresql":
        vacuum(database)
    page_peer = times(partial(_peer_page, database), PEER_ROUNDS)
    counts_peer = times(partial(_peer_counts, database), PEER_ROUNDS)
    rows = []
    for who, seen in ((DESK, "all sites"), (OFFICE, "forty sites")):
        pages = [ms for queue in QUEUES for ms in _page_times(database, queue, who)]
        counts = times(partial(_ask, database, QueueCounts(), who), ROUNDS)
        rows += [
            _row(f"{name}: a queue page, {seen}", pages, page_peer, PAGE_MS),
            _row(f"{name}: all counts, {seen}", counts, counts_peer, COUNTS_MS),
        ]
    database.close()
    return rows


def _row(measure: str, ours: list[float], peer: list[float], most: float) -> Row:
    return Row(
        measure=f"{measure}, p95",
        ours=quantile(ours, 0.95),
        unit="ms",
        peer=quantile(peer, 0.5),
        peer_name="ORM, no index",
        most=most,
    )


def _page_times(database: Database, queue: str, who: Who) -> list[float]:
    """First, last, in the middle, by position, and refreshed in place."""
    dice = Random(3)
    keys = [Key(AT, 0), *(line.key for line in _ask(database, QueuePage(queue=queue), who).lines)]
    spent: list[float] = []
    for _ in range(ROUNDS // 5):
        key = dice.choice(keys)
        for place in (
            QueuePage(queue=queue),
            QueuePage(queue=queue, last=True),
            QueuePage(queue=queue, after=key),
            QueuePage(queue=queue, since=key, limit=120),
            QueuePage(queue=queue, position=dice.randrange(2_000)),
        ):
            spent += times(partial(_ask, database, place, who), 1)
    return spent


def _ask(database: Database, query: Query[Any], who: Who) -> Any:
    with database.reading() as conn:
        reader = Reader(conn=conn, who=who, at=AT, kind=database.kind)
        return ANSWERS[type(query)](reader, query)


def _peer_page(database: Database) -> object:
    with database.reading() as conn, Session(conn) as session:
        asked = (
            select(Entity)
            .where(_COLUMNS.category.in_(["open", "waiting"]))
            .order_by(_COLUMNS.next_deadline, _COLUMNS.number)
            .limit(60)
        )
        return session.scalars(asked).all()


def _peer_counts(database: Database) -> object:
    with database.reading() as conn, Session(conn) as session:
        asked = select(_COLUMNS.state, func.count(_COLUMNS.number))
        return session.execute(asked.group_by(_COLUMNS.state)).all()


if __name__ == "__main__":
    raise SystemExit(show(run()))
