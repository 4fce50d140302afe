"""The answers for actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, select

from store.domain.corrective import OPEN, Stage
from store.domain.corrective_refusals import ActionUnknown
from store.domain.corrective_told import PLAIN, without_figures
from store.domain.errors import NameUnknown
from store.domain.facts import FACTS
from store.domain.words import N_
from store.persistence.corrective_work import CORRECTIVE, read_actions
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.customer_named import customer_named
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import checked_limit, within
from store.queries.corrective import ActionLine, ActionStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

    from store.persistence.reader import Reader
    from store.queries.corrective import ActionSteps, ListActions, ShowAction

_A = CORRECTIVE.c
_OPERATORS = metadata.tables["operator"]
_OWNER, _DOER, _JUDGE = (_OPERATORS.alias(name) for name in ("owner", "doer", "judge"))
_MEASURED = SITES.alias("measured")
_TOLD = (
    CORRECTIVE.join(ORDERS, ORDERS.c.number == _A.number)
    .outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
    .outerjoin(CUSTOMERS, CUSTOMERS.c.id == ORDERS.c.customer_id)
    .outerjoin(_MEASURED, _MEASURED.c.id == _A.site)
    .outerjoin(_OWNER, _OWNER.c.id == _A.owner)
    .outerjoin(_DOER, _DOER.c.id == _A.done_by)
    .outerjoin(_JUDGE, _JUDGE.c.id == _A.judged_by)
)
_AROUND = (
    *(ORDERS.c.title.label("order_title"), CUSTOMERS.c.name.label("customer_name")),
    *(SITES.c.name.label("site_name"), _MEASURED.c.code.label("measured_code")),
    *(_OWNER.c.name.label("owner_name"), _DOER.c.name.label("doer_name")),
    _JUDGE.c.name.label("judge_name"),
)
_RINGS = case((_A.stage == Stage.CHECK.value, _A.check_at), else_=_A.due_at)
_STAGE = case({stage.value: place for place, stage in enumerate(OPEN)}, value=_A.stage, else_=9)
_IS_OPEN = _A.stage.not_in([Stage.CLOSED.value, Stage.DROPPED.value])


def list_actions(reader: Reader, query: ListActions) -> tuple[ActionLine, ...]:
    """One statement for the rows, one for their answers to why."""
    asked = _asked(reader)
    if query.customer:
        asked = asked.where(ORDERS.c.customer_id == _customer(reader, query.customer))
    if query.number is not None:
        seen_order(reader, query.number)
        asked = asked.where(_A.number == query.number).order_by(_A.id)
    elif query.closed:
        asked = asked.where(~_IS_OPEN).order_by(_A.stage_since.desc(), _A.id.desc())
    else:
        asked = asked.where(_IS_OPEN).order_by(_STAGE, _RINGS, _A.id)
    return _lines(reader, reader.conn.execute(asked.limit(checked_limit(query.limit))).all())


def _customer(reader: Reader, name: str) -> int:
    found = customer_named(reader, name)
    if found is None:
        raise NameUnknown(what=N_("customer"), name=name)
    return int(found.id)


def show_action(reader: Reader, query: ShowAction) -> ActionLine:
    """As it is listed."""
    found = reader.conn.execute(_asked(reader).where(_A.id == query.action)).all()
    if not found:
        raise ActionUnknown(id=query.action)
    return _lines(reader, found)[0]


def action_steps(reader: Reader, query: ActionSteps) -> tuple[ActionStep, ...]:
    """Out of the journal of its order."""
    number = show_action(reader, query).action.number  # type: ignore[arg-type]  # has an `action`
    asked = (
        select(JOURNAL.c.at, JOURNAL.c.fact, JOURNAL.c.body, _OPERATORS.c.name)
        .outerjoin(_OPERATORS, _OPERATORS.c.id == JOURNAL.c.by)
        .where(JOURNAL.c.number == number, RAW_BODY.contains('"action":'))
        .order_by(JOURNAL.c.seq)
    )
    return tuple(
        ActionStep(at=row.at, by=row.name or "?", fact=FACTS.get(row.fact, row.fact))
        for row in reader.conn.execute(asked)
        if row.body.get("action") == query.action
    )


def _asked(reader: Reader) -> Select[Any]:
    columns = (_A[name] for name in PLAIN)
    here = within(reader, ORDERS.c.site_id)
    return select(*columns, *_AROUND).select_from(_TOLD).where(here)


def _lines(reader: Reader, rows: Sequence[Any]) -> tuple[ActionLine, ...]:
    actions = read_actions(reader.conn, rows)
    return tuple(
        ActionLine(
            action=action if reader.who.scope.covers(action.site) else without_figures(action),
            title=row.order_title,
            customer=row.customer_name,
            place=row.site_name,
            measured=row.measured_code or "" if reader.who.scope.covers(action.site) else "",
            owner=row.owner_name or "?",
            done_by=row.doer_name or "",
            judged_by=row.judge_name or "",
            figures=reader.who.scope.covers(action.site),
        )
        for action, row in zip(actions, rows, strict=True)
    )
