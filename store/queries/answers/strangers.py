"""Looks names up as a command would, and says which of them it would not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.lookups import REGISTERS, is_half_a_code, matches
from store.persistence.scoping import served, within

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from store.persistence.reader import Reader
    from store.queries.strangers import Strangers


def strangers(reader: Reader, query: Strangers) -> frozenset[str]:
    """Those registers that have no such name in sight."""
    asked = {"customer": query.customer, "site": query.site}
    given = {register: name for register, name in asked.items() if name}
    return frozenset(what for what, name in given.items() if not _is_known(reader, what, name))


def _is_known(reader: Reader, register: str, name: str) -> bool:
    table = REGISTERS[register].table
    for match in matches(table, name):
        asked = select(table.c.code, table.c.name).where(match, _seen(reader, register)).limit(2)
        found = reader.conn.execute(asked).all()
        if len(found) > 1 or (found and not is_half_a_code(name, found[0])):
            return True
    return False


def _seen(reader: Reader, register: str) -> ColumnElement[bool]:
    scope, column = reader.who.scope, REGISTERS[register].table.c.id
    if register == "site":
        return within(scope, column, reader.kind)
    return served(scope, column, reader.kind)
