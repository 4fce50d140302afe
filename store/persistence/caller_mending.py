"""What callers are found by, derived anew and compared with what is kept."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.persistence.caller_keys import KEYS, add, keys_of_values
from store.persistence.mapping import table_of
from store.persistence.statements import among
from store.persistence.tables import ContactRow, CustomerRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Select

_CUSTOMER, _CONTACT = table_of(CustomerRow).c, table_of(ContactRow).c
_SAID: dict[str, Select[Any]] = {
    "customer": select(_CUSTOMER.id, _CUSTOMER.code, _CUSTOMER.name, _CUSTOMER.phone).where(
        _CUSTOMER.merged_into.is_(None)
    ),
    "contact": select(_CONTACT.id, _CONTACT.name, _CONTACT.phone),
}
_STREAM = 5_000
_WRAP = 2**64

Entry = tuple[str, int]
"""A register, and the id of one who may call."""


def differing(conn: Connection) -> list[Entry]:
    """Who is not found by what he is called now, and those gone who still are found."""
    left: dict[Entry, int] = {}
    for register, asked in _SAID.items():
        for row in _streamed(conn, asked):
            keys = keys_of_values(row._asdict())
            left[register, row.id] = sum(map(hash, keys)) % _WRAP
    for row in _streamed(conn, select(KEYS.c.key, KEYS.c.register, KEYS.c.entry)):
        entry = (row.register, row.entry)
        left[entry] = (left.get(entry, 0) - hash(row.key)) % _WRAP
    return sorted(entry for entry, sum_ in left.items() if sum_)


def mend(conn: Connection, kind: str) -> None:
    """Have everybody found by what he is called now, and by nothing else."""
    wrong: defaultdict[str, list[int]] = defaultdict(list)
    for register, entry in differing(conn):
        wrong[register].append(entry)
    for register, ids in wrong.items():
        said = _SAID.get(register)
        # Whoever is being renamed meanwhile is waited for, and has his new name here.
        rows = [] if said is None else _held(conn, kind, said, ids)
        gone = among(KEYS.c.entry, "ids", kind)
        conn.execute(KEYS.delete().where(KEYS.c.register == register, gone), {"ids": ids})
        add(conn, register, ((row.id, row._asdict()) for row in rows))


def _held(conn: Connection, kind: str, said: Select[Any], ids: list[int]) -> Iterable[Any]:
    numbers = said.selected_columns.id
    locked = said.where(among(numbers, "ids", kind)).order_by(numbers).with_for_update()
    return conn.execute(locked, {"ids": ids}).all()


def _streamed(conn: Connection, asked: Select[Any]) -> Iterator[Any]:
    return iter(conn.execute(asked.execution_options(yield_per=_STREAM)))
