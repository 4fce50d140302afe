"""Whether somebody has done their part of an order on which others still work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from store.domain.lifecycle import VisitState
from store.persistence.mapping import PAUSE

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, FromClause


def has_done(visits: FromClause) -> ColumnElement[bool]:
    """Whether a visit is of one who has done their part since it was opened, or opened again.

    The same as `visits_now` has it: what was done before the last reopening is to be done anew.
    """
    back = (
        select(PAUSE.c.to_at)
        .where(PAUSE.c.number == visits.c.number)
        .where(PAUSE.c.kind == "closed", PAUSE.c.to_at.is_not(None))
        .order_by(PAUSE.c.place.desc())
        .limit(1)
        .correlate(visits)
        .scalar_subquery()
    )
    asked = visits.c.assigned_at
    return and_(visits.c.state == VisitState.DONE.value, asked >= func.coalesce(back, asked))
