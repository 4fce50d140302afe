"""What the desk sent by itself is read out of an index that holds nothing else."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from store.queries import ANSWERS
from store.queries.finding import CountOrders, FindOrders
from tests.store.query_desk import AT, MINUTE, QueryDesk, order_row

if TYPE_CHECKING:
    from store.domain.intents import Query

NIGHT = range(40, 61)
"""Orders that the desk sent by itself within the hour; each other one it sent a week ago."""


def _filled(url: str) -> QueryDesk:
    desk = QueryDesk(url)
    desk.put("work_order", [order_row(n) for n in range(1, 101)])
    entry: dict[str, Any] = {"by": 1, "via": "test", "body": {}, "hash": ""}
    told = [(n, "chosen", MINUTE if n in NIGHT else 7 * 1440 * MINUTE) for n in range(1, 101)]
    told += [(n, fact, MINUTE) for n in range(1, 101) for fact in ("created", "nominated")]
    desk.put("journal", [{**entry, "number": n, "fact": f, "at": AT - ago} for n, f, ago in told])
    return desk


def _plans(desk: QueryDesk, query: Query[Any]) -> list[str]:
    """How the database looks for what a question says of the journal."""
    heard: list[tuple[str, Any]] = []
    how = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[desk.database.kind]
    with desk.reader() as reader:
        if desk.database.kind == "postgresql":  # of a hundred rows all are read at once
            reader.conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        event.listen(
            reader.conn,
            "before_cursor_execute",
            lambda _c, _cur, sql, bound, *_rest: heard.append((sql, bound)),
        )
        ANSWERS[type(query)](reader, query)
        asked = [one for one in heard if "FROM journal" in one[0]]
        return [
            "\n".join(str(row[-1]) for row in reader.conn.exec_driver_sql(how + sql, bound))
            for sql, bound in asked
        ]


@pytest.mark.parametrize("kind", [FindOrders, CountOrders])
@pytest.mark.parametrize("text", ["auto<1d", "auto>7:00", "auto<1d auto>7:00 tech:none"])
def test_a_night_is_read_without_what_else_the_journal_says(
    store_url: str, text: str, kind: type[FindOrders] | type[CountOrders]
) -> None:
    """By the time at which it was sent, however much the journal says of the orders besides."""
    with closing(_filled(store_url)) as desk:
        plans = _plans(desk, kind(text=text, zone=UTC))
        assert plans
        for plan in plans:
            assert "ix_journal_chosen" in plan, plan
            for other in ("SCAN journal", "Seq Scan on journal", "ix_journal_number"):
                assert other not in plan, plan


def test_the_index_tells_the_same_orders_as_the_entries(store_url: str) -> None:
    """Within the hour, a week ago, at any time; and that one was not then."""
    with closing(_filled(store_url)) as desk:
        every = set(range(1, 101))
        for text, meant in (
            ("auto<1h", set(NIGHT)),
            ("not auto<1h", every - set(NIGHT)),
            ("auto<8d", every),
            ("auto:any", every),
            ("auto:none", set()),
        ):
            assert desk.ask(CountOrders(text=text, zone=UTC)) == len(meant), text
            page = desk.ask(FindOrders(text=text, zone=UTC))
            assert {one.number for one in page.lines} <= meant, text
