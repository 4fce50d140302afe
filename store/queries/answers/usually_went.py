"""Who mostly went to a customer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from store.domain.lifecycle import VisitState
from store.persistence.mapping import VISIT
from store.queries.answers.caller_card import LOOKED_AT
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import within

if TYPE_CHECKING:
    from store.persistence.reader import Reader


def usually_went(reader: Reader, customer: int | None) -> int | None:
    """Who mostly went to the customer, of equals the lowest number; None for fewer than two."""
    if customer is None:
        return None
    last = (
        select(ORDERS.c.number)
        .where(ORDERS.c.customer_id == bindparam("customer"), within(reader, ORDERS.c.site_id))
        .order_by(ORDERS.c.number.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    asked = (
        select(VISIT.c.technician_id)
        .join(last, last.c.number == VISIT.c.number)
        .where(VISIT.c.state == VisitState.DONE.value)
    )
    went = Counter(reader.conn.execute(asked, {"customer": customer}).scalars())
    if not went:
        return None
    who, times = min(went.items(), key=lambda one: (-one[1], one[0]))
    return who if times > 1 else None
