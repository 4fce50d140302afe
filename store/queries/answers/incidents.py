"""The answers for major incidents and their notices."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.incidents import promised_word
from store.persistence.journal import JOURNAL
from store.persistence.loading import load
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import checked_limit, within
from store.queries.incidents import IncidentLine, NoticeLine

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.incidents import ListIncidents, NoticesGiven

_O = ORDERS.c
_OPERATORS = metadata.tables["operator"]
_FAR = datetime.max.replace(tzinfo=UTC)


def list_incidents(reader: Reader, query: ListIncidents) -> tuple[IncidentLine, ...]:
    """With the promise of the next word of each."""
    asked = (
        select(_O.number, SITES.c.name.label("site"), CUSTOMERS.c.name.label("customer"))
        .select_from(
            ORDERS.outerjoin(SITES, SITES.c.id == _O.site_id).outerjoin(
                CUSTOMERS, CUSTOMERS.c.id == _O.customer_id
            )
        )
        .where(_O.live == 1, _O.cadence_s.is_not(None), within(reader, _O.site_id))
        .order_by(_O.number)
        .limit(checked_limit(query.limit))
    )
    rows = {row.number: row for row in reader.conn.execute(asked)}
    found = []
    for number, known in load(reader.conn, list(rows), lock=False).items():
        order, promised = known.now, promised_word(known.now)
        next_by = None if promised is None else promised.breached_at or promised.due_at
        line = IncidentLine(
            number=number,
            version=order.version,
            title=order.title,
            site=rows[number].site,
            customer=rows[number].customer,
            opened_at=order.opened_at,
            cadence_s=order.cadence_s or 0,
            told_at=order.told_at,
            next_by=next_by,
            overdue=next_by is not None and next_by <= reader.at,
        )
        found.append(line)
    return tuple(sorted(found, key=lambda line: (line.next_by or _FAR, line.number)))


def notices_given(reader: Reader, query: NoticesGiven) -> tuple[NoticeLine, ...]:
    """Out of its journal; one whose deed was taken back says so."""
    seen_order(reader, query.number)
    j = JOURNAL.c
    asked = (
        select(j.seq, j.deed, j.at, j.fact, j.body, j.words, _OPERATORS.c.name)
        .outerjoin(_OPERATORS, _OPERATORS.c.id == j.by)
        .where(j.number == query.number, j.fact.in_(("notice_given", "undone")))
        .order_by(j.seq)
    )
    rows = reader.conn.execute(asked).all()
    undone = {row.body.get("undoes") for row in rows if row.fact == "undone"}
    return tuple(
        NoticeLine(
            at=row.at,
            by=row.name or "?",
            phase=row.body["phase"],
            way=row.body["way"],
            to=(row.words or {}).get("to", ""),
            text=(row.words or {}).get("note", ""),
            taken_back=(row.deed or row.seq) in undone,
        )
        for row in rows
        if row.fact == "notice_given"
    )
