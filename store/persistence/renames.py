"""What a new name owes to the search index: the orders that are found by it, batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from store.persistence import marks, search_index
from store.persistence.mapping import ORDER, VISIT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Column, Table

    from store.persistence.statements import Values
    from store.persistence.transaction import Transaction

FOUND_BY: Mapping[str, frozenset[str]] = {
    "site": frozenset({"code", "name"}),
    "customer": frozenset({"code", "name", "phone"}),
    "asset": frozenset({"code", "name"}),
    "technician": frozenset({"code", "name"}),
}
"""What of a register's entry the orders that name it are found by."""

BATCH = 1_000
"""Orders written again in one transaction: on SQLite others wait some tenths of a second."""

_ALL = "all"
_NAMED_IN: Mapping[str, tuple[Column[int], Column[Any]]] = {
    "site": (ORDER.c.number, ORDER.c.site_id),
    "customer": (ORDER.c.number, ORDER.c.customer_id),
    "asset": (ORDER.c.number, ORDER.c.asset_id),
    "technician": (VISIT.c.number, VISIT.c.technician_id),
}


def hold(work: Transaction, register: str, table: Table, key: Values, values: Values) -> None:
    """Before a name is changed: nobody may write orders until its own are written again."""
    told = FOUND_BY.get(register)
    if told is None or work.kind != "postgresql":
        return
    given = sorted(told & set(values))
    stored = select(*(table.c[name] for name in given)).where(
        and_(*(table.c[name] == value for name, value in key.items()))
    )
    row = work.conn.execute(stored).one_or_none()
    if row is not None and list(row) != [values[name] for name in given]:
        work.hold_promises(alone=True)


def reindex(work: Transaction, register: str, entry: int, changed: Collection[str]) -> None:
    """After a change of an entry: write its orders again, the first now, the others owed."""
    if not FOUND_BY.get(register, frozenset()).isdisjoint(changed):
        _go_on(work, f"{marks.REINDEX}{register} {entry}", after=0)


def reindex_all(work: Transaction) -> None:
    """Write every order again, the first now, the others owed."""
    _go_on(work, f"{marks.REINDEX}{_ALL} 0", after=0)


def reindex_on(work: Transaction) -> bool:
    """Write the next batch that a new name still owes; whether there was one."""
    work.hold_promises(alone=True)
    owed = marks.beginning(work.conn, marks.REINDEX)
    if not owed:
        return False
    mark, done = owed[0]
    _go_on(work, mark, after=int(done))
    return True


def _go_on(work: Transaction, mark: str, *, after: int) -> None:
    register, entry = mark.removeprefix(marks.REINDEX).split()
    numbers = _named(work, register, int(entry), after)
    search_index.index(work.conn, work.kind, numbers)
    if len(numbers) == BATCH:
        marks.keep(work.conn, mark, str(numbers[-1]))
    else:
        marks.drop(work.conn, mark)


def _named(work: Transaction, register: str, entry: int, after: int) -> Sequence[int]:
    number, column = _NAMED_IN.get(register, (ORDER.c.number, None))
    asked = select(number).distinct().where(number > after)
    if column is not None:
        asked = asked.where(column == entry)
    return work.conn.execute(asked.order_by(number).limit(BATCH)).scalars().all()
