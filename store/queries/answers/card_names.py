"""What an order points at, each with its names: by one statement, however much that is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.card import ContactCard, CustomerCard, SiteCard
from store.queries.people import Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select

    from store.persistence.reader import Reader

_T, _O = metadata.tables, ORDERS.c
_FOLLOWERS, _LOCKERS = _T["operator"].alias("follower"), _T["operator"].alias("locker")
_CALLERS, _THINGS, _LEVELS = _T["contact"], _T["asset"], _T["service_level"]
_POINTS: Final[Mapping[str, tuple[Any, Any, type[Any]]]] = {
    "site": (SITES, _O.site_id, SiteCard),
    "customer": (CUSTOMERS, _O.customer_id, CustomerCard),
    "contact": (_CALLERS, _O.contact_id, ContactCard),
    "asset": (_THINGS, _O.asset_id, Named),
    "level": (_LEVELS, _O.level_id, Named),
    "follower": (_FOLLOWERS, _O.follower_id, Named),
    "locked_by": (_LOCKERS, _O.locked_by, Named),
}
"""By the card's field: where it is kept, how the order points there, and what it becomes."""


@cache
def _asked() -> Select[Any]:
    """Made once."""
    source: Any = ORDERS
    columns: list[Any] = []
    for table, points, made in _POINTS.values():
        source = source.outerjoin(table, table.c.id == points)
        columns += [table.c[name] for name in made.__slots__]
    return select(*columns).select_from(source).where(_O.number == bindparam("number"))


def card_names(reader: Reader, number: int) -> dict[str, Any]:
    """By the card's field; None where it points at nothing that is there."""
    row = tuple(reader.conn.execute(_asked(), {"number": number}).one())
    found: dict[str, Any] = {}
    for field, (_table, _points, made) in _POINTS.items():
        names = made.__slots__
        values, row = dict(zip(names, row, strict=False)), row[len(names) :]
        found[field] = None if values["id"] is None else made(**values)
    return found
