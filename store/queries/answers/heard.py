"""The answers for what customers say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, true

from store.domain.heard_figures import csat_of, nps_of, response_of
from store.domain.lifecycle import VisitState
from store.domain.surveys import UNHAPPY, Survey
from store.persistence.corrective_work import has_action
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.customer_named import customer_named
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.heard import AnswerLine, AskLine, BadLine, HeardFigures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Select

    from store.persistence.reader import Reader
    from store.queries.heard import BadAnswers, Heard, HeardOf, ToAsk

_O = ORDERS.c
_CONTACTS, _VISITS = metadata.tables["contact"], metadata.tables["visit"]
_DONE = _VISITS.c.state == VisitState.DONE.value
_DID = (
    select(func.aggregate_strings(TECHNICIANS.c.name, ", "))
    .select_from(_VISITS.join(TECHNICIANS, TECHNICIANS.c.id == _VISITS.c.technician_id))
    .where(_VISITS.c.number == _O.number, _DONE)
    .correlate(ORDERS)
    .scalar_subquery()
    .label("technician")
)
_CALLS = metadata.tables["follow_up"].c
_CALL_BY = (
    select(_CALLS.due_at)
    .where(_CALLS.number == _O.number, _CALLS.kind == UNHAPPY, _CALLS.done_at.is_(None))
    .order_by(_CALLS.due_at)
    .limit(1)
    .correlate(ORDERS)
    .scalar_subquery()
    .label("call_by")
)
"""By when whoever is unhappy is called back, as long as nobody has."""
_PHONE = func.coalesce(func.nullif(_CONTACTS.c.phone, ""), CUSTOMERS.c.phone).label("phone")
_AROUND = (
    *(_O.number, _O.version, _O.title, CUSTOMERS.c.name.label("customer")),
    *(SITES.c.name.label("site"), _DID),
)
_TOLD = ORDERS.outerjoin(SITES, SITES.c.id == _O.site_id).outerjoin(
    CUSTOMERS, CUSTOMERS.c.id == _O.customer_id
)
_ANSWERS = (
    *(_O.number, _O.title, _O.survey, _O.survey_by.label("by"), _O.rated_at),
    *(_O.csat, _O.nps, _O.said, _O.bad_at, _O.cause),
)


def to_ask(reader: Reader, query: ToAsk) -> tuple[AskLine, ...]:
    """One statement along the index of what is to be asked."""
    found = (
        select(
            *_AROUND,
            _CONTACTS.c.name.label("contact"),
            _PHONE,
            *(_O.done_at, _O.survey_by.label("by"), _O.survey_at.label("next_at")),
            _O.survey_tries.label("tries"),
        )
        .select_from(_TOLD.outerjoin(_CONTACTS, _CONTACTS.c.id == _O.contact_id))
        .where(_O.survey_at.is_not(None), within(reader, _O.site_id))
        .where(holds(query.text, _O.title, CUSTOMERS.c.name, SITES.c.name))
        .order_by(_O.survey_by, _O.number)
        .limit(checked_limit(query.limit))
    )
    return tuple(AskLine(**row) for row in reader.conn.execute(found).mappings())


def bad_answers(reader: Reader, query: BadAnswers) -> tuple[BadLine, ...]:
    """One statement along the index of bad answers."""
    found = (
        select(
            *_AROUND,
            *(_O.bad_at.label("since"), _O.csat, _O.nps, _O.said, _O.cause, _O.contained),
            *(_CONTACTS.c.name.label("contact"), _PHONE, _CALL_BY),
        )
        .select_from(_TOLD.outerjoin(_CONTACTS, _CONTACTS.c.id == _O.contact_id))
        .where(
            _O.bad_at.is_not(None), ~has_action(_O.number, _O.bad_at), within(reader, _O.site_id)
        )
        .order_by(_O.bad_at, _O.number)
        .limit(checked_limit(query.limit))
    )
    return tuple(BadLine(**row) for row in reader.conn.execute(found).mappings())


def heard_of(reader: Reader, query: HeardOf) -> tuple[AnswerLine, ...]:
    """Of one order, or of a customer's along the index of his orders."""
    found = select(*_ANSWERS).where(_O.survey.is_not(None), within(reader, _O.site_id))
    if query.number is not None:
        seen_order(reader, query.number)
        found = found.where(_O.number == query.number)
    else:
        customer = customer_named(reader, query.customer)
        if customer is None:
            return ()
        found = found.where(_O.customer_id == customer.id)
    asked = found.order_by(_O.number.desc()).limit(checked_limit(query.limit))
    return tuple(AnswerLine(**row) for row in reader.conn.execute(asked).mappings())


def heard(reader: Reader, query: Heard) -> HeardFigures:
    """Counted by answer, along the index of when each survey was due."""
    counts = reader.conn.execute(_counted(reader, query)).all()
    states: Counter[str] = Counter()
    for survey, _csat, _nps, _bad, count in counts:
        states[survey] += count
    return HeardFigures(
        csat=csat_of(_each((csat, count) for _, csat, _, _, count in counts)),
        nps=nps_of(_each((nps, count) for _, _, nps, _, count in counts)),
        response=response_of(
            answered=states[Survey.ANSWERED],
            refused=states[Survey.REFUSED],
            expired=states[Survey.EXPIRED],
        ),
        open=states[Survey.PLANNED],
        bad=sum(count for _, _, _, bad, count in counts if bad),
    )


def _counted(reader: Reader, query: Heard) -> Select[Any]:
    bad = _O.bad_at.is_not(None).label("bad")
    return (
        select(_O.survey, _O.csat, _O.nps, bad, func.count())
        .select_from(ORDERS.outerjoin(SITES, SITES.c.id == _O.site_id))
        .where(_O.survey_by.is_not(None), within(reader, _O.site_id))
        .where(_O.survey_by >= query.from_at, _O.survey_by < query.to_at)
        .where(SITES.c.code == query.site if query.site else true(), _of_his(query))
        .group_by(_O.survey, _O.csat, _O.nps, bad)
    )


def _of_his(query: Heard) -> ColumnElement[bool]:
    if not query.technician:
        return true()
    his = (
        select(_VISITS.c.number)
        .join(TECHNICIANS, TECHNICIANS.c.id == _VISITS.c.technician_id)
        .where(and_(_VISITS.c.number == _O.number, _DONE, TECHNICIANS.c.code == query.technician))
        .correlate(ORDERS)
    )
    return his.exists()


def _each(counted: Iterable[tuple[int | None, int]]) -> Iterable[int]:
    together: Counter[int] = Counter()
    for answer, count in counted:
        if answer is not None:
            together[answer] += count
    return together.elements()
