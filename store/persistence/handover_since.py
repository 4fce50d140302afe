"""What has become of a hand-over since it was offered: gone, worse, or new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.handover import Part, worst_of
from store.persistence.handover_promises import promises_of
from store.persistence.handover_risks import MOST_INCIDENTS, MOST_RISKS, risks_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.handover import Item
    from store.domain.who import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """How the risks stand now that somebody is to take over."""

    now: Mapping[int, Item]
    """By order, those of the offer that are risks still, for their worst reason of today."""
    new: tuple[Item, ...]
    """Those that the offer does not tell, the worst first."""


def since_offered(
    conn: Connection,
    kind: str,
    scope: Scope,
    *,
    told: Mapping[int, Part],
    offered_at: datetime,
    at: datetime,
) -> Since:
    """`told` are the orders that the offer names as risks, or as major incidents.

    What has become a major incident since is new, though it was told as a risk. Nothing is gone by
    the clock of a machine that is behind the one on which it was offered.
    """
    at = max(at, offered_at)
    still = worst_of(risks_of(conn, kind, scope, at, among_these=sorted(told))) if told else ()
    every = worst_of(risks_of(conn, kind, scope, at))[: MOST_INCIDENTS + MOST_RISKS]
    return Since(
        now={item.number: item for item in still},
        new=tuple(item for item in every if not _is_told(item, told)),
    )


def still_owed(
    conn: Connection, kind: str, scope: Scope, *, told: list[int], offered_at: datetime
) -> frozenset[tuple[int, str]]:
    """Which promises stand of those that an offer tells of some orders: order, and what is owed."""
    if not told:
        return frozenset()
    owed = promises_of(conn, kind, scope, offered_at, among_these=told)
    return frozenset((item.number, item.what) for item in owed.items)


def _is_told(item: Item, told: Mapping[int, Part]) -> bool:
    before = told.get(item.number)
    return before is not None and (item.part is not Part.INCIDENT or before is Part.INCIDENT)
