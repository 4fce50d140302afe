"""Times of a query as conditions on `work_order`: when an order came, waits, is due, was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    type_coerce,
)

from store.domain.finding.stretches import Stretch
from store.persistence.tables import metadata
from store.persistence.types import Instant, Whole
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement

    Condition = ColumnElement[bool]

_JOURNAL = metadata.tables["journal"]
_BY_ITSELF: Final = "chosen"
"""The fact that the desk itself sent somebody."""
_TIMES = {
    "opened": ORDERS.c.opened_at,
    "closed": ORDERS.c.closed_at,
    "since": ORDERS.c.state_since,
    "wake": ORDERS.c.wake_at,
    "call": ORDERS.c.follow_at,
    "appointment": ORDERS.c.appointment_at,
}


def lies(field: str, found: Stretch, kind: str) -> Condition:
    """Whether a time of an order, by the name of its field, lies in a stretch."""
    if field == "due":
        return _due(found, kind)
    return _sent(found) if field == "auto" else _in(_TIMES[field], found)


def _sent(found: Stretch) -> Condition:
    """Whether the desk sent somebody by itself then; without a beginning, of what is at the desk.

    What the journal says of that has an index by time. Of years it says more than there are orders
    at the desk, so that then these are asked for theirs.
    """
    entry = _JOURNAL.c
    if found.start is not None:
        then = select(entry.number).where(text(f"fact = '{_BY_ITSELF}'"), _in(entry.at, found))
        return ORDERS.c.number.in_(then)
    order = ORDERS.alias("sent")
    own = entry.number == order.c.number, entry.fact == _BY_ITSELF, _in(entry.at, found)
    return ORDERS.c.number.in_(
        select(order.c.number).where(text("sent.live = 1"), exists().where(*own))
    )


def _in(column: Column[Any], found: Stretch) -> Condition:
    """Whether a time lies there; none does not."""
    ends = []
    if found.start is not None:
        ends.append(column >= _moment(found.start))
    if found.end is not None:
        ends.append(column < _moment(found.end))
    return and_(column.is_not(None), *ends)


def _due(found: Stretch, kind: str) -> Condition:
    """Whether the first of what an order counts down to lies there, as the board shows it.

    Up to a time each is looked for in its own index, which the first of them has not.
    """
    first = _first_due(kind)
    ends = [] if found.start is None else [first >= _moment(found.start)]
    if found.end is None:
        return and_(first < _FAR, *ends)
    sooner = (and_(text(where), _in(c, Stretch(None, found.end))) for c, where in _DUE)
    return and_(or_(*sooner), *ends)


def _first_due(kind: str) -> Any:
    ends = (func.coalesce(case((text(where), type_coerce(c, Whole))), _FAR) for c, where in _DUE)
    return (func.least if kind == "postgresql" else func.min)(*ends)


_FAR: ColumnElement[int] = literal_column(str(2**62))
_DUE = (
    (ORDERS.c.next_deadline, "live = 1"),
    (ORDERS.c.wake_at, "live = 1 AND state = 'waiting'"),
    (ORDERS.c.follow_at, "live = 1 AND category <> 'done'"),
)
"""What an order at the desk may count down to, and while it does: see `console.render`."""


def _moment(at: datetime) -> Any:
    return bindparam("moment", at, Instant(), unique=True)
