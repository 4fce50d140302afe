"""Finding who calls among a hundred thousand customers, and what is known of him.

Run `python -m tests.bench caller`. Each figure is a whole answer at the 95th percentile: the
callers that an operator is offered for what he has typed so far, the card of the one he means with
what is proposed for his order, and the orders that he likely means. The peer looks for the same
text in code, name and telephone number of one customer after the other, as `LIKE '%text%'` does, at
the median.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from console.demo.generate import Wish, generate
from store.domain.who import THE_DESK, Scope, Who
from store.persistence.reader import Reader
from store.persistence.tables import metadata
from store.queries import ANSWERS
from store.queries.caller_card import CardOfCaller
from store.queries.callers import CallersLike
from store.queries.likely import LikelyOrders
from store.queries.usual import UsualFor
from store.records import open_records
from tests.bench.asked import on_both, times, vacuum
from tests.bench.figures import Row, quantile, show
from tests.bench.million import AT

if TYPE_CHECKING:
    from store.domain.intents import Query
    from store.persistence.database import Database

SITES, QUICK = 40_000, 2_000
"""Five customers for every two sites."""
ORDERS_A_SITE = 1
ROUNDS, PEER_ROUNDS = 10, 3
MOST_MS = 50
CUSTOMERS = metadata.tables["customer"]

DESK = Who(operator=2, via="bench")
OFFICE = Who(operator=2, via="bench", scope=Scope(frozenset(range(1, SITES, SITES // 40))))
"""A site office with forty sites."""

TYPED = ("4", "0042", "400-0001042", "13800138000", "华", "华润", "hr", "huarun", "wy", "a")
"""What stands in the line after one key, after some, and when all is written."""
PICKED = 24
"""Customers whose card is asked for, by code and by name."""


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    return on_both(partial(_rows, sites=QUICK if quick else SITES))


def _rows(name: str, url: str, sites: int) -> list[Row]:
    records = open_records(url, feed=False)
    orders = ORDERS_A_SITE * sites
    wish = Wish(orders=orders, open=orders // 25, technicians=100, sites=sites, seed=7)
    generate(records, wish, who=THE_DESK, at=AT)
    database = records.database
    if database.kind == "postgresql":
        vacuum(database)
    try:
        return measure(name, database)
    finally:
        records.close()


def measure(name: str, database: Database) -> list[Row]:
    """The figures of a store that is filled."""
    with database.reading() as conn:
        every = conn.execute(select(CUSTOMERS.c.code, CUSTOMERS.c.name)).all()
    known = every[:: max(1, len(every) // PICKED)]
    peer = [ms for text in TYPED for ms in times(partial(_peer, database, text), PEER_ROUNDS)]
    typed = (*TYPED, *(name[:6] for _code, name in known), *(code for code, _name in known))
    offered = [CallersLike(text=text) for text in typed]
    groups: tuple[tuple[str, Who, list[list[Query[Any]]]], ...] = (
        ("callers offered", DESK, [[asked] for asked in offered]),
        ("callers offered, forty sites", OFFICE, [[asked] for asked in offered]),
        ("card and proposals", DESK, [_asked(text) for pair in known for text in pair]),
        ("card and proposals, forty sites", OFFICE, [_asked(t) for pair in known for t in pair]),
        ("orders likely meant", DESK, [[_meant(code)] for code, _name in known]),
        ("orders likely meant, forty sites", OFFICE, [[_meant(code)] for code, _name in known]),
    )
    rows = []
    for what, who, several in groups:
        spent = [
            ms for asked in several for ms in times(partial(_ask, database, asked, who), ROUNDS)
        ]
        rows.append(
            Row(
                measure=f"{name}: {what} among {len(every):,} customers, p95",
                ours=quantile(spent, 0.95),
                unit="ms",
                peer=quantile(peer, 0.5),
                peer_name="LIKE '%text%'",
                most=MOST_MS,
            )
        )
    return rows


def _asked(text: str) -> list[Query[Any]]:
    return [CardOfCaller(customer=text), UsualFor(customer=text)]


def _meant(customer: str) -> Query[Any]:
    return LikelyOrders(title="电梯又卡在3楼了", customer=customer, caller="王 138 0013 8000")


def _ask(database: Database, several: list[Query[Any]], who: Who) -> None:
    with database.reading() as conn:
        reader = Reader(conn=conn, who=who, at=AT, kind=database.kind)
        for query in several:
            ANSWERS[type(query)](reader, query)


def _peer(database: Database, text: str) -> object:
    c = CUSTOMERS.c
    held = or_(*(column.contains(text) for column in (c.code, c.name, c.phone)))
    with database.reading() as conn:
        asked = select(c.id, c.code, c.name).where(held).order_by(c.name).limit(6)
        return conn.execute(asked).all()


if __name__ == "__main__":
    raise SystemExit(show(run()))
