"""Proposes from one customer's newest orders, which an index bounds, and from the asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from store.domain.usual import Past, usual_priority, usual_site
from store.queries.answers.caller_card import LOOKED_AT
from store.queries.answers.customer_named import customer_named
from store.queries.answers.kind_names import kind_names
from store.queries.answers.lines import ORDERS, SITES
from store.queries.answers.scope import within
from store.queries.answers.usual_words import asset_named, meant_site, zone_at
from store.queries.people import Named
from store.queries.usual import Usual

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.usual import UsualFor

_O = ORDERS.c
_PAST = (
    select(_O.site_id, _O.kind, _O.priority)
    .where(_O.customer_id == bindparam("customer"))
    .order_by(_O.number.desc())
    .limit(LOOKED_AT)
)
_SITE = select(SITES.c.id, SITES.c.code, SITES.c.name).where(SITES.c.id == bindparam("site"))


def usual_for(reader: Reader, query: UsualFor) -> Usual:
    """The asset speaks for its site and its kind, the customer for the rest."""
    customer = customer_named(reader, query.customer)
    said = meant_site(reader, query.site)
    asset = asset_named(reader, query.asset, said)
    own = asset.kind if asset is not None else ""
    kind = query.kind.strip() or own
    past: list[Past] = []
    if customer is not None:
        asked = _PAST.where(within(reader, _O.site_id))
        rows = reader.conn.execute(asked, {"customer": customer.id})
        past = [Past(site=row.site_id, kind=row.kind, priority=row.priority) for row in rows]
    site = asset.site_id if asset is not None else usual_site(past)
    tier = customer.tier if customer is not None else ""
    return Usual(
        site=_site(reader, site),
        kind=own,
        kind_name=kind_names(reader, {own}).get(own, ""),
        priority=usual_priority(past, kind=kind, tier=tier),
        zone=zone_at(reader, said if said is not None or asset is None else asset.site_id),
    )


def _site(reader: Reader, site: int | None) -> Named | None:
    if site is None:
        return None
    row = reader.conn.execute(_SITE, {"site": site}).mappings().one_or_none()
    return None if row is None else Named(**row)
