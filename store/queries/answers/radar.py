"""The answer for the radar: proposals, and what each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from store.domain.recurrences import Fate
from store.persistence.radar_work import COLUMNS, RECURRENCE, read
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.persistence.voice_work import VOICE
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import checked_limit, within
from store.queries.radar import Evidence, RecurrenceLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.persistence.reader import Reader
    from store.queries.radar import ListRadar

_R = RECURRENCE.c
_OPERATORS, _ASSETS = metadata.tables["operator"], metadata.tables["asset"]
_CARE, _CONTACTS = metadata.tables["customer_care"], metadata.tables["contact"]
_SHOWN: Final = 20
"""What is told of the evidence of one."""
Shown = dict[int, tuple[Evidence, int | None]]
"""By the id of an order or a complaint: how it is told, and whose it is."""


def list_radar(reader: Reader, query: ListRadar) -> tuple[RecurrenceLine, ...]:
    """One statement for the proposals, one each for orders, complaints and customers."""
    columns = (column.label(name) for name, column in COLUMNS.items())
    asked = (
        select(
            *columns,
            *(SITES.c.name.label("place"), SITES.c.zone.label("zone")),
            *(_ASSETS.c.name.label("asset_name"), _OPERATORS.c.name.label("decider")),
        )
        .select_from(
            RECURRENCE.join(SITES, SITES.c.id == _R.site_id)
            .outerjoin(_ASSETS, _ASSETS.c.id == _R.asset_id)
            .outerjoin(_OPERATORS, _OPERATORS.c.id == _R.decided_by)
        )
        .where(within(reader, _R.site_id))
        .order_by(_R.id.desc())
        .limit(checked_limit(query.limit))
    )
    if query.recurrence is not None:
        asked = asked.where(_R.id == query.recurrence)
    else:
        asked = asked.where((_R.fate != Fate.OPEN.value) == query.over)
    rows = reader.conn.execute(asked).all()
    found = [read(row) for row in rows]
    orders = _orders(reader, {n for one in found for n in one.orders[-_SHOWN:]})
    voices = _voices(reader, {n for one in found for n in one.complaints[-_SHOWN:]})
    newest = {}
    for one in found:
        told = [orders[n] for n in one.orders if n in orders]
        told += [voices[n] for n in one.complaints if n in voices]
        newest[one.id] = sorted(told, key=lambda each: each[0].at, reverse=True)
    whose = {told[0][1] for told in newest.values() if told}
    customers = _customers(reader, whose - {None})
    lines = []
    for one, row in zip(found, rows, strict=True):
        told = newest[one.id]
        name, contact = customers.get(told[0][1] if told else None, ("", ""))
        lines.append(
            RecurrenceLine(
                recurrence=one,
                place=row.place,
                zone=row.zone,
                asset=row.asset_name or "",
                customer=name,
                contact=contact,
                evidence=tuple(evidence for evidence, _customer in told[:_SHOWN]),
                decided_by=row.decider or "",
            )
        )
    return tuple(lines)


def _orders(reader: Reader, numbers: Iterable[int]) -> Shown:
    o = ORDERS.c
    asked = select(o.number, o.opened_at, o.title, o.customer_id).where(
        among(o.number, "numbers", reader.kind), within(reader, o.site_id)
    )
    rows = reader.conn.execute(asked, {"numbers": sorted(numbers)})
    return {
        number: (Evidence(number=number, complaint=None, at=at, said=title), customer)
        for number, at, title, customer in rows
    }


def _voices(reader: Reader, ids: Iterable[int]) -> Shown:
    v = VOICE.c
    asked = select(v.id, v.received_at, v.said, v.customer_id).where(
        among(v.id, "ids", reader.kind), within(reader, v.site_id)
    )
    rows = reader.conn.execute(asked, {"ids": sorted(ids)})
    return {
        voice: (Evidence(number=None, complaint=voice, at=at, said=said), customer)
        for voice, at, said, customer in rows
    }


def _customers(reader: Reader, ids: Iterable[Any]) -> Mapping[int | None, tuple[str, str]]:
    person = func.coalesce(_CONTACTS.c.name, "") + " " + func.coalesce(_CONTACTS.c.phone, "")
    asked = (
        select(CUSTOMERS.c.id, CUSTOMERS.c.name, person)
        .outerjoin(_CARE, _CARE.c.customer_id == CUSTOMERS.c.id)
        .outerjoin(_CONTACTS, _CONTACTS.c.id == _CARE.c.contact_id)
        .where(among(CUSTOMERS.c.id, "ids", reader.kind))
    )
    rows = reader.conn.execute(asked, {"ids": sorted(ids)})
    return {customer: (name, speaks.strip()) for customer, name, speaks in rows}
