"""Orders by who called: the person himself, or a customer whose own number it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select

from store.domain.callers import By, beginnings, shorter
from store.persistence.caller_keys import KEYS
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from store.domain.finding.tree import Term
    from store.queries.answers.finding_where import Meaning

_LONGEST = 200
_MOST = 2000
"""People of whom one word is taken to speak; more have nothing in common but a letter."""
_LAST = "\U0010ffff"
_BEGIN = (
    select(KEYS.c.key, KEYS.c.register, KEYS.c.entry)
    .where(KEYS.c.key >= bindparam("low"), KEYS.c.key <= bindparam("high"))
    .order_by(KEYS.c.key, KEYS.c.register, KEYS.c.entry)
    .limit(_MOST)
)


def anybody_called() -> ColumnElement[bool]:
    """Whether it is known who called."""
    return ORDERS.c.contact_id.is_not(None)


def called(meaning: Meaning, term: Term) -> ColumnElement[bool]:
    """By the end of a number in any writing, a name, its sound or its first letters."""
    people, customers = _meant(meaning, (v for v in term.values if isinstance(v, str)))
    found = meaning.among(ORDERS.c.contact_id, people) & ORDERS.c.contact_id.is_not(None)
    if not customers:
        return found
    return or_(found, meaning.among(ORDERS.c.customer_id, customers))


def _meant(meaning: Meaning, texts: Iterable[str]) -> tuple[set[int], set[int]]:
    people: set[int] = set()
    customers: set[int] = set()
    for text in texts:
        wanted = text[:_LONGEST].strip()
        ranges = [(start, start + _LAST) for start in beginnings(wanted)]
        if ranges and ranges[0][0].startswith(By.NUMBER):
            ranges += [(whole, whole) for whole in shorter(wanted)]
        for low, high in ranges:
            rows = meaning.reader.conn.execute(_BEGIN, {"low": low, "high": high})
            for key, register, entry in rows:
                if register == "contact":
                    people.add(entry)
                elif key.startswith(By.NUMBER):
                    customers.add(entry)
    return people, customers
