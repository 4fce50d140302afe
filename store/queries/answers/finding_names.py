"""Names in a query: which entries of a register they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sqlalchemy import Text, collate, func, or_, select

from store.domain.callers import LONGEST, By
from store.domain.sounds import KEPT, begins_so, has_initials
from store.persistence.caller_keys import KEYS
from store.persistence.lookups import REGISTERS
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Column, ColumnElement, Result, Table

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

_SPOKEN = frozenset({"site", "technician", "region", "operator"})
"""Registers that are small enough to be gone through name by name."""
_LAST = "\U0010ffff"
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_TAGS = metadata.tables["customer_tag"]


def ids_of(reader: Reader, field: str, names: Iterable[str], *, exactly: bool = False) -> set[int]:
    """The entries with exactly one of these codes or names, else all that hold it or sound so.

    Of a name in two scripts each is a name.

    Where it is to be `exactly`, only the former.
    """
    register = REGISTER[field]
    table = REGISTERS[register].table
    said = (table.c.code, table.c.name, *((table.c.phone,) if register == "customer" else ()))
    found: set[int] = set()
    for name in names:
        # an input method may give wide letters for a name that is kept with narrow ones
        texts = dict.fromkeys((name.strip(), normalize("NFKC", name).strip()))
        whole = (
            _same(reader.kind, column, text)
            for text in texts
            for column in (table.c.code, table.c.name)
        )
        holding = (
            _folded(reader.kind, column).contains(_lower(text), autoescape=True)
            for text in texts
            for column in said
        )
        ids = _ids(reader, table, or_(*whole)) or _in_one_script(reader, table, texts)
        if not ids and not exactly:
            ids = _ids(reader, table, or_(*holding)) | _sounding(reader, register, name)
        found |= ids
    return found


def _ids(reader: Reader, table: Table, fits: ColumnElement[bool]) -> set[int]:
    meant = (
        func.coalesce(table.c.merged_into, table.c.id) if "merged_into" in table.c else table.c.id
    )
    return _first(reader.conn.execute(select(meant).where(fits)))


def _in_one_script(reader: Reader, table: Table, texts: Iterable[str]) -> set[int]:
    """Those whose name says the same in two scripts, one of which this is: 北楼 North Tower."""
    found: set[int] = set()
    for text in texts:
        if text:
            folded, lower = _folded(reader.kind, table.c.name), _lower(text)
            begins = folded.startswith(f"{lower} ", autoescape=True)
            ends = folded.endswith(f" {lower}", autoescape=True)
            rows = reader.conn.execute(select(table.c.id, table.c.name).where(or_(begins, ends)))
            found |= {row.id for row in rows if lower in _halves(_lower(row.name))}
    return found


def _halves(name: str) -> tuple[str, ...]:
    """A name in Chinese, and the same beside it in letters; nothing where it is in one alone."""
    for place, sign in enumerate(name):
        if sign == " ":
            halves = name[:place].strip(), name[place:].strip()
            if {bool(_CHINESE.search(half)) for half in halves} == {True, False} and all(
                any(map(str.isalpha, half)) for half in halves
            ):
                return halves
    return ()


def _first(result: Result[Any]) -> set[int]:
    """The first column of all rows at once: one by one costs ten times as much."""
    return {row[0] for row in result.all()}


def _sounding(reader: Reader, register: str, text: str) -> set[int]:
    """Those whose name is spoken so, or has these first letters, as on the command line."""
    letters = "".join(normalize("NFKC", text).casefold().split())
    if not (letters.isascii() and letters.isalpha()):
        return set()
    if register == "customer":  # there are many: their sounds are kept, and one letter is none
        if len(letters) == 1:
            return set()
        sounds = By.SOUND + letters[:LONGEST]
        asked = select(KEYS.c.entry).where(
            KEYS.c.key >= sounds, KEYS.c.key < sounds + _LAST, KEYS.c.register == register
        )
        return _first(reader.conn.execute(asked))
    if register not in _SPOKEN:
        return set()
    table = REGISTERS[register].table
    rows = reader.conn.execute(select(table.c.id, table.c.name).limit(KEPT + 1)).all()
    if len(rows) > KEPT:
        return set()
    named = ((row.id, " ".join(row.name.casefold().split())) for row in rows)
    return {key for key, name in named if begins_so(name, letters) or has_initials(name, letters)}


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
