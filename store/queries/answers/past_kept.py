"""What a step through the past leaves to the next one: orders told again, and how long that holds.

An order stood the same from one instant to another: nothing was written into its story, none of its
timers fired, and its alarm had no reason to come or go. Whatever was written since into the journal
makes its order unknown again, and a fact of the desk itself all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, select, text

from store.persistence.journal import JOURNAL
from store.persistence.types import Whole, to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.domain.who import Who
    from store.persistence.reader import Reader
    from store.queries.board import BoardLine

_MOST_NEWS = 2_000
"""Entries of the journal beyond which all is told again."""
_XMIN = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
_HEAD = select(func.coalesce(func.max(JOURNAL.c.seq), 0))
_MARK = bindparam("mark", type_=Whole)
_WRITTEN = {"sqlite": JOURNAL.c.seq > _MARK, "postgresql": JOURNAL.c.xid >= _MARK}
_ORDER = {"sqlite": JOURNAL.c.seq, "postgresql": JOURNAL.c.xid}


class Again(NamedTuple):
    """One order as it stood from an instant on, until before another; in epoch milliseconds."""

    since: int
    until: int
    line: BoardLine | None = None
    """None where no queue can have held it; without names."""
    ids: tuple[int | None, int | None, int | None] = (None, None, None)
    """Its site, customer and technician."""
    left: bool = False
    """Whether it had left the desk."""
    ends: tuple[int, ...] = ()
    """The newest moments of its story by then."""
    coming: int | None = None
    """When its story goes on; None also where the asker would not have seen it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kept:
    """Orders told again for one asker, as of one state of the journal."""

    who: Who
    mark: int
    """What is written from there on is not known: a number, or on PostgreSQL a transaction."""
    upto: int
    """When it was asked, in epoch milliseconds: what comes later is not known."""
    orders: Mapping[int, Again]

    def standing(self, numbers: Iterable[int], then: int) -> dict[int, Again]:
        """Those of some orders that are known to have stood so at an instant."""
        if then > self.upto:
            return {}
        known = self.orders
        found = ((number, known[number]) for number in numbers if number in known)
        return {number: one for number, one in found if one.since <= then < one.until}


def known_still(reader: Reader, kept: Kept | None) -> Kept:
    """What of it still holds, marked as of now; nothing of what another asker was told."""
    mark = int(reader.conn.execute(_XMIN if reader.kind == "postgresql" else _HEAD).scalar_one())
    empty = Kept(who=reader.who, mark=mark, upto=to_ms(reader.at), orders={})
    if kept is None or kept.who != reader.who or kept.upto > empty.upto:
        return empty
    asked = (
        select(JOURNAL.c.number)
        .where(_WRITTEN[reader.kind])
        .order_by(_ORDER[reader.kind])
        .limit(_MOST_NEWS + 1)
    )
    entries = reader.conn.execute(asked, {"mark": kept.mark}).scalars().all()
    news = set(entries)
    if None in news or len(entries) > _MOST_NEWS:
        return empty
    orders = {number: one for number, one in kept.orders.items() if number not in news}
    return replace(kept, mark=mark, orders=orders)
