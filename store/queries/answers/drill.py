"""Answers to a played drill about its own desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Text, select, type_coerce

from store.domain.drill.played import Seen
from store.persistence.tables import metadata
from store.queries.answers.doctor_story import parsed
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, within
from store.queries.drill import Places, Usual

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.drill import UsualCalls, WhereAllAre, WrittenSince

JOURNAL, LEVELS = metadata.tables["journal"], metadata.tables["service_level"]


def written_since(reader: Reader, query: WrittenSince) -> tuple[Seen, ...]:
    """Of orders that the asker sees; the desk's own facts move no order.

    What a deed is called after is its first entry of each order: one that also made a customer
    begins with that.
    """
    asked = (
        select(
            *(JOURNAL.c.seq, JOURNAL.c.at, JOURNAL.c.by, JOURNAL.c.number, JOURNAL.c.fact),
            JOURNAL.c.deed,
            type_coerce(JOURNAL.c.body, Text).label("body"),
            type_coerce(JOURNAL.c.words, Text).label("words"),
        )
        .join(ORDERS, ORDERS.c.number == JOURNAL.c.number)
        .where(JOURNAL.c.seq > query.seq, within(reader, ORDERS.c.site_id))
        .order_by(JOURNAL.c.seq)
    )
    heads: dict[tuple[int, int], int] = {}
    return tuple(
        Seen(
            seq=row.seq,
            at=row.at,
            by=row.by,
            number=row.number,
            fact=row.fact,
            body=parsed(row.body) or {},
            words=parsed(row.words or "") or {},
            main=heads.setdefault((row.deed or row.seq, row.number), row.seq) == row.seq,
        )
        for row in reader.conn.execute(asked)
    )


def where_all_are(reader: Reader, _query: WhereAllAre) -> Places:
    """A technician nobody has seen is where he starts from."""
    there = select(SITES.c.code, SITES.c.latitude, SITES.c.longitude).where(
        in_sight(reader, "site", SITES)
    )
    people = (
        select(
            *(TECHNICIANS.c.code, TECHNICIANS.c.latitude, TECHNICIANS.c.longitude),
            SITES.c.latitude.label("home_latitude"),
            SITES.c.longitude.label("home_longitude"),
        )
        .select_from(TECHNICIANS.outerjoin(SITES, SITES.c.id == TECHNICIANS.c.home_site_id))
        .where(in_sight(reader, "technician", TECHNICIANS), TECHNICIANS.c.active == 1)
    )
    found = {}
    for row in reader.conn.execute(people):
        own, home = (row.latitude, row.longitude), (row.home_latitude, row.home_longitude)
        at = own if None not in own else home
        if None not in at:
            found[row.code] = at
    sites = {
        row.code: (row.latitude, row.longitude)
        for row in reader.conn.execute(there)
        if row.latitude is not None and row.longitude is not None
    }
    return Places(sites=sites, technicians=found)


def usual_calls(reader: Reader, query: UsualCalls) -> tuple[Usual, ...]:
    """Titles and kinds as they were asked for; who called is left out."""
    asked = (
        select(
            *(ORDERS.c.opened_at, ORDERS.c.title, ORDERS.c.priority, ORDERS.c.kind),
            SITES.c.code.label("site"),
            CUSTOMERS.c.code.label("customer"),
            LEVELS.c.code.label("level"),
        )
        .select_from(
            ORDERS.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
            .outerjoin(CUSTOMERS, CUSTOMERS.c.id == ORDERS.c.customer_id)
            .outerjoin(LEVELS, LEVELS.c.id == ORDERS.c.level_id)
        )
        .where(within(reader, ORDERS.c.site_id))
        .order_by(ORDERS.c.opened_at.desc(), ORDERS.c.number.desc())
        .limit(checked_limit(query.limit))
    )
    return tuple(Usual(**row) for row in reversed(reader.conn.execute(asked).mappings().all()))
