"""Complaints and praise with the names around them, for every answer that has some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from store.domain.corrective import Finding, Stage
from store.persistence.corrective_work import CORRECTIVE
from store.persistence.tables import metadata
from store.persistence.voice_work import COLUMNS, VOICE, read_voice
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.scope import checked_limit, within
from store.queries.voices import VoiceLine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from store.persistence.reader import Reader

_V = VOICE.c
_OPERATORS, _ASSETS = metadata.tables["operator"], metadata.tables["asset"]
_KEPT, _ANSWERED = _OPERATORS.alias("kept"), _OPERATORS.alias("answered")
_TOLD = (
    VOICE.outerjoin(SITES, SITES.c.id == _V.site_id)
    .outerjoin(CUSTOMERS, CUSTOMERS.c.id == _V.customer_id)
    .outerjoin(_ASSETS, _ASSETS.c.id == _V.asset_id)
    .outerjoin(TECHNICIANS, TECHNICIANS.c.id == _V.technician_id)
    .outerjoin(_KEPT, _KEPT.c.id == _V.kept_by)
    .outerjoin(_ANSWERED, _ANSWERED.c.id == _V.answered_by)
)
_ACTION = (
    select(func.max(CORRECTIVE.c.id))
    .where(CORRECTIVE.c.finding == Finding.COMPLAINT.value, CORRECTIVE.c.finding_id == _V.id)
    .where(CORRECTIVE.c.stage != Stage.DROPPED.value)
    .scalar_subquery()
)
_AROUND = (
    *(CUSTOMERS.c.name.label("customer_name"), SITES.c.name.label("site_name")),
    *(_ASSETS.c.name.label("asset_name"), TECHNICIANS.c.name.label("technician_name")),
    *(ORDERS.c.title.label("order_title"), _KEPT.c.name.label("kept_name")),
    *(_ANSWERED.c.name.label("answered_name"), _ACTION.label("action")),
    CUSTOMERS.c.erased_at.label("customer_erased"),
)


def of_it(reader: Reader, whose: ColumnElement[bool], limit: int) -> tuple[VoiceLine, ...]:
    """Those that fit and the asker sees, the newest first."""
    asked = voices_asked(reader).where(whose).order_by(_V.received_at.desc(), _V.id.desc())
    return read_lines(reader, asked, limit)


def voices_asked(reader: Reader) -> Select[Any]:
    """Those that the asker sees."""
    columns = (column.label(name) for name, column in COLUMNS.items())
    # Its order may be at another site by now: what that is called is not for who sees this one.
    its = and_(ORDERS.c.number == _V.number, within(reader, ORDERS.c.site_id))
    told = _TOLD.outerjoin(ORDERS, its)
    return select(*columns, *_AROUND).select_from(told).where(within(reader, _V.site_id))


def read_lines(reader: Reader, asked: Select[Any], limit: int) -> tuple[VoiceLine, ...]:
    """What such a question finds."""
    rows = reader.conn.execute(asked.limit(checked_limit(limit)))
    return tuple(
        VoiceLine(
            voice=read_voice(row),
            customer=row.customer_name or "",
            place=row.site_name or "",
            asset=row.asset_name or "",
            technician=row.technician_name or "",
            title=row.order_title or "",
            kept_by=row.kept_name or "?",
            answered_by=row.answered_name or "",
            action=row.action,
            erased=row.customer_erased is not None,
        )
        for row in rows
    )
