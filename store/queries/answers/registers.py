"""Answers about what dispatch heeds besides skills and hours."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.registers import RegionLine, WishLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.persistence.reader import Reader
    from store.queries.registers import ListRegions, ListWishes

_T = metadata.tables
REGIONS = _T["region"]
GOES, WISHES = _T["technician_region"], _T["technician_wish"]


def list_regions(reader: Reader, query: ListRegions) -> tuple[RegionLine, ...]:
    """Those with a site of the asker's."""
    region = REGIONS.c
    sites: Any = select(func.count()).select_from(SITES)
    sites = sites.where(SITES.c.region_id == region.id, within(reader, SITES.c.id))
    found = (
        select(region.id, region.code, region.name, sites.scalar_subquery().label("sites"))
        .where(holds(query.text, region.code, region.name), region.id > query.after)
        .where(in_sight(reader, "region", REGIONS))
        .order_by(region.id)
        .limit(checked_limit(query.limit))
    )
    rows = reader.conn.execute(found).mappings().all()
    goers = _goers(reader) if rows else {}
    return tuple(RegionLine(**row, technicians=tuple(goers.get(row["id"], ()))) for row in rows)


def _goers(reader: Reader) -> Mapping[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    asked: Any = (
        select(GOES.c.region_id, TECHNICIANS.c.code)
        .join(TECHNICIANS, TECHNICIANS.c.id == GOES.c.technician_id)
        .where(TECHNICIANS.c.active == 1, in_sight(reader, "technician", TECHNICIANS))
        .order_by(TECHNICIANS.c.code)
    )
    for region, code in reader.conn.execute(asked):
        told[region].append(code)
    return told


def list_wishes(reader: Reader, query: ListWishes) -> tuple[WishLine, ...]:
    """Where the asker sees both; of technicians who are still with us."""
    customer, technician = CUSTOMERS.c, TECHNICIANS.c
    found = (
        select(
            *(customer.code.label("customer"), customer.name.label("customer_name")),
            *(technician.code.label("technician"), technician.name.label("technician_name")),
            (WISHES.c.wish < 0).label("refused"),
        )
        .select_from(
            WISHES.join(CUSTOMERS, customer.id == WISHES.c.customer_id).join(
                TECHNICIANS, technician.id == WISHES.c.technician_id
            )
        )
        .where(holds(query.text, customer.code, customer.name, technician.code, technician.name))
        .where(technician.active == 1, in_sight(reader, "customer", CUSTOMERS))
        .where(in_sight(reader, "technician", TECHNICIANS))
        .order_by(customer.id, technician.id)
        .limit(checked_limit(query.limit))
    )
    rows = reader.conn.execute(found).mappings()
    return tuple(WishLine(**{**row, "refused": bool(row["refused"])}) for row in rows)
