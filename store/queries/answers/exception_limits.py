"""The answer for limits of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.exception_limits import Spent, month_of
from store.persistence.exception_limits import DELEGATE, LIMIT, read_limit, spent_by
from store.persistence.tables import metadata
from store.queries.exceptions import LimitLine, LimitsHeld, StandInLine

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.exceptions import ListLimits

_OPERATORS = metadata.tables["operator"]
_OF, _BY = _OPERATORS.alias("of"), _OPERATORS.alias("by")
_DESK_MONTH = "UTC"
"""Each grant counts in the month of its own order; a list of limits has no order, and says UTC."""


def list_limits(reader: Reader, _query: ListLimits) -> LimitsHeld:
    """A role's is told without a sum, since each of its people spends one of his own."""
    asked = (
        select(LIMIT, _OPERATORS.c.name, _OPERATORS.c.code)
        .outerjoin(_OPERATORS, _OPERATORS.c.id == LIMIT.c.operator)
        .order_by(LIMIT.c.kind, LIMIT.c.operator, LIMIT.c.role)
    )
    whole, me = reader.who.scope.sites is None, reader.who.operator
    lines = []
    for row in reader.conn.execute(asked).all():
        limit = read_limit(row)
        if not whole and limit.operator not in {None, me}:
            continue
        spent = Spent()
        if limit.operator is not None:
            month = month_of(reader.at, _DESK_MONTH)
            spent = spent_by(reader.conn, limit.operator, limit.kind, month)
        told = {"name": row.name or "", "code": row.code or ""}
        lines.append(LimitLine(limit=limit, **told, size=spent.size, count=spent.count))
    return LimitsHeld(limits=tuple(lines), stand_ins=_stand_ins(reader, whole=whole))


def _stand_ins(reader: Reader, *, whole: bool) -> tuple[StandInLine, ...]:
    times = (DELEGATE.c.from_at, DELEGATE.c.until_at)
    asked = (
        select(*times, _OF.c.name.label("operator"), _BY.c.name.label("delegate"))
        .join(_OF, _OF.c.id == DELEGATE.c.operator)
        .join(_BY, _BY.c.id == DELEGATE.c.delegate)
        .where(DELEGATE.c.until_at > reader.at)
        .order_by(DELEGATE.c.from_at, DELEGATE.c.id)
    )
    if not whole:
        me = reader.who.operator
        asked = asked.where((DELEGATE.c.operator == me) | (DELEGATE.c.delegate == me))
    return tuple(StandInLine(**row._asdict()) for row in reader.conn.execute(asked))
