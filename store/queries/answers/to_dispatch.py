"""Answers which orders the desk is to find somebody for, with no more than that needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.persistence.mapping import ORDER
from store.persistence.nominees import waiting
from store.queries.answers.scope import checked_limit, within

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.automatic import ToDispatch


def to_dispatch(reader: Reader, query: ToDispatch) -> tuple[int, ...] | None:
    """Those never looked at first, then the most urgent."""
    seen = within(reader, ORDER.c.site_id)
    found = waiting(reader.conn, at=reader.at, limit=checked_limit(query.limit), seen=seen)
    return None if found is None else tuple(found)
