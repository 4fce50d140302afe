"""Whom the journal of an order says that the desk weighed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.tables import metadata

if TYPE_CHECKING:
    from store.persistence.reader import Reader

JOURNAL = metadata.tables["journal"]
_FACTS = ("nominated", "lapsed", "chosen")
_NAMED = ("technician", "next", "instead")


def weighed(reader: Reader, number: int) -> set[int]:
    """Technicians by their ids whom the desk chose for it, or would have next."""
    asked = select(JOURNAL.c.body).where(JOURNAL.c.number == number, JOURNAL.c.fact.in_(_FACTS))
    bodies = [body for body in reader.conn.execute(asked).scalars() if isinstance(body, dict)]
    named = {body.get(name) for body in bodies for name in _NAMED}
    return {one for one in named if isinstance(one, int)}
