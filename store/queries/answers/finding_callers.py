"""Orders by who called: the person himself, or a customer whose own number it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from store.domain.callers import By, beginnings, shorter
from store.persistence.caller_keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.persistence.reader import Reader

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


def callers_meant(reader: Reader, texts: Iterable[str]) -> tuple[set[int], set[int]]:
    """By the end of a number in any writing; people also by name and by its sound."""
    people: set[int] = set()
    customers: set[int] = set()
    for text in texts:
        wanted = text[:_LONGEST].strip()
        ranges = [(start, start + _LAST) for start in beginnings(wanted)]
        if ranges and ranges[0][0].startswith(By.NUMBER):
            ranges += [(whole, whole) for whole in shorter(wanted)]
        for low, high in ranges:
            rows = reader.conn.execute(_BEGIN, {"low": low, "high": high})
            for key, register, entry in rows:
                if register == "contact":
                    people.add(entry)
                elif key.startswith(By.NUMBER):
                    customers.add(entry)
    return people, customers
