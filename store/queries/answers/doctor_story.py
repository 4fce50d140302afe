"""The journal of orders as the doctor reads it: each entry parsed once, whoever wrote into it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from store.domain.facts import Fact
from store.domain.words import N_
from store.persistence.chain import ENTRIES
from store.persistence.journal import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.persistence.reader import Reader

UNTELLABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError)
"""What following a story raises whose facts hold other things than paidan ever wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry: the row that was hashed, and what it says."""

    row: Any
    """Of `ENTRIES`."""
    seq: int
    at: datetime
    by: int
    fact: str
    body: Mapping[str, Any]
    """Empty where it is no JSON object."""
    words: Mapping[str, Any] | None
    """None where there are none, or none that can be read."""
    whole: bool
    """Whether body and words are what they should be."""

    @property
    def silent(self) -> bool:
        """Whether it had words that are gone now."""
        return self.words is None and "words" in self.body


def stories(reader: Reader, numbers: Sequence[int]) -> dict[int, Sequence[Told]]:
    """The entries of each order among these numbers, which are sorted; oldest first."""
    between = JOURNAL.c.number.between(numbers[0], numbers[-1])
    rows = reader.conn.execute(ENTRIES.where(between).order_by(JOURNAL.c.number, JOURNAL.c.seq))
    return {
        number: tuple(map(_told, held))
        for number, held in groupby(rows, key=lambda row: row.number)
    }


def facts(story: Sequence[Told]) -> Iterator[Fact]:
    """What `replay` folds; ValueError at an entry that cannot be read."""
    for entry in story:
        if not entry.whole:
            raise ValueError(no_object(entry.seq))
        yield Fact(name=entry.fact, body=dict(entry.body), words=entry.words)


def no_object(seq: int) -> str:
    """Why an entry cannot be told again."""
    return N_("journal entry {seq} is no JSON object").format(seq=seq)


_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().raw_decode
"""Reads without looking for white space around it."""


def parsed(text: str) -> dict[str, Any] | None:
    """The JSON object that a text is; None where it is none."""
    try:
        read, end = _scan(text, 0) if text.startswith("{") else (None, -1)
        if end != len(text):
            read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _told(row: Any) -> Told:
    body = parsed(row.body)
    words = None if row.words is None else parsed(row.words)
    return Told(
        row=row,
        seq=row.seq,
        at=row.at,
        by=row.by,
        fact=row.fact,
        body=body or {},
        words=words,
        whole=body is not None and (row.words is None or words is not None),
    )
