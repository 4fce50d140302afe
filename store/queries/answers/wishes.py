"""What the customers of orders want of whoever comes: when, a call before, whom, and whom not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.visiting import Hours
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.lines import ORDERS, TECHNICIANS
from store.queries.answers.scope import within
from store.queries.heeds import Wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.persistence.reader import Reader

_CARE, _WISHES = metadata.tables["customer_care"], metadata.tables["technician_wish"]
_O = ORDERS.c


def wishes_of(reader: Reader, numbers: Sequence[int]) -> dict[int, Wishes]:
    """By order; one whose customer wants nothing certain is left out."""
    given = {"numbers": list(numbers)}
    mine = (among(_O.number, "numbers", reader.kind), within(reader, _O.site_id))
    cared = select(_O.number, _CARE.c.from_s, _CARE.c.to_s, _CARE.c.call_ahead)
    named = select(_O.number, _WISHES.c.wish, TECHNICIANS.c.name)
    cares = {
        row.number: row
        for row in reader.conn.execute(
            cared.join(_CARE, _CARE.c.customer_id == _O.customer_id).where(*mine), given
        )
    }
    whom: dict[int, tuple[list[str], list[str]]] = {}
    for row in reader.conn.execute(
        named.join(_WISHES, _WISHES.c.customer_id == _O.customer_id)
        .join(TECHNICIANS, TECHNICIANS.c.id == _WISHES.c.technician_id)
        .where(*mine)
        .order_by(TECHNICIANS.c.code),
        given,
    ):
        whom.setdefault(row.number, ([], []))[row.wish < 0].append(row.name)
    found = {}
    for number in cares.keys() | whom.keys():
        care, (asked_for, refused) = cares.get(number), whom.get(number, ((), ()))
        found[number] = Wishes(
            hours=Hours() if care is None else Hours(from_s=care.from_s, to_s=care.to_s),
            call_ahead=care is not None and bool(care.call_ahead),
            asked_for=tuple(asked_for),
            refused=tuple(refused),
        )
    return found
