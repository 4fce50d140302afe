"""The answers for exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.exception_refusals import ExceptionUnknown
from store.domain.exceptions import Grant
from store.domain.exceptions_told import PLAIN
from store.domain.facts import FACTS
from store.persistence.exception_limits import EXCEPTION
from store.persistence.exception_work import read_exception
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.exception_lines import is_live, line_of, told_rows
from store.queries.answers.scope import checked_limit
from store.queries.exceptions import ExceptionStep

if TYPE_CHECKING:
    from store.domain.exceptions import OrderException
    from store.persistence.reader import Reader
    from store.queries.exceptions import (
        ExceptionLine,
        ExceptionSteps,
        ListExceptions,
        LiveGrants,
        ShowException,
    )

_E = EXCEPTION.c
_OPERATORS = metadata.tables["operator"]


def list_exceptions(reader: Reader, query: ListExceptions) -> tuple[ExceptionLine, ...]:
    """One statement for the rows; who may decide those that wait is asked besides."""
    asked = told_rows(reader)
    if query.number is not None:
        seen_order(reader, query.number)
        asked = asked.where(_E.number == query.number).order_by(_E.id)
    elif query.closed:
        asked = asked.where(~is_live(reader)).order_by(_E.id.desc())
    else:
        asked = asked.where(is_live(reader)).order_by(_E.decide_by, _E.id)
    rows = reader.conn.execute(asked.limit(checked_limit(query.limit))).all()
    lines = [line_of(reader, row) for row in rows]
    if query.number is None and not query.closed:
        lines.sort(key=_by_whom)
    return tuple(lines)


def show_exception(reader: Reader, query: ShowException) -> ExceptionLine:
    """As it is listed."""
    row = reader.conn.execute(told_rows(reader).where(_E.id == query.exception)).one_or_none()
    if row is None:
        raise ExceptionUnknown(id=query.exception)
    return line_of(reader, row)


def exception_steps(reader: Reader, query: ExceptionSteps) -> tuple[ExceptionStep, ...]:
    """Out of the journal of its order."""
    found = reader.conn.execute(told_rows(reader).where(_E.id == query.exception)).one_or_none()
    if found is None:
        raise ExceptionUnknown(id=query.exception)
    asked = (
        select(JOURNAL.c.at, JOURNAL.c.fact, JOURNAL.c.body, _OPERATORS.c.name)
        .outerjoin(_OPERATORS, _OPERATORS.c.id == JOURNAL.c.by)
        .where(JOURNAL.c.number == found.number, RAW_BODY.contains('"exception":'))
        .order_by(JOURNAL.c.seq)
    )
    return tuple(
        ExceptionStep(at=row.at, by=row.name or "?", fact=FACTS.get(row.fact, row.fact))
        for row in reader.conn.execute(asked)
        if row.body.get("exception") == query.exception
    )


def live_grants(reader: Reader, query: LiveGrants) -> tuple[OrderException, ...]:
    """Whether a step of this order may be skipped, say."""
    seen_order(reader, query.number)
    mine = [_E.number == query.number, _E.state == Grant.GRANTED.value, _E.expires_at > reader.at]
    if query.kind:
        mine.append(_E.kind == query.kind)
    asked = select(*(_E[name] for name in PLAIN)).where(*mine).order_by(_E.expires_at, _E.id)
    return tuple(read_exception(row) for row in reader.conn.execute(asked))


def _by_whom(line: ExceptionLine) -> tuple[bool, bool, bool]:
    """Waiting for the asker before what he may decide, before what waits, before the granted."""
    return not line.mine, not line.may, line.stands is not Grant.ASKED
