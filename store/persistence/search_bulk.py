"""Documents of the search index for many orders at once, out of the rows that bring them."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, select

from store.domain.finding.grams import grams
from store.persistence import search_index
from store.persistence.copy_text import read, read_whole
from store.persistence.journal import JOURNAL
from store.persistence.lookups import REGISTERS
from store.persistence.mapping import ORDER, VISIT
from store.persistence.search_docs import (
    NOBODY,
    TOLD,
    WENT,
    document,
    note_in,
    phone_grams,
)
from store.persistence.statements import among

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Table

    from store.persistence.search_docs import Known

    Rows = Mapping[str, Sequence[Any]]
    Columns = Mapping[Table, Sequence[str]]

_OWN = ("number", "live", "site_id", "customer_id", "asset_id")
_WORDS = ("external_id", "title", "kind", "description")
_WHOLE = frozenset({*_OWN, "place", "technician_id"})
"""Columns of whole numbers."""
_WENT = frozenset(state.value for state in WENT)


def add_rows(conn: Connection, kind: str, columns: Columns, rows: Rows) -> None:
    """Put in orders whose rows were inserted just now; rows by the name of their table."""
    went, notes = _people(columns, rows), _notes(columns, rows)
    orders = _picked(columns, ORDER, (*_OWN, *_WORDS), rows)
    sites, customers, assets = (
        named(conn, kind, register, {order[place] for order in orders})
        for register, place in (("site", 2), ("customer", 3), ("asset", 4))
    )
    people = {technician for some in went.values() for technician in some}
    technicians = named(conn, kind, "technician", people)
    found = {}
    for number, live, site, customer, asset, *words in orders:
        name, phone = customers.get(customer, NOBODY)
        told = [grams(word) for word in words if word]
        told += [sites.get(site, NOBODY)[0], name, assets.get(asset, NOBODY)[0], phone]
        told += [technicians.get(technician, NOBODY)[0] for technician in went.get(number, ())]
        told += notes.get(number, ())
        found[number] = document(number, told, live=live, site=site, customer=customer)
    search_index.add(conn, kind, found)


def _people(columns: Columns, rows: Rows) -> Mapping[int, list[int]]:
    """Who went to each order, or is to go, in the order of the visits."""
    visits = _picked(columns, VISIT, ("number", "place", "state", "technician_id"), rows)
    went: dict[int, list[int]] = defaultdict(list)
    for number, _, state, technician in sorted(visits):
        if state in _WENT:
            went[number].append(technician)
    return went


def _notes(columns: Columns, rows: Rows) -> Mapping[int, list[tuple[str, ...]]]:
    """What was noted about each order, the newest first."""
    entries = _picked(columns, JOURNAL, ("number", "fact", "words"), rows, among=TOLD)
    notes: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for number, fact, words in reversed(entries):
        if fact in TOLD and words is not None:
            notes[number].append(grams(note_in(words)))
    return notes


def named(conn: Connection, kind: str, register: str, ids: Iterable[int | None]) -> Known:
    """The grams of names, and of phone numbers, of entries in a register."""
    table = REGISTERS[register].table
    asked = select(
        table.c.id,
        table.c.code,
        table.c.name,
        table.c.phone if register == "customer" else literal(""),
    ).where(among(table.c.id, "ids", kind))
    wanted = sorted(entry for entry in ids if entry is not None)
    return {
        entry: (grams(f"{code} {name}"), phone_grams(phone))
        for entry, code, name, phone in conn.execute(asked, {"ids": wanted})
    }


def _picked(
    columns: Columns, table: Table, names: Sequence[str], rows: Rows, *, among: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """Some columns of the rows of a table; of lines for COPY, those alone that hold one `among`."""
    order, given = list(columns[table]), rows[table.name]
    pick = itemgetter(*(order.index(name) for name in names))
    if not (given and isinstance(given[0], bytes)):
        return [pick(row) for row in given]
    kinds = [read_whole if name in _WHOLE else read for name in names]
    return [
        tuple(kind(value) for kind, value in zip(kinds, pick(line.split("\t")), strict=True))
        for text in given
        for line in text.decode().split("\n")[:-1]
        if not among or any(f"\t{word}\t" in line for word in among)
    ]
