"""Many rows with one statement: what comes back is what was given, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from store.domain.errors import StoreRaced
from store.persistence.mapping import table_of
from store.persistence.migrate import upgrade
from store.persistence.statements import delete_by, insert_into, send, update_by
from store.persistence.tables import OutboxRow, SiteRow
from tests.store.journals import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.database import Database

SITE, OUTBOX = table_of(SiteRow), table_of(OutboxRow)
AT = datetime(2026, 3, 1, 8, 0, 0, 123_000, tzinfo=UTC)

HOSTILE = (
    "",
    "NULL",
    "null",
    '"quoted", {braced}, \\backslashed\\',
    "'; DROP TABLE site; --",
    "two\nlines\tand a tab",
    "中文，😀",
    "%s %(name)s ? :name $1",
    " spaces ",
)


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    """An empty store."""
    with opened(store_url) as made:
        upgrade(made)
        yield made


def rows(database: Database, table: Any) -> list[dict[str, Any]]:
    """All of a table, in the order written."""
    with database.reading() as conn:
        return [row._asdict() for row in conn.execute(select(table).order_by(table.c.id))]


def sites() -> list[dict[str, Any]]:
    """One site for each hostile text, some with a place and some without."""
    return [
        {
            "code": f"S{place}{text}",
            "name": text,
            "zone": "UTC",
            "latitude": None if place % 2 else 31.25 + place / 7,
        }
        for place, text in enumerate(HOSTILE)
    ]


def test_any_text_and_number_comes_back_as_it_was_given(database: Database) -> None:
    """And the columns that were not named have their defaults."""
    given = sites()
    with database.writing() as conn:
        assert send(conn, insert_into(SITE), given) == len(given)
    found = rows(database, SITE)
    assert [{name: row[name] for name in given[0]} for row in found] == given
    assert {row["address"] for row in found} == {""}
    assert [row["id"] for row in found] == sorted(row["id"] for row in found)


def test_instants_and_documents_are_turned(database: Database) -> None:
    """As SQLAlchemy's own columns turn them, for a later reader uses those."""
    bodies: list[dict[str, Any]] = [{"said": text, "n": [1, None]} for text in HOSTILE]
    given = [
        {"key": str(place), "kind": "test", "body": body, "made_at": AT, "aim_at": AT}
        for place, body in enumerate(bodies)
    ]
    with database.writing() as conn:
        send(conn, insert_into(OUTBOX), given)
    found = rows(database, OUTBOX)
    assert [row["body"] for row in found] == bodies
    assert {row["aim_at"] for row in found} == {AT}
    assert {(row["term"], row["tries"], row["done_at"]) for row in found} == {(0, 0, None)}


def test_a_change_meets_the_rows_whose_keys_match_and_says_how_many(database: Database) -> None:
    """So a version that somebody else raised is noticed."""
    with database.writing() as conn:
        send(conn, insert_into(SITE), sites())
    change = update_by(SITE, ("id", "zone"), ("name", "latitude"))
    wanted = [
        {"k_id": 1, "k_zone": "UTC", "v_name": "one", "v_latitude": 1.5},
        {"k_id": 2, "k_zone": "Asia/Shanghai", "v_name": "two", "v_latitude": 2.5},
        {"k_id": 3, "k_zone": "UTC", "v_name": "three", "v_latitude": None},
    ]
    with database.writing() as conn:
        assert send(conn, change, wanted) == 2
    found = {row["id"]: row for row in rows(database, SITE)}
    assert (found[1]["name"], found[1]["latitude"]) == ("one", 1.5)
    assert found[2]["name"] == HOSTILE[1]
    assert (found[3]["name"], found[3]["latitude"]) == ("three", None)
    with database.writing() as conn:
        assert send(conn, delete_by(SITE, ("id",)), [{"k_id": 1}, {"k_id": 3}, {"k_id": 99}]) == 2
    assert {1, 3}.isdisjoint(row["id"] for row in rows(database, SITE))


def test_what_the_tables_forbid_is_refused_whole(database: Database) -> None:
    """A statement for many rows is one statement: none of them is kept."""
    with pytest.raises((IntegrityError, StoreRaced)), database.writing() as conn:
        send(conn, insert_into(SITE), [*sites(), sites()[0]])
    assert rows(database, SITE) == []
