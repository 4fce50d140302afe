"""A small store filled row by row, so that queries are tested apart from what writes them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from store.domain.lifecycle import STATES, State
from store.domain.reckon import FAR
from store.domain.who import Who
from store.persistence.database import Database, connect
from store.persistence.reader import Reader
from store.persistence.tables import metadata
from store.queries import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.intents import Query

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANA = Who(operator=2, via="test")


class QueryDesk:
    """Tables made from the metadata, rows put in as they are."""

    def __init__(self, url: str) -> None:
        self.database: Database = connect(url)
        with self.database.writing() as conn:
            metadata.create_all(conn)
        self.put("operator", [{"id": 1, "code": "desk", "name": "Desk", "role": "system"}])
        self.put("operator", [{"id": 2, "code": "ana", "name": "Ana"}])

    def put(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows as they are."""
        if rows:
            with self.database.writing() as conn:
                conn.execute(insert(metadata.tables[table]), list(rows))

    def empty(self, *tables: str) -> None:
        """Delete all rows of some tables, in this order."""
        with self.database.writing() as conn:
            for table in tables:
                conn.execute(metadata.tables[table].delete())

    @contextmanager
    def reader(self, *, who: Who = ANA, at: datetime = AT) -> Iterator[Any]:
        """A reader on one moment of the store."""
        with self.database.reading() as conn:
            yield Reader(conn=conn, who=who, at=at, kind=self.database.kind)

    def ask(self, query: Query[Any], *, who: Who = ANA, at: datetime = AT) -> Any:
        """The answer to one question."""
        with self.reader(who=who, at=at) as reader:
            return ANSWERS[type(query)](reader, query)

    def close(self) -> None:
        """Let the database go."""
        self.database.close()


def order_row(number: int, state: State = State.NEW, **values: Any) -> dict[str, Any]:
    """The row of an order with every column, so that many can be inserted at once."""
    spec = STATES[state]
    row: dict[str, Any] = {
        "number": number,
        "version": 1,
        "source": None,
        "external_id": None,
        "title": f"order {number}",
        "description": "",
        "kind": "",
        "priority": 3,
        "state": state.value,
        "category": spec.category.value,
        "live": not spec.final,
        "state_since": AT - 60 * MINUTE,
        "site_id": None,
        "customer_id": None,
        "technician_id": None,
        "opened_at": AT - 90 * MINUTE,
        "created_at": AT - 90 * MINUTE,
        "progress_at": AT - 60 * MINUTE,
        "done_at": None,
        "closed_at": None,
        "reason": "",
        "wake_at": None,
        "chain": "",
        "next_deadline": None,
        "next_clock": None,
        "risk_at": None,
        "orphan_at": None,
        "follow_at": None,
        "rank_at": FAR,
    }
    return row | values
