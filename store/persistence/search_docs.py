"""What an order can be found by, as grams in their order: the document of the search index.

First its number and its words, then whose they are (codes and names of site, customer, asset and
technicians), then notes, the newest first; last come marks that no text can hold.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from store.domain.finding.grams import grams
from store.domain.lifecycle import LIVE_VISITS, STATES, VisitState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from store.domain.order import WorkOrder

    Known = Mapping[int | None, tuple[tuple[str, ...], tuple[str, ...]]]
    """Entries of a register by id: the grams of code and name, and of the phone number."""

INDEX = "search"
"""The name of the table; under it stand documents among the rows of orders that bring theirs."""

MOST, MOST_OF_ONE = 12_000, 200
"""Grams kept of one order, and how often the same: PostgreSQL knows 16,383 places, 256 of one."""

LIVE, SITE, CUSTOMER = "_live", "_s", "_c"
"""Marks: has not left the desk; at the site, for the customer with this id."""

TOLD = ("noted", "updated_customer", "chased")
"""Facts whose note is found."""
NOTE = "note"

NOBODY: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
"""How nobody is found: by the grams of no name, and of no phone number."""

WENT = frozenset({*LIVE_VISITS, VisitState.DONE})
"""Visits by whose technician an order is found: he has it, or did it."""


def document(
    number: int,
    parts: Iterable[Iterable[str]],
    *,
    live: bool,
    site: int | None,
    customer: int | None,
) -> list[str]:
    """The grams of an order, told by the grams of its parts."""
    found = [str(number)]
    for part in parts:
        found += part
    if len(found) > MOST_OF_ONE:
        found = _capped(found[:MOST])
    found += marks(live=live, site=site, customer=customer)
    return found


def _capped(found: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    kept = []
    for gram in found:
        seen[gram] += 1
        if seen[gram] <= MOST_OF_ONE:
            kept.append(gram)
    return kept


def marks(*, live: bool, site: int | None, customer: int | None) -> Iterator[str]:
    """The marks of an order that stands so."""
    if live:
        yield LIVE
    if site is not None:
        yield f"{SITE}{site}"
    if customer is not None:
        yield f"{CUSTOMER}{customer}"


def own_texts(order: WorkOrder) -> tuple[str | None, ...]:
    """The words that an order carries itself."""
    return order.external_id, order.title, order.kind, order.description


def names_of(order: WorkOrder) -> Iterator[tuple[str, int]]:
    """What an order names, in the order in which its document does."""
    for register, entry in (
        ("site", order.site),
        ("customer", order.customer),
        ("asset", order.asset),
    ):
        if entry is not None:
            yield register, entry
    for visit in order.visits:
        if visit.state in WENT:
            yield "technician", visit.technician


def differs(before: WorkOrder, after: WorkOrder) -> bool:
    """Whether an order is found by something else than before, notes aside."""
    return (
        own_texts(before) != own_texts(after)
        or STATES[before.state].final is not STATES[after.state].final
        or list(names_of(before)) != list(names_of(after))
    )


def note_in(words: str) -> str:
    """The note among the words of a journal entry, as they are kept."""
    told = json.loads(words)
    return str(told.get(NOTE, "")) if isinstance(told, dict) else ""


def as_text(document: Sequence[str]) -> str:
    """The document as FTS5 takes it."""
    return " ".join(document)


def as_vector(document: Sequence[str]) -> str:
    """The document as PostgreSQL takes it: each gram with its place."""
    return " ".join([f"'{gram}':{place}" for place, gram in enumerate(document, 1)])


@lru_cache(maxsize=1024)
def phone_grams(phone: str) -> tuple[str, ...]:
    """Its parts, all of it without signs, and its last four digits."""
    digits = "".join(filter(str.isdecimal, phone))
    return (*grams(phone), digits, digits[-4:]) if digits else grams(phone)
