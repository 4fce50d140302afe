"""What has become of the risks of a hand-over since it was offered: gone, worse, or new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.handover import Part, worst_of
from store.persistence.handover_gather import MOST, risks_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
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
    told: Collection[int],
    offered_at: datetime,
    at: datetime,
) -> Since:
    """`told` are the orders that the offer names as risks.

    Nothing is gone by the clock of a machine that is behind the one on which it was offered.
    """
    at = max(at, offered_at)
    still = worst_of(risks_of(conn, kind, scope, at, among_these=sorted(told))) if told else ()
    every = worst_of(risks_of(conn, kind, scope, at))[: MOST[Part.RISK]]
    return Since(
        now={item.number: item for item in still},
        new=tuple(item for item in every if item.number not in told),
    )
