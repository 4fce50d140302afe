"""The answer for what shifts and contracts behind a figure are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import Rows
from store.persistence.inspection_work import INSPECTION
from store.persistence.tables import metadata
from store.persistence.voice_work import VOICE
from store.queries.answers import kpi_called_projects
from store.queries.answers.kpi_period import TECHNICIANS, checked_name, zone_named
from store.queries.answers.lines import CUSTOMERS
from store.queries.answers.scope import within
from store.queries.kpi import CalledRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader
    from store.queries.kpi import KpiCalled

TOGETHER = frozenset({Rows.HANDOFFS, Rows.STAGES, Rows.PROJECTS})
_SHIFTS, _CONTRACTS = metadata.tables["shift"], metadata.tables["contract"]


def kpi_called(reader: Reader, query: KpiCalled) -> tuple[CalledRow, ...]:
    """Those that the asker may see: a site has the shifts of its own people, and no contracts.

    A complaint goes from when it was said to when it was answered, an inspection from when it was
    drawn to when it was scored: it is called by its order, and its outcome is its score.
    """
    rows = KPIS[checked_name(query.name)].rows
    if rows is Rows.SHIFTS:
        return tuple(_shifts(reader, query))
    if rows is Rows.CONTRACTS and reader.who.scope.sites is None:
        return tuple(_contracts(reader, query))
    if rows in {Rows.COMPLAINTS, Rows.PRAISE}:
        return tuple(_voices(reader, query))
    if rows is Rows.INSPECTIONS:
        return tuple(_inspections(reader, query))
    if rows in TOGETHER:
        return tuple(kpi_called_projects.called(reader, query, rows))
    return ()


def _shifts(reader: Reader, query: KpiCalled) -> Iterator[CalledRow]:
    s, zone = _SHIFTS.c, zone_named(query.zone)
    found = (
        select(s.id, TECHNICIANS.c.code, s.starts_at, s.ends_at)
        .join(TECHNICIANS, TECHNICIANS.c.id == s.technician_id)
        .where(within(reader, TECHNICIANS.c.home_site_id), s.id.in_(query.rows))
        .order_by(s.id)
    )
    for row in reader.conn.execute(found):
        first, last = (
            at.astimezone(zone).isoformat(timespec="minutes") for at in (row.starts_at, row.ends_at)
        )
        yield CalledRow(id=row.id, code=row.code, first=first, last=last)


def _voices(reader: Reader, query: KpiCalled) -> Iterator[CalledRow]:
    v, zone = VOICE.c, zone_named(query.zone)
    found = (
        select(v.id, CUSTOMERS.c.code, v.received_at, v.answered_at, v.about)
        .outerjoin(CUSTOMERS, CUSTOMERS.c.id == v.customer_id)
        .where(within(reader, v.site_id), v.id.in_(query.rows))
        .order_by(v.id)
    )
    for row in reader.conn.execute(found):
        said, answered = (
            "" if at is None else at.astimezone(zone).isoformat(timespec="minutes")
            for at in (row.received_at, row.answered_at)
        )
        yield CalledRow(
            id=row.id, code=row.code or "", first=said, last=answered, outcome=row.about
        )


def _inspections(reader: Reader, query: KpiCalled) -> Iterator[CalledRow]:
    i, zone = INSPECTION.c, zone_named(query.zone)
    found = (
        select(i.id, i.number, i.made_at, i.scored_at, i.total)
        .where(within(reader, i.site_id), i.id.in_(query.rows), i.total.is_not(None))
        .order_by(i.id)
    )
    for row in reader.conn.execute(found):
        first, last = (
            at.astimezone(zone).isoformat(timespec="minutes") for at in (row.made_at, row.scored_at)
        )
        score = f"{row.total / 10:.1f} %"
        yield CalledRow(id=row.id, code=f"#{row.number}", first=first, last=last, outcome=score)


def _contracts(reader: Reader, query: KpiCalled) -> Iterator[CalledRow]:
    c = _CONTRACTS.c
    found = (
        select(c.id, CUSTOMERS.c.code, c.first_day, c.last_day, c.outcome)
        .join(CUSTOMERS, CUSTOMERS.c.id == c.customer_id)
        .where(c.id.in_(query.rows))
        .order_by(c.id)
    )
    for row in reader.conn.execute(found):
        yield CalledRow(
            id=row.id, code=row.code, first=row.first_day, last=row.last_day, outcome=row.outcome
        )
