"""The answer about who else has an order before him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from store.persistence.tables import metadata
from store.persistence.types import Instant
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import within
from store.queries.presence import Attendance

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.presence import WhoIsThere

PRESENCE = metadata.tables["presence"]
OPERATORS = metadata.tables["operator"]

_MOST: Final = 500
_ASKED = (
    select(*PRESENCE.c, OPERATORS.c.name)
    .join(OPERATORS, OPERATORS.c.id == PRESENCE.c.operator_id)
    .join(ORDERS, ORDERS.c.number == PRESENCE.c.number)
    .where(
        PRESENCE.c.until_at > bindparam("now", type_=Instant()),
        PRESENCE.c.console != bindparam("own"),
    )
    .order_by(PRESENCE.c.doing == "", PRESENCE.c.since_at, PRESENCE.c.console)
    .limit(_MOST)
)


def who_is_there(reader: Reader, query: WhoIsThere) -> tuple[Attendance, ...]:
    """The first row of each operator at each order tells what he does there."""
    asked = _ASKED.where(within(reader, ORDERS.c.site_id))
    found: dict[tuple[int, int], Attendance] = {}
    for row in reader.conn.execute(asked, {"now": reader.at, "own": query.console}):
        found.setdefault(
            (row.number, row.operator_id),
            Attendance(
                number=row.number,
                name=row.name,
                mine=row.operator_id == reader.who.operator,
                doing=row.doing,
                since=row.since_at,
                until=row.until_at,
            ),
        )
    return tuple(found.values())
