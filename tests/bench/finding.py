"""Finding orders among a million by words, people, places and times, beside LIKE '%word%'.

Run `python -m tests.bench finding`. Each figure is a whole answer: the first page of lines with
its count, all at the 95th percentile. The peer answers the same by reading title and description of
one order after the other, at the median.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import func, or_, select

from store.clock import monotonic
from store.domain.who import Scope, Who
from store.persistence.database import Database, connect
from store.persistence.reader import Reader
from store.persistence.tables import metadata
from store.queries import ANSWERS
from store.queries.finding import MOST, CountOrders, FindOrders
from tests.bench.asked import on_both, times, vacuum
from tests.bench.figures import Row, quantile, show
from tests.bench.finding_fill import AT, fill
from tests.bench.queues_fill import SITES

ORDERS, QUICK = 1_000_000, 100_000
ROUNDS, PEER_ROUNDS = 12, 3
MOST_MS = 50

DESK = Who(operator=2, via="bench")
OFFICE = Who(operator=2, via="bench", scope=Scope(frozenset(range(1, SITES, 50))))
"""A site office with forty sites."""

WORDS = (
    *("漏水", "冷却塔", "曳引机 异响", "梯", "渗水 跳闸", "lift", "li", "no power", "LIF-00042"),
    *("地下室 空调 结冰", '"空调不制冷"', "1000042", "华能", "国际中心 3", "王伟", "-门禁 跳闸"),
)
"""Looked for among all orders, whatever became of them."""
FIELDS = (
    *("漏水 site:S0012", "冒烟 customer:C0031", "site:S0100", "customer:C0007 p<=2", "#5000-5200"),
    *("tech:T042", "tech:王伟 漏水", "opened>-12h", "closed:yesterday", "kind:lift 钢丝绳"),
    *("漏水 opened>-7d", "region:R3 锅炉", "id:lift-00420"),
)
AT_THE_DESK = (
    *("overdue", "due<2h p<=2", "waiting", "漏水 state:live", "unassigned p:1", "risk 空调"),
    *("state:new site:S0012", "tech:王伟 state:held", "wake<1h", "(漏水 or 渗水) overdue"),
)
VIEWS = (
    "overdue p:1",
    "unassigned due<4h",
    "waiting wake<now",
    "state:live 漏水",
    "risk tech:none",
)
SORTS = ("left", "title", "site", "customer", "technician", "since", "priority", "state")
PEER = ("漏水", "冷却塔", "结冰", "no power", "LIF-00042")


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    return on_both(partial(_rows, orders=QUICK if quick else ORDERS))


def _rows(name: str, url: str, orders: int) -> list[Row]:
    database = connect(url, read_limit=600)
    begun = monotonic()
    fill(database, orders=orders)
    filled = monotonic() - begun
    if database.kind == "postgresql":
        vacuum(database)
    rows = measure(name, database)
    database.close()
    return [*rows, Row(measure=f"{name}: {orders:,} orders indexed", ours=filled, unit="s")]


def measure(name: str, database: Database) -> list[Row]:
    """The figures of a store that is filled."""
    peer = [ms for word in PEER for ms in times(partial(_peer, database, word), PEER_ROUNDS)]
    groups = (
        ("a word among all orders", DESK, [FindOrders(text=t, counted=True) for t in WORDS]),
        ("by field among all orders", DESK, [FindOrders(text=t, counted=True) for t in FIELDS]),
        ("orders at the desk", DESK, [FindOrders(text=t, counted=True) for t in AT_THE_DESK]),
        ("a word, forty sites", OFFICE, [FindOrders(text=t, counted=True) for t in WORDS]),
        ("the count of a view", DESK, [CountOrders(text=t) for t in VIEWS]),
        (
            "orders at the desk in any order",
            DESK,
            [FindOrders(text="漏水 state:live", sort=s, counted=True) for s in SORTS],
        ),
    )
    rows = []
    for what, who, queries in groups:
        spent = [ms for q in queries for ms in times(partial(_ask, database, q, who), ROUNDS)]
        rows.append(
            Row(
                measure=f"{name}: {what}, p95",
                ours=quantile(spent, 0.95),
                unit="ms",
                peer=quantile(peer, 0.5),
                peer_name="LIKE '%word%'",
                most=MOST_MS,
            )
        )
    return rows


def _ask(database: Database, query: Any, who: Who) -> Any:
    with database.reading() as conn:
        reader = Reader(conn=conn, who=who, at=AT, kind=database.kind)
        return ANSWERS[type(query)](reader, query)


def _peer(database: Database, word: str) -> object:
    orders = metadata.tables["work_order"].c
    held = or_(orders.title.contains(word), orders.description.contains(word))
    with database.reading() as conn:
        asked = select(orders.number, orders.title).where(held).order_by(orders.number.desc())
        count = select(func.count()).select_from(asked.limit(MOST + 1).subquery())
        return conn.execute(asked.limit(60)).all(), conn.execute(count).scalar_one()


if __name__ == "__main__":
    raise SystemExit(show(run()))
