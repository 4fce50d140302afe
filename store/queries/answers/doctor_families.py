"""The doctor's look at relatives: what every command refuses, and yet stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.families import FamilyRefused, Kin, check_family
from store.domain.incidents import promised_word
from store.domain.lifecycle import read_state
from store.persistence.statements import among
from store.queries.answers.lines import ORDERS
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.persistence.known import Known
    from store.persistence.reader import Reader


def relations(reader: Reader, known: Mapping[int, Known]) -> Iterator[Finding]:
    """Whatever does not fit together among some orders and those they have to do with."""
    yield from families(reader, known)
    yield from _links(reader, known)
    for number, held in known.items():
        cadence, promised = held.now.cadence_s, promised_word(held.now)
        if cadence is not None and (promised is None or promised.fixed_due_at is None):
            yield Finding(check=Check.INCIDENT, number=number)


def _links(reader: Reader, known: Mapping[int, Known]) -> Iterator[Finding]:
    """Links that the other side does not know."""
    tied = {n: held.now.links for n, held in known.items() if held.now.links}
    wanted = sorted({other for links in tied.values() for other in links})
    if not wanted:
        return
    asked = select(ORDERS.c.number, ORDERS.c.links).where(
        among(ORDERS.c.number, "numbers", reader.kind)
    )
    rows = reader.conn.execute(asked, {"numbers": wanted})
    theirs = {number: (links or "").split() for number, links in rows}
    for number, links in tied.items():
        for other in links:
            if str(number) not in theirs.get(other, ()):
                yield Finding(check=Check.LINK, number=number, facts={"other": other})


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
