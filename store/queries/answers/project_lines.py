"""Projects with the names around them, for every answer that has some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, text

from store.domain.projects import Handoff
from store.persistence.project_work import (
    COLUMNS,
    DEPARTMENT,
    HANDOFF,
    LABELLED,
    PASSAGE,
    PROJECT,
    STEP,
    read_row,
)
from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import checked_limit, within
from store.queries.projects import ProjectLine

if TYPE_CHECKING:
    from sqlalchemy import Select

    from store.persistence.reader import Reader

_P, _H, _S, _T = PROJECT.c, HANDOFF.c, PASSAGE.c, STEP.c
_ASSETS = metadata.tables["asset"]
TAKER = DEPARTMENT.alias("taker")
_LAST = (
    select(func.max(_S.place)).where(_S.project_id == _P.id).correlate(PROJECT).scalar_subquery()
)
_TOLD = (
    PROJECT.outerjoin(SITES, SITES.c.id == _P.site_id)
    .outerjoin(CUSTOMERS, CUSTOMERS.c.id == _P.customer_id)
    .outerjoin(_ASSETS, _ASSETS.c.id == _P.asset_id)
    .join(DEPARTMENT, DEPARTMENT.c.id == _P.department_id)
    .join(PASSAGE, and_(_S.project_id == _P.id, _S.place == _LAST))
    .outerjoin(HANDOFF, and_(_H.project_id == _P.id, _H.answered_at.is_(None)))
    .outerjoin(TAKER, TAKER.c.id == _H.taker_id)
)
_LEFT = (
    select(func.count())
    .where(_T.project_id == _P.id, _T.passage == _S.place)
    .where(_T.mandatory == 1, _T.done_at.is_(None))
    .correlate(PROJECT, PASSAGE)
    .scalar_subquery()
)


def projects_asked(reader: Reader) -> Select[Any]:
    """Those that the asker sees."""
    orders = (
        select(func.count())
        .where(ORDERS.c.project == _P.id, ORDERS.c.project_stage == _P.stage, text("live = 1"))
        .where(within(reader, ORDERS.c.site_id))
        .correlate(PROJECT)
        .scalar_subquery()
    )
    around = (
        *(CUSTOMERS.c.name.label("customer_name"), SITES.c.name.label("site_name")),
        *(_ASSETS.c.name.label("asset_name"), DEPARTMENT.c.code.label("department_code")),
        *(_S.began_at.label("since"), TAKER.c.code.label("taker_code")),
        *(DEPARTMENT.c.name.label("department_en"), DEPARTMENT.c.name_zh.label("department_zh")),
        *(TAKER.c.name.label("taker_en"), TAKER.c.name_zh.label("taker_zh")),
        *(orders.label("orders"), _LEFT.label("steps_left")),
    )
    waits = (column.label(f"handoff_{name}") for name, column in COLUMNS["handoff"].items())
    columns = (*LABELLED["project"], *around, *waits)
    return select(*columns).select_from(_TOLD).where(within(reader, _P.site_id))


def read_lines(reader: Reader, asked: Select[Any], limit: int) -> tuple[ProjectLine, ...]:
    """What such a question finds."""
    rows = reader.conn.execute(asked.limit(checked_limit(limit)))
    return tuple(
        ProjectLine(
            project=read_row("project", row),
            since=row.since,
            customer=row.customer_name or "",
            place=row.site_name or "",
            asset=row.asset_name or "",
            department=row.department_code,
            department_names=(row.department_en, row.department_zh),
            handoff=_waits(row),
            taker=row.taker_code or "",
            taker_names=(row.taker_en or "", row.taker_zh or ""),
            orders=row.orders,
            steps_left=row.steps_left,
        )
        for row in rows
    )


def _waits(row: Any) -> Handoff | None:
    if row.handoff_id is None:
        return None
    return Handoff(**{name: getattr(row, f"handoff_{name}") for name in COLUMNS["handoff"]})
