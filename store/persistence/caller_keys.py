"""Keeps what callers are found by in step with customers and with those who called."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from store.domain.callers import keys_of
from store.persistence.mapping import table_of
from store.persistence.statements import delete_by, insert_into, send
from store.persistence.tables import CallerKeyRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

KEYS = table_of(CallerKeyRow)
CALLING = frozenset({"customer", "contact"})
"""Registers whose entries can be found by who calls."""

_SAID = ("code", "name", "phone")
_AT_ONCE = 20_000
"""Keys in one statement: working out a million lets a server take the transaction for left."""
_WHOLE = ("key", "register", "entry")


def add(conn: Connection, register: str, made: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Make new entries known: their ids, and the values they were made with."""
    if register in CALLING:
        rows = (
            _row(key, register, entry) for entry, values in made for key in keys_of_values(values)
        )
        while some := list(islice(rows, _AT_ONCE)):
            send(conn, insert_into(KEYS), some)


def renew(
    conn: Connection,
    register: str,
    entry: int,
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> None:
    """Make known what an entry is called now, and forget what it was called."""
    if register not in CALLING or changes.keys().isdisjoint(_SAID):
        return
    old, new = keys_of_values(before), keys_of_values({**before, **changes})
    gone = [{f"k_{n}": v for n, v in _row(k, register, entry).items()} for k in old - new]
    if gone:
        send(conn, delete_by(KEYS, _WHOLE), gone)
    if new - old:
        send(conn, insert_into(KEYS), [_row(key, register, entry) for key in new - old])


def keys_of_values(values: Mapping[str, Any]) -> frozenset[str]:
    """What an entry with these columns is found by."""
    return keys_of(**{name: values.get(name) or "" for name in _SAID})


def _row(key: str, register: str, entry: int) -> dict[str, Any]:
    return {"key": key, "register": register, "entry": entry}
