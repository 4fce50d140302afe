"""Looks whether the journal still hangs together: each order's chain, and its words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from store.domain.facts import chain_hash, digest_words
from store.domain.words import N_
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.mapping import ORDER
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Row

ENTRIES = select(
    JOURNAL.c.seq,
    JOURNAL.c.at,
    JOURNAL.c.by,
    JOURNAL.c.via,
    JOURNAL.c.number,
    JOURNAL.c.fact,
    RAW_BODY.label("body"),
    type_coerce(JOURNAL.c.words, Text).label("words"),
    JOURNAL.c.hash,
    JOURNAL.c.deed,
)
"""Journal entries as they were hashed: body and words as text."""

_HEADS = select(ORDER.c.number, ORDER.c.chain).order_by(ORDER.c.number)
_STREAM = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """A place where the journal was tampered with, or damaged."""

    number: int | None
    """The order; None for facts of the desk itself."""
    seq: int | None
    what: str
    """A sentence of the catalogue."""


EDITED = N_("the entry does not match its hash")
REWORDED = N_("the words do not match their digest")
BROKEN_OFF = N_("the newest entries are missing")


def verify(conn: Connection, number: int | None = None) -> Iterator[ChainFault]:
    """Every fault of the chains, or of one order's; streamed, so that a million orders fit."""
    desk = ENTRIES.where(JOURNAL.c.number.is_(None)).order_by(JOURNAL.c.seq)
    ordered = ENTRIES.where(JOURNAL.c.number.is_not(None))
    heads = _HEADS
    if number is not None:
        ordered, heads = (
            ordered.where(JOURNAL.c.number == number),
            _HEADS.where(ORDER.c.number == number),
        )
    else:
        previous = ""
        for row in _streamed(conn, desk):
            yield from faults(row, previous)
            previous = row.hash
    yield from _orders(conn, ordered.order_by(JOURNAL.c.number, JOURNAL.c.seq), heads)


def _orders(conn: Connection, asked: Any, heads: Any) -> Iterator[ChainFault]:
    wanted: dict[int, str] = {row.number: row.chain for row in conn.execute(heads)}
    found: dict[int, str] = {}
    for row in _streamed(conn, asked):
        yield from faults(row, found.get(row.number, ""))
        found[row.number] = row.hash
    for number in sorted(wanted.keys() | found.keys()):
        if wanted.get(number, "") != found.get(number, ""):
            yield ChainFault(number=number, seq=None, what=BROKEN_OFF)


def faults(row: Row[Any], previous: str) -> Iterator[ChainFault]:
    """What is wrong with one entry (a row of `ENTRIES`) after the hash before it."""
    expected = chain_hash(
        previous,
        at_ms=to_ms(row.at),
        by=row.by,
        via=row.via,
        number=row.number,
        fact=row.fact,
        body=row.body,
        deed=row.deed,
    )
    if expected != row.hash:
        yield ChainFault(number=row.number, seq=row.seq, what=EDITED)
    if row.words is not None and not _worded(row):
        yield ChainFault(number=row.number, seq=row.seq, what=REWORDED)


def _worded(row: Row[Any]) -> bool:
    try:
        words = dict(json.loads(row.words))
        salt = words.pop("salt", "")
        told = digest_words(words, salt)
    except (ValueError, TypeError, RecursionError):
        return False
    try:
        digest: str = json.loads(row.body).get("words", "")
    except (ValueError, AttributeError, RecursionError):
        return True  # of a body that is none nothing more is said
    return told == digest


def _streamed(conn: Connection, asked: Any) -> Iterator[Row[Any]]:
    return iter(conn.execution_options(yield_per=_STREAM).execute(asked))
