"""What projects, stages and hand-offs behind a figure are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, select

from store.domain.kpi.ways import Rows
from store.persistence.project_work import DEPARTMENT, HANDOFF, PASSAGE, PROJECT
from store.queries.answers.kpi_period import zone_named
from store.queries.answers.scope import within
from store.queries.kpi import CalledRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select

    from store.persistence.reader import Reader
    from store.queries.kpi import KpiCalled

_P, _H, _S = PROJECT.c, HANDOFF.c, PASSAGE.c
_GIVER, _TAKER = DEPARTMENT.alias("giver"), DEPARTMENT.alias("taker")


def called(reader: Reader, query: KpiCalled, rows: Rows) -> Iterator[CalledRow]:
    """A hand-off from when it was given to its answer, a stage and a project while they last."""
    zone = zone_named(query.zone)
    asked, table = _ASKED[rows]
    mine = (within(reader, _P.site_id), table.c.id.in_(query.rows))
    for row in reader.conn.execute(asked.where(*mine).order_by(table.c.id)):
        first, last = (
            "" if at is None else at.astimezone(zone).isoformat(timespec="minutes")
            for at in (row.first, row.last)
        )
        between = f" {row.giver} > {row.taker}" if row.giver else ""
        yield CalledRow(
            id=row.id,
            code=f"{row.project}{between}",
            first=first,
            last=last,
            outcome=row.outcome,
            project=row.project,
        )


_HANDOFFS = (
    HANDOFF.join(PROJECT, _P.id == _H.project_id)
    .join(_GIVER, _GIVER.c.id == _H.giver_id)
    .join(_TAKER, _TAKER.c.id == _H.taker_id)
)
_NOBODY = (literal("").label("giver"), literal("").label("taker"))
_ASKED: dict[Rows, tuple[Select[Any], Any]] = {
    Rows.HANDOFFS: (
        select(
            *(_H.id, _P.id.label("project"), _H.given_at.label("first")),
            *(_H.answered_at.label("last"), _H.answer.label("outcome")),
            *(_GIVER.c.code.label("giver"), _TAKER.c.code.label("taker")),
        ).select_from(_HANDOFFS),
        HANDOFF,
    ),
    Rows.STAGES: (
        select(
            *(_S.id, _P.id.label("project"), _S.began_at.label("first")),
            *(_S.handed_at.label("last"), _S.stage.label("outcome"), *_NOBODY),
        ).select_from(PASSAGE.join(PROJECT, _P.id == _S.project_id)),
        PASSAGE,
    ),
    Rows.PROJECTS: (
        select(
            *(_P.id, _P.id.label("project"), _P.opened_at.label("first")),
            *(_P.over_at.label("last"), _P.stage.label("outcome"), *_NOBODY),
        ),
        PROJECT,
    ),
}
