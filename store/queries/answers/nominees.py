"""Whom the desk proposes for an order, and whom its journal says were weighed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.tables import metadata
from store.queries.answers.lines import NOMINATED, NOMINEES, ORDERS, PROPOSED, STANDS, nominee

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.board import Nominee

JOURNAL = metadata.tables["journal"]
_FACTS = ("nominated", "chosen")
_NAMED = ("technician", "next", "instead")


def nominee_of(reader: Reader, number: int) -> Nominee | None:
    """Whom the desk proposes for an order as it stands."""
    source = ORDERS.join(NOMINEES, STANDS).join(PROPOSED, PROPOSED.c.id == NOMINEES.c.technician_id)
    asked = select(*NOMINATED).select_from(source).where(ORDERS.c.number == number)
    row = reader.conn.execute(asked).one_or_none()
    return None if row is None else nominee(row)


def weighed(reader: Reader, number: int) -> set[int]:
    """Technicians by their ids whom the desk chose for it, or would have next."""
    asked = select(JOURNAL.c.body).where(JOURNAL.c.number == number, JOURNAL.c.fact.in_(_FACTS))
    bodies = [body for body in reader.conn.execute(asked).scalars() if isinstance(body, dict)]
    named = {body.get(name) for body in bodies for name in _NAMED}
    return {one for one in named if isinstance(one, int)}
