"""Inspections with the names around them, for every answer that has some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from store.domain.corrective import Finding, Stage
from store.domain.evolve import evolve
from store.domain.inspections_told import RAW
from store.domain.who import Right
from store.persistence.corrective_work import CORRECTIVE
from store.persistence.inspection_sheets import sheet_of
from store.persistence.inspection_work import ALL, DRAW, INSPECTION, read_inspection
from store.persistence.tables import metadata
from store.queries.answers.lines import ORDERS, SITES, TECHNICIANS
from store.queries.answers.scope import checked_limit, within
from store.queries.inspections import InspectionLine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from store.domain.inspection_sheet import Criterion
    from store.persistence.reader import Reader

_I = INSPECTION.c
_SCORED = metadata.tables["operator"].alias("scored")
_TOLD = (
    INSPECTION.join(DRAW, DRAW.c.id == _I.draw_id)
    .join(ORDERS, ORDERS.c.number == _I.number)
    .outerjoin(SITES, SITES.c.id == _I.site_id)
    .outerjoin(TECHNICIANS, TECHNICIANS.c.id == _I.technician_id)
    .outerjoin(_SCORED, _SCORED.c.id == _I.scored_by)
)
_ACTION = (
    select(func.max(CORRECTIVE.c.id))
    .where(CORRECTIVE.c.finding == Finding.INSPECTION.value, CORRECTIVE.c.finding_id == _I.id)
    .where(CORRECTIVE.c.found_at == _I.scored_at, CORRECTIVE.c.stage != Stage.DROPPED.value)
    .scalar_subquery()
)
_AROUND = (
    DRAW.c.week,
    *(SITES.c.name.label("site_name"), TECHNICIANS.c.name.label("technician_name")),
    *(TECHNICIANS.c.code.label("technician_code"), _SCORED.c.name.label("scored_name")),
    _ACTION.label("action"),
)


def inspections_asked(reader: Reader) -> Select[Any]:
    """Those that the asker sees."""
    # Its order may be at another site by now: what that is called is not for who sees this one.
    here = within(reader, ORDERS.c.site_id)
    its = (
        case((here, ORDERS.c.title), else_="").label("order_title"),
        case((here, ORDERS.c.kind), else_="").label("order_kind"),
    )
    return select(*ALL, *_AROUND, *its).select_from(_TOLD).where(within(reader, _I.site_id))


def inspections_of_it(
    reader: Reader, whose: ColumnElement[bool], limit: int
) -> tuple[InspectionLine, ...]:
    """Those that fit and the asker sees, the newest first."""
    asked = inspections_asked(reader).where(whose).order_by(_I.made_at.desc(), _I.id.desc())
    return read_inspections(reader, asked, limit)


def read_inspections(reader: Reader, asked: Select[Any], limit: int) -> tuple[InspectionLine, ...]:
    """What such a question finds; raw words only for who supervises, or scored it himself."""
    rows = reader.conn.execute(asked.limit(checked_limit(limit)))
    sheets: dict[int | None, tuple[Criterion, ...]] = {}
    supervises = reader.who.may(Right.SUPERVISE)
    lines = []
    for row in rows.all():
        held = read_inspection(row)
        seen = supervises or held.scored_by == reader.who.operator
        if held.sheet not in sheets:
            sheet = sheet_of(reader.conn, held.sheet)
            sheets[held.sheet] = () if sheet is None else sheet.criteria
        lines.append(
            InspectionLine(
                inspection=held if seen else evolve(held, **dict.fromkeys(RAW, "")),
                words_seen=seen,
                week=row.week,
                title=row.order_title,
                kind=row.order_kind,
                place=row.site_name or "",
                technician=row.technician_name or "",
                technician_code=row.technician_code or "",
                scored_by=row.scored_name or "",
                criteria=sheets[held.sheet],
                action=row.action,
            )
        )
    return tuple(lines)
