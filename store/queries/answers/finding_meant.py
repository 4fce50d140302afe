"""Tells which entries of a register the names in a query mean, before they are acted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from store.domain.finding.fields import FIELDS, Kind
from store.domain.finding.parser import parse
from store.domain.finding.tree import Sign, Term, leaves
from store.persistence.lookups import REGISTERS
from store.persistence.statements import among
from store.queries.answers.finding_names import REGISTER, ids_of
from store.queries.answers.people import in_sight
from store.queries.finding import MEANT, NameMeant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader
    from store.queries.finding import NamesMeant


def names_meant(reader: Reader, query: NamesMeant) -> tuple[NameMeant, ...]:
    """Each name once, as it is written first; one that means a single entry is not told."""
    asked = dict.fromkeys(_names(query.text))
    found = (_meant(reader, field, name, exactly=whole) for field, name, whole in asked)
    return tuple(one for one in found if one.count != 1)


def _names(text: str) -> Iterator[tuple[str, str, bool]]:
    for leaf in leaves(parse(text)):
        if isinstance(leaf, Term) and FIELDS[leaf.field].kind is Kind.NAME:
            for value in leaf.values:
                if isinstance(value, str):
                    yield leaf.field, value, leaf.sign is Sign.EXACTLY


def _meant(reader: Reader, field: str, name: str, *, exactly: bool) -> NameMeant:
    ids = sorted(ids_of(reader, field, (name,), exactly=exactly))
    register = REGISTER[field]
    table = REGISTERS[register].table
    mine = (among(table.c.id, "ids", reader.kind), in_sight(reader, register, table))
    counted = select(func.count()).select_from(table).where(*mine)
    count = reader.conn.execute(counted, {"ids": ids}).scalar_one() if ids else 0
    named = select(table.c.name).where(*mine).order_by(table.c.name, table.c.id)
    limited = named.limit(bindparam("most", MEANT))
    names = reader.conn.execute(limited, {"ids": ids}).scalars().all() if count > 1 else ()
    return NameMeant(field=field, typed=name, names=tuple(names), count=count, exactly=exactly)
