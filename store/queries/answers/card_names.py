"""What an order points at, each with its names: by one statement, however much that is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, exists, select

from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import at_home
from store.queries.card import CareCard, ContactCard, CustomerCard, SiteCard
from store.queries.people import Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select

    from store.persistence.reader import Reader

_T, _O = metadata.tables, ORDERS.c
_FOLLOWERS, _LOCKERS = _T["operator"].alias("follower"), _T["operator"].alias("locker")
_CARE, _LEADS, _LEAD_TECHNICIANS = (
    _T["customer_care"],
    _T["operator"].alias("lead"),
    _T["technician"].alias("lead_technician"),
)
_SPEAK = _T["contact"].alias("speaks")
_CALLERS, _THINGS, _LEVELS = _T["contact"], _T["asset"], _T["service_level"]
_POINTS: Final[Mapping[str, tuple[Any, Any, type[Any]]]] = {
    "site": (SITES, _O.site_id, SiteCard),
    "customer": (CUSTOMERS, _O.customer_id, CustomerCard),
    "care": (_CARE, _O.customer_id, CareCard),
    "lead": (_LEADS, _CARE.c.lead_operator_id, Named),
    "lead_technician": (_LEAD_TECHNICIANS, _CARE.c.lead_technician_id, Named),
    "speaks": (_SPEAK, _CARE.c.contact_id, ContactCard),
    "contact": (_CALLERS, _O.contact_id, ContactCard),
    "asset": (_THINGS, _O.asset_id, Named),
    "level": (_LEVELS, _O.level_id, Named),
    "follower": (_FOLLOWERS, _O.follower_id, Named),
    "locked_by": (_LOCKERS, _O.locked_by, Named),
}
"""By the card's field: where it is kept, how the order points there, and what it becomes."""
_BESIDE: Final = {
    "voices": _T["voice"],
    "exceptions": _T["order_exception"],
    "inspections": _T["inspection"],
}
"""By the card's field: what few orders have, and is asked for only where this one has some."""


@cache
def _asked() -> Select[Any]:
    """Made once."""
    source: Any = ORDERS
    columns: list[Any] = []
    for table, points, made in _POINTS.values():
        known_by = table.c.customer_id if table is _CARE else table.c.id
        source = source.outerjoin(table, known_by == points)
        columns += [table.c[name] for name in made.__slots__]
    columns += [exists().where(one.c.number == _O.number) for one in _BESIDE.values()]
    return select(*columns).select_from(source).where(_O.number == bindparam("number"))


def card_names(reader: Reader, number: int) -> tuple[dict[str, Any], frozenset[str]]:
    """By the card's field, None where it points at nothing that is there; what it has beside."""
    row = tuple(reader.conn.execute(_asked(), {"number": number}).one())
    found: dict[str, Any] = {}
    for field, (_table, _points, made) in _POINTS.items():
        names = made.__slots__
        values, row = dict(zip(names, row, strict=False)), row[len(names) :]
        found[field] = None if values["id"] is None else made(**values)
    lead = found["lead_technician"]
    if lead is not None and reader.who.scope.sites is not None:
        technicians = _T["technician"]
        seen = select(technicians.c.id).where(technicians.c.id == lead.id)
        if reader.conn.execute(seen.where(at_home(reader, technicians))).first() is None:
            found["lead_technician"] = None
    return found, frozenset(name for name, is_there in zip(_BESIDE, row, strict=True) if is_there)
