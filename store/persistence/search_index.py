"""Keeps the search index: what orders are found by is written together with them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from store.domain.facts import canonical
from store.domain.finding.grams import grams
from store.persistence.search_docs import (
    TOLD,
    WENT,
    as_text,
    as_vector,
    differs,
    document,
    note_in,
    phone_grams,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from store.persistence.known import Known

CHUNK = 500
"""Orders read and written in one statement."""

_TEXTS = """
SELECT o.number, 0 AS part, 0 AS place, {own} AS told, c.phone, o.live, o.site_id, o.customer_id
FROM work_order AS o LEFT JOIN site AS s ON s.id = o.site_id
LEFT JOIN customer AS c ON c.id = o.customer_id LEFT JOIN asset AS a ON a.id = o.asset_id
WHERE o.number {these}
UNION ALL
SELECT v.number, 1, v.place, t.code || ' ' || t.name, NULL, NULL, NULL, NULL
FROM visit AS v JOIN technician AS t ON t.id = v.technician_id
WHERE v.number {these} AND v.state IN ({went})
UNION ALL
SELECT j.number, 2, -j.seq, j.words, NULL, NULL, NULL, NULL
FROM journal AS j
WHERE j.number {these} AND j.fact IN ({told}) AND j.words IS NOT NULL
ORDER BY 1, 2, 3
"""
"""Every text that orders are found by, in one statement: their own, people's, notes."""

_INSERT = "INSERT INTO search (rowid, doc) VALUES (?, ?)"

_OWN = (
    *("o.external_id", "o.title", "o.kind", "o.description"),
    *("s.code", "s.name", "c.code", "c.name", "a.code", "a.name"),
)


def touched(changed: Iterable[Known]) -> set[int]:
    """The orders that are found by something else now, or are new."""
    return {
        known.now.number
        for known in changed
        if known.stored is None or (not known.attention_only and differs(known.stored, known.now))
    }


def index(conn: Connection, kind: str, numbers: Iterable[int]) -> None:
    """Make the index say of these orders what the store says now; gone ones leave it."""
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        forget(conn, kind, some)
        add(conn, kind, documents(conn, kind, some))


def forget(conn: Connection, kind: str, numbers: Sequence[int]) -> None:
    """Let the index know nothing of these orders."""
    if kind == "postgresql":
        conn.exec_driver_sql("DELETE FROM search WHERE number = ANY(%s)", (list(numbers),))
    else:
        conn.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(n,) for n in numbers])


def forget_for_good(conn: Connection, kind: str) -> None:
    """Let no word stay in the index by which an order was found before.

    SQLite's keeps them beside a mark that they are gone, which a copy of the store has, too.
    """
    if kind == "sqlite":
        conn.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def add(conn: Connection, kind: str, found: Mapping[int, list[str]]) -> None:
    """Put in documents of orders that the index knows nothing of yet."""
    if not found:
        return
    if kind == "postgresql":
        conn.exec_driver_sql(
            "INSERT INTO search (number, doc) SELECT number, doc::tsvector"
            " FROM unnest(%s::bigint[], %s::text[]) AS given (number, doc)",
            (list(found), [as_vector(doc) for doc in found.values()]),
        )
    else:
        told = [(number, as_text(doc)) for number, doc in found.items()]
        conn.exec_driver_sql(_INSERT, told)


def add_told(conn: Connection, kind: str, rows: Sequence[Any]) -> None:
    """The same for documents that an ink (see `inks`) has written down."""
    if not rows:
        return
    if kind == "postgresql":
        driver: Any = conn.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy("COPY search (number, doc) FROM STDIN") as copy:
            for text in rows:
                copy.write(text)
    else:
        conn.exec_driver_sql(_INSERT, list(rows))


def documents(conn: Connection, kind: str, numbers: Sequence[int]) -> dict[int, list[str]]:
    """What these orders are found by as the store tells it now; only those that there are."""
    given: Any = list(numbers) if kind == "postgresql" else canonical(list(numbers))
    orders: dict[int, Any] = {}
    parts: dict[int, list[Iterable[str]]] = {}
    for row in conn.exec_driver_sql(_texts(kind), (given, given, given)):
        number, part, _, told, phone = row[:5]
        if part == 0:
            orders[number], parts[number] = row, [grams(told), phone_grams(phone or "")]
        elif number in parts:
            parts[number].append(grams(told if part == 1 else note_in(told)))
    return {
        number: document(number, parts[number], live=bool(live), site=site, customer=customer)
        for number, (*_, live, site, customer) in orders.items()
    }


@cache
def _texts(kind: str) -> str:
    these = "= ANY(%s)" if kind == "postgresql" else "IN (SELECT value FROM json_each(?))"
    own = " || ' ' || ".join(f"coalesce({column}, '')" for column in _OWN)
    went = ", ".join(f"'{state}'" for state in sorted(WENT))
    told = ", ".join(f"'{fact}'" for fact in TOLD)
    return _TEXTS.format(own=own, these=these, went=went, told=told)
