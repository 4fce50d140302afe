"""Many orders at the desk that were found, in the order of their urgency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import literal_column, select, union_all

from store.queries.answers.conditions import holding
from store.queries.answers.lines import ORDERS
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Select

    from store.queries.answers.finding_sorts import Sort

MANY = 300
"""Of so many PostgreSQL finds the first of a page sooner by walking the desk than by looking at
each: their rows lie far apart."""
_LANES = tuple(lane for name in ("all_open", "to_close") for lane in QUEUES[name].lanes())
"""All that is at the desk, each part in an index that is in order."""


def first_of_the_desk(
    sort: Sort,
    mine: Callable[[Any], ColumnElement[bool]],
    *seen: ColumnElement[bool],
    backwards: bool,
    upto: int,
) -> Select[Any]:
    """So many of the desk whose number is mine, with what they are sorted by."""
    lanes = []
    for lane in _LANES:
        walked = (
            select(ORDERS.c.number, sort.column.label("value"))
            .where(holding(lane), *seen)
            .order_by(*sort.by(backwards=backwards))
            .offset(literal_column("0"))  # else each of mine would be looked up after all
            .subquery("walked")
        )
        lanes.append(
            select(walked.c.number, walked.c.value)
            .where(mine(walked.c.number))
            .order_by(*sort.of(walked.c.value, walked.c.number, backwards=backwards))
            .limit(upto)
        )
    found = union_all(*lanes).subquery("found")
    return select(found.c.number, found.c.value)
