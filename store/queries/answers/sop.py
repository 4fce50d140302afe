"""The answers for procedures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from store.domain.errors import NameUnknown
from store.domain.sop import due_at, is_behind
from store.domain.words import N_
from store.persistence import procedures
from store.persistence.levels import Shelf
from store.persistence.procedures import PROCEDURE, Kept
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import within
from store.queries.sop import Checklist, ProcedureLine, StepLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.sop import ListProcedures, OrderSteps, ProcedureText

_P = PROCEDURE.c
_OPERATORS = metadata.tables["operator"]
_ALL = select(_P.id, _P.kind, _P.version, _P.source, _P.imported_at).order_by(
    _P.kind, _P.version.desc()
)


def list_procedures(reader: Reader, _query: ListProcedures) -> tuple[ProcedureLine, ...]:
    """Two statements, however many there are."""
    return tuple(line for line, _source in _lines(reader))


def procedure_text(reader: Reader, query: ProcedureText) -> tuple[ProcedureLine, str]:
    """As it is listed, and as it was imported."""
    for line, source in _lines(reader):
        meant = line.newest if query.version is None else line.version == query.version
        if meant and procedures.called(line.kind) == procedures.called(query.kind):
            return line, source
    name = query.kind if query.version is None else f"{query.kind} {query.version}"
    raise NameUnknown(what=N_("procedure"), name=name)


def order_steps(reader: Reader, query: OrderSteps) -> Checklist:
    """The order's own steps, with what their procedure says."""
    order = seen_order(reader, query.number)
    kept = None if order.procedure is None else procedures.by_id(reader.conn, order.procedure)
    procedure = None if kept is None else kept.procedure
    says = () if procedure is None else procedure.steps
    names, rules = _names(reader, order), Shelf(reader.conn).rules(order)
    return Checklist(
        number=order.number,
        version=order.version,
        title=order.title,
        kind="" if kept is None else kept.kind,
        procedure=0 if kept is None else kept.version,
        steps=tuple(
            StepLine(
                place=place + 1,
                step=step,
                says=says[place] if place < len(says) else None,
                due_at=due_at(order, step, rules),
                by="" if step.done_by is None else names.get(step.done_by, "?"),
                behind=is_behind(order, step),
            )
            for place, step in enumerate(order.steps)
        ),
    )


def _names(reader: Reader, order: WorkOrder) -> dict[int, str]:
    ids = {step.done_by for step in order.steps if step.done_by is not None}
    if not ids:
        return {}
    asked = select(_OPERATORS.c.id, _OPERATORS.c.name).where(_OPERATORS.c.id.in_(sorted(ids)))
    return {row.id: row.name for row in reader.conn.execute(asked)}


def _lines(reader: Reader) -> Iterable[tuple[ProcedureLine, str]]:
    counted: dict[Any, int] = {
        row[0]: row[1]
        for row in reader.conn.execute(
            select(ORDERS.c.procedure, func.count())
            .where(ORDERS.c.procedure.is_not(None), text("live = 1"))
            .where(within(reader, ORDERS.c.site_id))
            .group_by(ORDERS.c.procedure)
        )
    }
    rows = reader.conn.execute(_ALL).all()
    newest: dict[str, int] = {}
    for row in rows:
        kind = procedures.called(row.kind)
        newest[kind] = max(row.version, newest.get(kind, 0))
    for row in rows:
        kept = Kept(row.id, row.kind, row.version, row.source)
        yield (
            ProcedureLine(
                kind=row.kind,
                version=row.version,
                imported_at=row.imported_at,
                procedure=kept.procedure,
                running=counted.get(row.id, 0),
                newest=row.version == newest[procedures.called(row.kind)],
            ),
            row.source,
        )
