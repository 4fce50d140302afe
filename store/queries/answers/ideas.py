"""The answer for the suggestion box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, or_, select, true

from store.domain.ideas import Idea, IdeaUnknown, Verdict
from store.persistence.idea_work import COLUMNS, FUND, IDEA
from store.persistence.tables import metadata
from store.queries.answers.lines import TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit
from store.queries.ideas import Box, IdeaLine

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.ideas import ListIdeas

_OPERATORS = metadata.tables["operator"]
_WRITER, _JUDGE = _OPERATORS.alias("writer"), _OPERATORS.alias("idea_judge")


def list_ideas(reader: Reader, query: ListIdeas) -> Box:
    """One statement for the rows, one for the fund."""
    row, is_open = IDEA.c, IDEA.c.verdict == Verdict.OPEN.value
    source = (
        IDEA.join(_WRITER, _WRITER.c.id == row.operator_id)
        .outerjoin(_JUDGE, _JUDGE.c.id == row.judged_by)
        .outerjoin(TECHNICIANS, TECHNICIANS.c.id == row.technician_id)
    )
    seen: Any = true()
    if reader.who.scope.sites is not None:
        his = and_(row.technician_id.is_not(None), in_sight(reader, "technician", TECHNICIANS))
        seen = or_(row.operator_id == reader.who.operator, his)
    names = (
        *(_WRITER.c.name.label("writer_name"), _JUDGE.c.name.label("judge_name")),
        TECHNICIANS.c.name.label("technician_name"),
    )
    asked = (
        select(*row, *names)
        .select_from(source)
        .where(seen)
        .order_by(case((is_open, 0), else_=1), case((is_open, row.due_at)), row.id.desc())
        .limit(checked_limit(query.limit))
    )
    if query.open:
        asked = asked.where(is_open)
    if query.number is not None:
        asked = asked.where(row.id == query.number)
    found = reader.conn.execute(asked).all()
    if query.number is not None and not found:
        raise IdeaUnknown(id=query.number)
    balance = None
    if reader.who.scope.sites is None:
        balance = reader.conn.execute(select(FUND.c.balance)).scalar_one_or_none() or 0
    return Box(ideas=tuple(_line(one) for one in found), balance=balance)


def _line(row: Any) -> IdeaLine:
    return IdeaLine(
        idea=Idea(**{name: getattr(row, column) for name, column in COLUMNS.items()}),
        submitted_by=row.technician_name or row.writer_name,
        written_by=row.writer_name,
        judged_by=row.judge_name or "",
    )
