"""What score cards tell besides, out of other rows: inspections, steps of procedures, praise."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, case, func, select

from store.domain.finding.grams import folded
from store.domain.scorecard import Case, Measure
from store.persistence.inspection_work import INSPECTION
from store.persistence.mapping import STEP
from store.persistence.tables import metadata
from store.persistence.types import from_ms
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import within

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Select

    from store.persistence.reader import Reader

_K = metadata.tables["kpi_order"].c
_V = metadata.tables["voice"].c
_I = INSPECTION.c
_WHOLE = 1000
"""Per mille: what a sheet is scored by."""
_PROPERLY = case((and_(STEP.c.done_at.is_not(None), STEP.c.skipped == 0), 1.0), else_=0.0)
_ALIKE = (_K.technician_id, _K.kind, ORDERS.c.priority)


class Stretch(NamedTuple):
    """Instants in ms; the end is not meant any more."""

    since: int
    until: int
    now: int


def sheets(reader: Reader, cut: Stretch, people: Collection[int]) -> dict[int, Case]:
    """Orders of these people by the last sheet that was scored in a stretch.

    Whoever sees some sites sees those that were drawn there and are there.
    """
    when = (_I.scored_at >= from_ms(cut.since), _I.scored_at < from_ms(cut.until))
    asked = (
        select(_I.number, _I.technician_id, _K.kind, ORDERS.c.priority, _I.total)
        .join(_K.number.table, _K.number == _I.number)
        .join(ORDERS, ORDERS.c.number == _I.number)
        .where(*when, _I.total.is_not(None), _K.counts == 1)
        .where(within(reader, _K.site_id), within(reader, _I.site_id))
        .order_by(_I.scored_at, _I.id)
    )
    last = {row.number: row for row in reader.conn.execute(asked)}
    found = {}
    for number, row in last.items():
        if row.technician_id in people:
            good = row.total / _WHOLE
            found[number] = Case(row.technician_id, _stratum(row), good, 1, good * good)
    return found


def steps(reader: Reader, cut: Stretch, people: Collection[int]) -> list[Case]:
    """Orders alike that were closed in a stretch and had mandatory steps; each order alike.

    Two stretches that touch come to what both together do. A reading out of its range that was
    taken with its reason is what the procedure asks for.
    """
    kept = func.avg(_PROPERLY).label("kept")
    of = _with_steps(reader, cut).add_columns(*_ALIKE, kept).group_by(_K.number, *_ALIKE)
    told = of.subquery()
    alike = (told.c.technician_id, told.c.kind, told.c.priority)
    sums = {"n": func.count(), "good": func.sum(told.c.kept)}
    sums["squares"] = func.sum(told.c.kept * told.c.kept)
    asked = select(*alike, *(one.label(name) for name, one in sums.items())).group_by(*alike)
    return [
        Case(row.technician_id, _stratum(row), float(row.good), row.n, float(row.squares))
        for row in reader.conn.execute(asked)
        if row.technician_id in people
    ]


def orders_besides(reader: Reader, measure: Measure, cut: Stretch, who: int) -> list[int]:
    """The numbers of those that such a figure of somebody is of."""
    if measure is Measure.INSPECTED:
        return list(sheets(reader, cut, {who}))
    asked = _with_steps(reader, cut).where(_K.technician_id == who).distinct()
    return list(reader.conn.execute(asked).scalars())


def praises(reader: Reader, cut: Stretch) -> Counter[int]:
    """How much praise came in a stretch by technician, whether an order is named or none."""
    since, until = from_ms(cut.since), from_ms(cut.until)
    asked = (
        select(_V.technician_id, func.count().label("n"))
        .where(_V.received_at >= since, _V.received_at < until, within(reader, _V.site_id))
        .where(_V.praise == 1, _V.withdrawn == "", _V.technician_id.is_not(None))
        .group_by(_V.technician_id)
    )
    return Counter({row.technician_id: row.n for row in reader.conn.execute(asked)})


def _with_steps(reader: Reader, cut: Stretch) -> Select[Any]:
    """Numbers of closed orders, once for each mandatory step."""
    closed: tuple[ColumnElement[bool], ...]
    closed = (_K.closed_at >= cut.since, _K.closed_at < cut.until, _K.counts == 1)
    return (
        select(_K.number)
        .join(ORDERS, ORDERS.c.number == _K.number)
        .join(STEP, STEP.c.number == _K.number)
        .where(*closed, STEP.c.mandatory == 1, _K.technician_id.is_not(None))
        .where(within(reader, _K.site_id))
    )


def _stratum(row: Any) -> tuple[str, int]:
    return folded(row.kind.strip()), row.priority
