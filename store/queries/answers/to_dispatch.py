"""Answers which orders the desk is to find somebody for, with no more than that needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.persistence.to_dispatch import waiting
from store.queries.answers.scope import checked_limit
from store.queries.automatic import Waiting

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.automatic import ToDispatch


def to_dispatch(reader: Reader, query: ToDispatch) -> Waiting | None:
    """Those never looked at first, then the most urgent."""
    found = waiting(reader, limit=checked_limit(query.limit), since=query.since)
    if found is None:
        return None
    return Waiting(numbers=tuple(found.numbers), mark=found.mark, whole=found.whole)
