"""Which orders stand under which: as this transaction has them, sent already or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select, text

from store.domain.families import Kin, is_open
from store.domain.lifecycle import LIVE_VISITS, STATES, read_state
from store.persistence.mapping import ORDER, VISIT
from store.persistence.statements import among

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

    from store.domain.order import WorkOrder

_CHILDREN = (
    select(ORDER.c.number, ORDER.c.state, ORDER.c.parent, ORDER.c.site_id)
    .where(ORDER.c.parent == bindparam("parent"))
    .order_by(ORDER.c.number)
)

_AT_WORK = [state.value for state in STATES if is_open(state)]
_PARENT = ORDER.alias("parent")
_FOLLOWED = (
    _PARENT.c.state.in_(_AT_WORK),
    or_(
        _PARENT.c.follower_id.is_not(None),
        select(VISIT.c.number)
        .where(VISIT.c.number == _PARENT.c.number)
        .where(VISIT.c.state.in_([state.value for state in LIVE_VISITS]))
        .exists(),
    ),
)
"""What `bearing.is_followed` says, of a row."""

_IS_FOLLOWED = select(_PARENT.c.number).where(_PARENT.c.number == bindparam("number"), *_FOLLOWED)
_BORNE = (
    select(ORDER.c.number)
    .join(_PARENT, _PARENT.c.number == ORDER.c.parent)
    .where(text("work_order.live = 1"))  # as the index of what is at the desk spells it
    .where(ORDER.c.parent.is_not(None), ORDER.c.orphan_at.is_not(None))
    .where(*_FOLLOWED)
    .order_by(ORDER.c.number)
    .limit(bindparam("most"))
)


def is_followed(conn: Connection, number: int) -> bool:
    """Whether somebody follows an order, as it is stored; not locked."""
    return conn.execute(_IS_FOLLOWED, {"number": number}).first() is not None


def borne(conn: Connection, most: int) -> list[int]:
    """Orders that count as orphans though their parents are followed: a program before us wrote."""
    return list(conn.execute(_BORNE, {"most": most}).scalars())


def children(conn: Connection, number: int, held: Mapping[int, WorkOrder]) -> tuple[Kin, ...]:
    """The orders under one, those in hand as they are by now; whoever asks holds the parent.

    Nobody puts one under it or opens one again without that lock, so the rest need none.
    """
    rows = conn.execute(_CHILDREN, {"parent": number})
    stored = {
        row.number: Kin(
            number=row.number, state=read_state(row.state), parent=number, site=row.site_id
        )
        for row in rows
    }
    for order in held.values():
        stored.pop(order.number, None)
        if order.parent == number:
            stored[order.number] = kin_of(order)
    return tuple(stored[key] for key in sorted(stored))


def parents(conn: Connection, kind: str, numbers: Collection[int]) -> set[int]:
    """What some orders stand under, as far as it is stored; not locked."""
    asked = select(ORDER.c.parent).where(
        among(ORDER.c.number, "numbers", kind), ORDER.c.parent.is_not(None)
    )
    return set(conn.execute(asked, {"numbers": sorted(numbers)}).scalars())


def originals(conn: Connection, kind: str, numbers: Collection[int]) -> set[int]:
    """What some orders are duplicates of, and what those are, as it is stored; not locked."""
    asked = select(ORDER.c.duplicate_of).where(
        among(ORDER.c.number, "numbers", kind), ORDER.c.duplicate_of.is_not(None)
    )
    found: set[int] = set()
    ahead = {*numbers}
    while ahead:
        ahead = set(conn.execute(asked, {"numbers": sorted(ahead)}).scalars()) - found
        found |= ahead
    return found


def duplicates(
    conn: Connection, kind: str, numbers: Collection[int], held: Mapping[int, WorkOrder]
) -> set[int]:
    """All duplicates of some orders, and theirs; those in hand as they are by now."""
    asked = select(ORDER.c.number).where(among(ORDER.c.duplicate_of, "numbers", kind))
    found: set[int] = set()
    ahead = {*numbers}
    while ahead:
        stored = set(conn.execute(asked, {"numbers": sorted(ahead)}).scalars()) - held.keys()
        in_hand = {order.number for order in held.values() if order.duplicate_of in ahead}
        ahead = (stored | in_hand) - found
        found |= ahead
    return found - {*numbers}


def kin_of(order: WorkOrder) -> Kin:
    """An order as its relatives see it."""
    return Kin(number=order.number, state=order.state, parent=order.parent, site=order.site)
