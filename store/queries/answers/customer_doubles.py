"""Finds pairs by what callers are found by: one look over sorted keys."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from store.domain.callers import WHOLE_DIGITS, By
from store.domain.finding.grams import folded
from store.domain.who import Right
from store.persistence.caller_keys import KEYS
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, ORDERS
from store.queries.answers.scope import checked_limit
from store.queries.customer_doubles import DoubleLine, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.persistence.reader import Reader
    from store.queries.customer_doubles import CustomerDoubles

_PEOPLE, _LEVELS = metadata.tables["contact"], metadata.tables["service_level"]
_HANGS: Final = {
    "orders": ORDERS,
    "people": _PEOPLE,
    "contracts": metadata.tables["contract"],
    "plans": metadata.tables["plan"],
    "voices": metadata.tables["voice"],
}
"""By the field of a side: the table whose rows are a customer's."""
_HOUSE: Final = 5
"""Customers under one number; more are tenants of one house, or extensions of one exchange."""


def customer_doubles(reader: Reader, query: CustomerDoubles) -> tuple[DoubleLine, ...]:
    """Two streams, of numbers and of names; what hangs on each is asked of the pairs alone."""
    if reader.who.scope.sites is not None or not reader.who.may(Right.REGISTER):
        return ()
    numbers, names = set(_pairs(_numbers(reader))), set(_pairs(_names(reader)))
    found = sorted(
        numbers | names, key=lambda pair: (not (pair in numbers and pair in names), pair)
    )
    found = found[: checked_limit(query.limit)]
    ids = sorted({one for pair in found for one in pair})
    if not ids:
        return ()
    sides = _sides(reader, ids)
    return tuple(
        DoubleLine(
            first=sides[one],
            second=sides[other],
            numbers=(one, other) in numbers,
            names=(one, other) in names,
        )
        for one, other in found
    )


def _pairs(alike: Iterable[set[int]]) -> Iterable[tuple[int, int]]:
    for group in alike:
        yield from combinations(sorted(group), 2)


def _numbers(reader: Reader) -> Iterable[set[int]]:
    """Customers behind each number, their own and those of their people."""
    his = (
        select(KEYS.c.key, func.coalesce(_PEOPLE.c.customer_id, KEYS.c.entry).label("customer"))
        .outerjoin(_PEOPLE, (_PEOPLE.c.id == KEYS.c.entry) & (KEYS.c.register == "contact"))
        .where(KEYS.c.key >= By.NUMBER.value, KEYS.c.key < chr(ord(By.NUMBER.value) + 1))
        .where((KEYS.c.register == "customer") | _PEOPLE.c.customer_id.is_not(None))
        .where(func.length(KEYS.c.key) > WHOLE_DIGITS)  # fewer are a desk within some house
        .distinct()
        .subquery()
    )
    several = (
        select(his.c.key)
        .group_by(his.c.key)
        .having(func.count().between(2, _HOUSE))
        .scalar_subquery()
    )
    found: defaultdict[str, set[int]] = defaultdict(set)
    for key, customer in reader.conn.execute(select(his).where(his.c.key.in_(several))):
        found[key].add(customer)
    return found.values()


def _names(reader: Reader) -> Iterable[set[int]]:
    """Customers of each name, whatever its case, width and spaces."""
    itself = CUSTOMERS.c.merged_into.is_(None), CUSTOMERS.c.erased_at.is_(None)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for customer, name in reader.conn.execute(
        select(CUSTOMERS.c.id, CUSTOMERS.c.name).where(*itself)
    ):
        found["".join(folded(name).split())].add(customer)
    return (group for name, group in found.items() if name and len(group) > 1)


def _sides(reader: Reader, ids: list[int]) -> Mapping[int, Side]:
    counts = (
        select(func.count())
        .where(table.c.customer_id == CUSTOMERS.c.id)
        .scalar_subquery()
        .label(name)
        for name, table in _HANGS.items()
    )
    said = (CUSTOMERS.c[name] for name in ("id", "code", "name", "phone", "tier"))
    level = func.coalesce(_LEVELS.c.code, "").label("level")
    asked = (
        select(*said, level, *counts)
        .select_from(CUSTOMERS.outerjoin(_LEVELS, _LEVELS.c.id == CUSTOMERS.c.level_id))
        .where(among(CUSTOMERS.c.id, "ids", reader.kind))
    )
    rows = reader.conn.execute(asked, {"ids": ids}).mappings()
    return {row["id"]: Side(**row) for row in rows}
