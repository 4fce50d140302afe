"""Answers that list registers and alarms."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.persistence.tables import metadata
from store.queries.alarms import AlarmLine
from store.queries.answers.alarms import COLUMNS as ALARM_COLUMNS
from store.queries.answers.alarms import STANDING, UNSEEN, told
from store.queries.answers.backups import backup_alarms
from store.queries.answers.calendars import horizon_alarms
from store.queries.answers.lines import ALARMS, CUSTOMERS, ORDERS, SITES
from store.queries.answers.people import in_sight
from store.queries.answers.project_alarms import project_alarms
from store.queries.answers.reminders import reminder_alarms
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.answers.voice_alarms import complaint_alarms
from store.queries.lists import CustomerLine, SiteLine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from store.persistence.reader import Reader
    from store.queries.lists import ListAlarms, ListCustomers, ListSites

REGIONS = metadata.tables["region"]


def list_sites(reader: Reader, query: ListSites) -> tuple[SiteLine, ...]:
    """With how many orders are open at each."""
    columns: tuple[Any, ...] = (
        *(SITES.c.id, SITES.c.code, SITES.c.name, REGIONS.c.name.label("region")),
        *(SITES.c.zone, SITES.c.address, _open(reader, ORDERS.c.site_id == SITES.c.id)),
    )
    found = (
        select(*columns)
        .select_from(SITES.outerjoin(REGIONS, REGIONS.c.id == SITES.c.region_id))
        .where(holds(query.text, SITES.c.code, SITES.c.name, SITES.c.address))
        .where(SITES.c.id > query.after, within(reader, SITES.c.id))
        .order_by(SITES.c.id)
        .limit(checked_limit(query.limit))
    )
    return tuple(SiteLine(**row) for row in reader.conn.execute(found).mappings())


def list_customers(reader: Reader, query: ListCustomers) -> tuple[CustomerLine, ...]:
    """Those of an asker's own sites: the ones with an order there."""
    table = CUSTOMERS
    columns: tuple[Any, ...] = (
        *(table.c.id, table.c.code, table.c.name, table.c.phone, table.c.tier),
        _open(reader, ORDERS.c.customer_id == table.c.id),
    )
    found = (
        select(*columns)
        .where(holds(query.text, table.c.code, table.c.name, table.c.phone))
        .where(table.c.id > query.after, table.c.merged_into.is_(None))
        .where(in_sight(reader, "customer", table))
        .order_by(table.c.id)
        .limit(checked_limit(query.limit))
    )
    return tuple(CustomerLine(**row) for row in reader.conn.execute(found).mappings())


def list_alarms(reader: Reader, query: ListAlarms) -> tuple[AlarmLine, ...]:
    """Quiet, acknowledged and shelved ones too, and those that are over and unseen."""
    source = told(ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number))
    found = (
        select(*ALARM_COLUMNS)
        .select_from(source)
        .where(holds(query.text, ORDERS.c.title, SITES.c.code, SITES.c.name))
        .where(within(reader, ORDERS.c.site_id))
        .order_by(ALARMS.c.severity, ALARMS.c.due_at, ALARMS.c.id)
        .limit(checked_limit(query.limit))
    )
    orders = [
        AlarmLine(**row)
        for listed in (STANDING, UNSEEN)
        for row in reader.conn.execute(found.where(listed)).mappings()
    ]
    all_of_them = [
        *orders,
        *horizon_alarms(reader, query.text),
        *complaint_alarms(reader, query.text),
        *project_alarms(reader, query.text),
        *backup_alarms(reader, query.text),
        *reminder_alarms(reader, query.text),
    ]
    return tuple(sorted(all_of_them, key=attrgetter("severity", "raised_at"))[: query.limit])


def _open(reader: Reader, mine: ColumnElement[bool]) -> ColumnElement[Any]:
    held = select(func.count()).select_from(ORDERS)
    live = held.where(mine, ORDERS.c.live == 1, within(reader, ORDERS.c.site_id))
    return live.scalar_subquery().label("open_orders")
