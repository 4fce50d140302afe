"""In whose name the desk stands, and people's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence.handovers import last_accepted, open_one
from store.persistence.tables import metadata
from store.queries.holder import DeskHeld

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.persistence.reader import Reader
    from store.queries.holder import DeskHolder

OPERATORS = metadata.tables["operator"]


def desk_holder(reader: Reader, _query: DeskHolder) -> DeskHeld:
    """Who took it over last, and whether it is offered."""
    last = last_accepted(reader.conn, reader.who.scope)
    offer = open_one(reader.conn, reader.who.scope)
    people = people_by_id(reader, [last and last.accepted_by, offer and offer.from_id])
    return DeskHeld(
        holder=None if last is None else people[last.accepted_by],
        since=None if last is None else last.accepted_at,
        offered=None if offer is None else offer.id,
        offered_from="" if offer is None else people[offer.from_id],
        mine=offer is not None and offer.from_id == reader.who.operator,
    )


def people_by_id(reader: Reader, ids: Iterable[int | None]) -> dict[int, str]:
    """The name of each operator, or his number where he has none."""
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    asked = select(OPERATORS.c.id, OPERATORS.c.name).where(OPERATORS.c.id.in_(wanted))
    found = {row.id: row.name for row in reader.conn.execute(asked)}
    return {one: found.get(one, str(one)) for one in wanted}
