"""The doctor's look at parents and children: what every command refuses, and yet stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.families import FamilyRefused, Kin, check_family
from store.domain.lifecycle import read_state
from store.persistence.statements import among
from store.queries.answers.lines import ORDERS
from store.queries.doctor import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.persistence.known import Known
    from store.persistence.reader import Reader


def families(reader: Reader, known: Mapping[int, Known]) -> Iterator[Finding]:
    """Children whose parent is gone, is itself a child, or is over while they are open."""
    under = {n: held.now for n, held in known.items() if held.now.parent is not None}
    if not under:
        return
    wanted = sorted({*under} | {order.parent for order in under.values() if order.parent})
    asked = select(ORDERS.c.number, ORDERS.c.state, ORDERS.c.parent).where(
        among(ORDERS.c.number, "numbers", reader.kind)
    )
    rows = reader.conn.execute(asked, {"numbers": wanted})
    kin = {n: Kin(number=n, state=read_state(state), parent=up) for n, state, up in rows}
    for number, order in under.items():
        parent = kin.get(order.parent or 0)
        try:
            check_family(order, order, "", parent=parent, children=())
        except FamilyRefused:
            parent = None
        if parent is None:
            yield Finding(check=Check.FAMILY, number=number, facts={"parent": order.parent})
