"""Finds callers by the beginning of a key: a few looks into a sorted table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, or_, select

from store.domain.callers import (
    By,
    beginnings,
    others_line,
    read_caller,
    same_number,
    shorter,
)
from store.domain.finding.grams import folded
from store.persistence.caller_keys import KEYS
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, ORDERS
from store.queries.answers.scope import checked_limit, within
from store.queries.callers import CallerLine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from store.persistence.reader import Reader
    from store.queries.callers import CallersLike

CONTACTS = metadata.tables["contact"]

_LONGEST = 200
"""Characters of a text that are read."""
_LAST = "\U0010ffff"
"""Sorts behind whatever a key goes on with."""
_FIRST = "\x01"
"""Sorts before whatever a key goes on with."""
LOOKED_AT = 200
"""Keys that begin so and are looked at: more say only that more is to be typed."""
_ORDER = tuple(By)
_BEGIN = (
    select(KEYS.c.key, KEYS.c.register, KEYS.c.entry)
    .where(KEYS.c.key >= bindparam("low"), KEYS.c.key < bindparam("high"))
    .order_by(KEYS.c.key, KEYS.c.register, KEYS.c.entry)
    .limit(LOOKED_AT)
)

Found = dict[tuple[str, int], str]
"""By register and id: the key it was found by, the surest first."""


def callers_like(reader: Reader, query: CallersLike) -> tuple[CallerLine, ...]:
    """The surest first; of equals those whose name begins so, then customers themselves."""
    text = query.text[:_LONGEST].strip()
    limit = checked_limit(query.limit)
    found = _found(reader, text)
    customers = [entry for register, entry in found if register == "customer"]
    people = _people(reader, [entry for register, entry in found if register == "contact"])
    known = _customers(reader, {*customers, *(p.customer_id for p in people.values())} - {None})
    caller = read_caller(text)
    wanted = folded(caller.name or text)
    told = []
    for (register, entry), key in found.items():
        person = people.get(entry) if register == "contact" else None
        customer = known.get(entry if person is None else person.customer_id)
        hidden = register == "contact" and person is None
        hidden = hidden or (person is not None and others_line(person.phone, caller.phone))
        if hidden or (customer is None and (person is None or person.customer_id is not None)):
            continue
        line = _line(By(key[0]), customer, person)
        begins = folded(line.person or line.name).startswith(wanted)
        lone = line.by is By.NUMBER and customer is None
        rank = (_ORDER.index(line.by), lone, not begins, line.contact is not None, key, entry)
        told.append((rank, line))
    told.sort(key=lambda pair: pair[0])
    lines = _once(line for _rank, line in told)
    return tuple(line for line in lines if not _is_bare(line, lines))[:limit]


def _found(reader: Reader, text: str) -> Found:
    caller = read_caller(text)
    starts = [*(beginnings(caller.phone) if caller.phone else ()), *beginnings(caller.name)]
    found: Found = {}
    begin = _BEGIN if reader.who.scope.sites is None else _BEGIN.where(_his(reader))
    for start in dict.fromkeys(starts):
        _look(reader, found, begin, start, start + _LAST)
    for whole in shorter(caller.phone):
        _look(reader, found, begin, whole, whole + _FIRST)
    return found


def _look(reader: Reader, found: Found, begin: Select[Any], low: str, high: str) -> None:
    for key, register, entry in reader.conn.execute(begin, {"low": low, "high": high}):
        found.setdefault((register, entry), key)


def _his(reader: Reader) -> ColumnElement[bool]:
    """Keys of customers at the asker's sites: else those of others would leave him none."""
    key, person, order = KEYS.c, CONTACTS.c, ORDERS.c
    here = within(reader, order.site_id)
    calls = and_(person.id == key.entry, order.customer_id == person.customer_id)
    return or_(
        and_(key.register == "customer", exists().where(order.customer_id == key.entry, here)),
        and_(key.register == "contact", exists().where(calls, here)),
    )


def _people(reader: Reader, ids: list[int]) -> dict[int, Any]:
    """Those who called for a customer in sight; for nobody known, the whole desk sees them."""
    seen = served(reader, CONTACTS.c.customer_id)
    if reader.who.scope.sites is None:
        seen = or_(seen, CONTACTS.c.customer_id.is_(None))
    asked = select(CONTACTS).where(among(CONTACTS.c.id, "ids", reader.kind), seen)
    return {row.id: row for row in reader.conn.execute(asked, {"ids": ids})} if ids else {}


def _customers(reader: Reader, ids: set[int]) -> dict[int | None, Any]:
    asked = select(CUSTOMERS).where(
        among(CUSTOMERS.c.id, "ids", reader.kind), served(reader, CUSTOMERS.c.id)
    )
    return {row.id: row for row in reader.conn.execute(asked, {"ids": sorted(ids)})} if ids else {}


def served(reader: Reader, customer: Any) -> ColumnElement[bool]:
    """Whether the asker sees a customer: asked of few, so each by its own orders."""
    if reader.who.scope.sites is None:
        return and_(True, customer.is_not(None))
    return exists().where(ORDERS.c.customer_id == customer, within(reader, ORDERS.c.site_id))


def _line(by: By, customer: Any, person: Any) -> CallerLine:
    return CallerLine(
        by=by,
        customer=customer.id if customer else None,
        code=customer.code if customer else "",
        name=customer.name if customer else "",
        phone=customer.phone if customer else "",
        tier=customer.tier if customer else "",
        contact=person.id if person else None,
        person=person.name if person else "",
        person_phone=person.phone if person else "",
    )


def _is_bare(line: CallerLine, lines: list[CallerLine]) -> bool:
    """Whether it says nothing but a number that another has, too."""
    if line.contact is None or line.person:
        return False
    return any(
        line.customer in {None, other.customer} and same_number(line.person_phone, number)
        for other in lines
        for number in [other.phone if other.contact is None else other.person_phone]
        if other.person or other.contact is None or (other.customer and not line.customer)
    )


def _once(lines: Any) -> list[CallerLine]:
    """A customer stands for himself once, and so does each person."""
    kept = {(line.customer, line.contact): line for line in reversed(list(lines))}
    return list(reversed(kept.values()))
