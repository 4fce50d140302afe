"""Whose earlier orders one caller has: those of whoever has his number, or his name there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from store.domain.callers import (
    WHOLE_DIGITS,
    By,
    desk_number,
    ends_of,
    others_line,
    read_caller,
    shorter,
    whole_name,
)
from store.persistence.caller_keys import KEYS
from store.persistence.statements import among
from store.queries.answers.callers import CONTACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.callers import Caller
    from store.persistence.reader import Reader

_LONGEST: Final = 200
_MOST: Final = 50
"""People under one number who are looked at: a works canteen's telephone."""
_LAST: Final = "\U0010ffff"
_BETWEEN = (
    select(KEYS.c.register, KEYS.c.entry)
    .where(KEYS.c.key >= bindparam("low"), KEYS.c.key <= bindparam("high"))
    .order_by(KEYS.c.key, KEYS.c.register, KEYS.c.entry)
    .limit(_MOST)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SameCaller:
    """Who one caller may be, by ids."""

    people: frozenset[int] = frozenset()
    customers: frozenset[int] = frozenset()
    """Customers who call themselves."""
    namesakes: frozenset[int] = frozenset()
    """Who is called so, where nothing else of him is known: he, if they called just now."""

    def called(
        self, contact: int | None, customer: int | None, *, alike: bool, just_now: bool = False
    ) -> bool:
        """Whether an order is one that he called for.

        An order of his that says nobody called may have come in any way: with alike words it is.
        """
        if contact is not None:
            return contact in self.people or (just_now and contact in self.namesakes)
        return alike and customer in self.customers


def same_caller(reader: Reader, text: str, customer: int | None) -> SameCaller:
    """By his number, or that of his desk; else by his name among those of the customer."""
    caller = read_caller(text[:_LONGEST].strip())
    found = {pair for low, high in _ranges(caller.phone) for pair in _look(reader, low, high)}
    desk = "" if caller.phone else desk_number(caller.name)
    if desk:
        found = _look(reader, By.NAME + desk, By.NAME + desk)
    elif not caller.phone and customer is not None:
        found = {pair for key in whole_name(caller.name) for pair in _look(reader, key, key)}
    people = _people(reader, {entry for register, entry in found if register == "contact"})
    if not caller.phone and not desk:
        found &= {("customer", customer)}
        people = {person for person in people if person.customer_id == customer}
    return SameCaller(
        namesakes=_namesakes(reader, caller, customer),
        people=frozenset(p.id for p in people if not others_line(p.phone, caller.phone)),
        customers=frozenset(entry for register, entry in found if register == "customer"),
    )


def _namesakes(reader: Reader, caller: Caller, customer: int | None) -> frozenset[int]:
    """Those of his name, where neither number nor customer tells more."""
    if caller.phone or customer is not None:
        return frozenset()
    found = {pair for key in whole_name(caller.name) for pair in _look(reader, key, key)}
    return frozenset(entry for register, entry in found if register == "contact")


def _ranges(phone: str) -> Iterator[tuple[str, str]]:
    """A number may have been kept with a town before it that is not said now, or without one."""
    for end in ends_of(phone):
        key = By.NUMBER + end
        yield key, key + (_LAST if len(end) >= WHOLE_DIGITS else "")
    for key in shorter(phone):
        yield key, key


def _look(reader: Reader, low: str, high: str) -> set[tuple[str, int]]:
    rows = reader.conn.execute(_BETWEEN, {"low": low, "high": high})
    return {(register, entry) for register, entry in rows}


def _people(reader: Reader, ids: set[int]) -> set[Any]:
    c = CONTACTS.c
    asked = select(c.id, c.phone, c.customer_id).where(among(c.id, "ids", reader.kind))
    return set(reader.conn.execute(asked, {"ids": sorted(ids)})) if ids else set()
