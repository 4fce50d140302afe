"""Names in a query: which entries of a register they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sqlalchemy import Text, collate, func, or_, select

from store.persistence.lookups import REGISTERS
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Column, ColumnElement

    from store.persistence.reader import Reader

REGISTER = {
    "site": "site",
    "customer": "customer",
    "tech": "technician",
    "asset": "asset",
    "level": "level",
    "region": "region",
    "follower": "operator",
}
"""The register that the names of a field are looked up in."""

_TAGS = metadata.tables["customer_tag"]


def ids_of(reader: Reader, field: str, names: Iterable[str]) -> set[int]:
    """The entries with exactly one of these codes or names, else all that hold it in them."""
    register = REGISTER[field]
    table = REGISTERS[register].table
    said = (table.c.code, table.c.name, *((table.c.phone,) if register == "customer" else ()))
    found: set[int] = set()
    for name in names:
        # an input method may give wide letters for a name that is kept with narrow ones
        texts = dict.fromkeys((name.strip(), normalize("NFKC", name).strip()))
        exactly = (
            _same(reader.kind, column, text)
            for text in texts
            for column in (table.c.code, table.c.name)
        )
        holding = (
            _folded(reader.kind, column).contains(_lower(text), autoescape=True)
            for text in texts
            for column in said
        )
        for fits in (or_(*exactly), or_(*holding)):
            ids = set(reader.conn.execute(select(table.c.id).where(fits)).scalars())
            if ids:
                found |= ids
                break
    return found


def tagged(reader: Reader, tags: Iterable[str]) -> ColumnElement[Any]:
    """The ids of customers with one of these tags."""
    wanted = (begins(reader.kind, _TAGS.c.tag, tag) for tag in tags)
    return select(_TAGS.c.customer_id).where(or_(*wanted)).scalar_subquery()


def begins(kind: str, column: Column[Any], text: str) -> ColumnElement[bool]:
    """Whether a text begins so, whatever the case of Latin letters."""
    return _folded(kind, column).startswith(_lower(text.strip()), autoescape=True)


def _same(kind: str, column: Column[Any], text: str) -> ColumnElement[bool]:
    return _folded(kind, column) == _lower(text)


def _folded(kind: str, column: Any) -> ColumnElement[str]:
    """Lower case of A to Z only: the same on both databases, whatever language they speak."""
    plain = collate(column, "C") if kind == "postgresql" else column
    return func.lower(plain, type_=Text)


def _lower(text: str) -> str:
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)
