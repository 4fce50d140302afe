"""The doctor's look at what things are found by: orders by their words, callers by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence import caller_mending, search_index
from store.queries.answers.lines import ORDERS
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.persistence.reader import Reader

MANY = 1_000
"""Beyond so many orders the whole index is written again."""

_PAGE = 2_000
_PLACES = re.compile(r"'([^']+)':([\d,]+)")
_WRAP = 2**64

Told = tuple[int, str, int]
"""An order's number, a gram, and its place."""


def search(reader: Reader) -> Iterator[Finding]:
    """Orders that the index does not know as they are, and such as it should not know at all."""
    left = _sums(_wanted(reader), 1, {})
    _sums(_SAID[reader.kind](reader), -1, left)
    wrong = sorted(number for number, sum_ in left.items() if sum_)
    if len(wrong) > MANY:
        yield Finding(check=Check.SEARCH_MANY, facts={"count": len(wrong)})
    else:
        yield from (Finding(check=Check.SEARCH, number=number) for number in wrong)


def callers(reader: Reader) -> Iterator[Finding]:
    """Customers and people who called, against what they are found by."""
    if wrong := caller_mending.differing(reader.conn):
        yield Finding(check=Check.CALLERS, facts={"count": len(wrong)})


def _sums(told: Iterable[Told], sign: int, into: dict[int, int]) -> dict[int, int]:
    """One number for all that is told of an order, in whatever order it comes."""
    for number, gram, place in told:
        into[number] = (into.get(number, 0) + sign * hash((gram, place))) % _WRAP
    return into


def _wanted(reader: Reader) -> Iterator[Told]:
    last = 0
    asked = select(ORDERS.c.number).order_by(ORDERS.c.number).limit(_PAGE)
    while numbers := reader.conn.execute(asked.where(ORDERS.c.number > last)).scalars().all():
        last = numbers[-1]
        found = search_index.documents(reader.conn, reader.kind, numbers)
        for number, document in found.items():
            yield from ((number, gram, place) for place, gram in enumerate(document))


def _said_sqlite(reader: Reader) -> Iterator[Told]:
    rows = reader.conn.exec_driver_sql('SELECT doc, term, "offset" FROM search_terms')
    yield from ((number, gram, place) for number, gram, place in rows)


def _said_postgresql(reader: Reader) -> Iterator[Told]:
    last = -(2**62)
    page = "SELECT number, doc::text FROM search WHERE number > %s ORDER BY number LIMIT %s"
    while rows := reader.conn.exec_driver_sql(page, (last, _PAGE)).all():
        last = rows[-1][0]
        for number, text in rows:
            for gram, places in _PLACES.findall(text):
                yield from ((number, gram, int(place) - 1) for place in places.split(","))


_SAID = {"sqlite": _said_sqlite, "postgresql": _said_postgresql}
