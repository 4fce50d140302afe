"""Which orders stand under which: as this transaction has them, sent already or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, not_, or_, select, text

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
_LIVE = text("work_order.live = 1")
"""As the index of what is at the desk spells it."""
_ORPHANS = [state.value for state, spec in STATES.items() if spec.orphan]
_MISBORNE = (
    select(ORDER.c.number)
    .join(_PARENT, _PARENT.c.number == ORDER.c.parent)
    .where(_LIVE, ORDER.c.parent.is_not(None))
    .where(
        or_(
            and_(ORDER.c.orphan_at.is_not(None), *_FOLLOWED),
            and_(
                ORDER.c.orphan_at.is_(None),
                *(ORDER.c.state.in_(_ORPHANS), ORDER.c.follower_id.is_(None)),
                not_(and_(*_FOLLOWED)),
            ),
        )
    )
    .order_by(ORDER.c.number)
    .limit(bindparam("most"))
)


BORNE = and_(
    ORDER.c.parent.is_not(None),
    ORDER.c.state.in_(_ORPHANS),
    select(_PARENT.c.number).where(_PARENT.c.number == ORDER.c.parent, *_FOLLOWED).exists(),
)
"""Whether nobody has an order, and somebody follows the one that it stands under: a case of a
trouble that is looked after, wherever. Nobody goes to each of the cases by himself."""


def is_borne(conn: Connection, order: WorkOrder) -> bool:
    """The same of one that is held."""
    if order.parent is None or not STATES[order.state].orphan:
        return False
    return is_followed(conn, order.parent)


def is_followed(conn: Connection, number: int) -> bool:
    """Whether somebody follows an order, as it is stored; not locked."""
    return conn.execute(_IS_FOLLOWED, {"number": number}).first() is not None


def misborne(conn: Connection, most: int) -> list[int]:
    """Orders that nobody has and that count as orphans though their parents are followed, or do
    not though nobody follows those: a program before us wrote."""
    return list(conn.execute(_MISBORNE, {"most": most}).scalars())


def hold_children(conn: Connection, kind: str, parents: Collection[int]) -> None:
    """Lock what is at the desk under some orders, lowest first.

    Who lets go of a child meanwhile reads of its parent what is about to change: whichever of the
    two comes second then sees what the first has written.
    """
    asked = select(ORDER.c.number).where(among(ORDER.c.parent, "parents", kind), _LIVE)
    conn.execute(
        asked.order_by(ORDER.c.number).with_for_update(), {"parents": sorted(parents)}
    ).all()


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


def orphans_under(
    conn: Connection, kind: str, parents: Collection[int], held: Mapping[int, WorkOrder]
) -> list[int]:
    """Of what stands under any of some orders, as `children` has it, those that nobody has."""
    asked = select(ORDER.c.number, ORDER.c.state).where(among(ORDER.c.parent, "parents", kind))
    rows = conn.execute(asked, {"parents": sorted(parents)})
    found = {row.number for row in rows if STATES[read_state(row.state)].orphan}
    under = set(parents)
    for order in held.values():
        found.discard(order.number)
        if order.parent in under and STATES[order.state].orphan:
            found.add(order.number)
    return sorted(found)


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
