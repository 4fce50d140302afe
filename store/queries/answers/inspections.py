"""The answers for inspections, draws and score sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from store.domain.facts import FACTS
from store.domain.inspection_draw import Candidate, digest, draw, read, written
from store.domain.inspection_sheet import USUAL, usual_sheet
from store.domain.inspection_weeks import monday_of, week_of, zone_of
from store.domain.inspections import DrawUnknown, InspectionUnknown
from store.domain.inspections_told import STEPS
from store.domain.who import Right, require
from store.persistence.inspection_population import DrawRules, population
from store.persistence.inspection_sheets import kept_sheets, newest_sheet
from store.persistence.inspection_work import DRAW, DRAW_COLUMNS, INSPECTION, read_draw
from store.persistence.journal import JOURNAL
from store.persistence.levels import Shelf
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.inspection_lines import (
    inspections_asked,
    inspections_of_it,
    read_inspections,
)
from store.queries.answers.lines import TECHNICIANS
from store.queries.answers.scope import checked_limit
from store.queries.inspections import Changed, InspectionStep, Rerun, SheetLine

if TYPE_CHECKING:
    from store.domain.inspections import Draw
    from store.persistence.reader import Reader
    from store.queries.inspections import (
        InspectionLine,
        InspectionsOf,
        InspectionSteps,
        ListDraws,
        ListInspections,
        ListSheets,
        RerunDraw,
        ShowInspection,
    )

_I = INSPECTION.c
_OPERATORS = metadata.tables["operator"]
_OPEN = and_(_I.scored_at.is_(None), _I.dropped_at.is_(None))


def list_inspections(reader: Reader, query: ListInspections) -> tuple[InspectionLine, ...]:
    """One statement, along the index of what is open or of a draw."""
    asked = inspections_asked(reader)
    if query.technician:
        asked = asked.where(TECHNICIANS.c.code == query.technician)
    if query.week:
        week = week_of(monday_of(query.week))
        asked = asked.where(DRAW.c.week == week).order_by(_I.number, _I.id)
    elif query.over:
        over = or_(_I.scored_at.is_not(None), _I.dropped_at.is_not(None))
        when = func.coalesce(_I.scored_at, _I.dropped_at)
        asked = asked.where(over).order_by(when.desc(), _I.id.desc())
    else:
        asked = asked.where(_OPEN).order_by(_I.due_at, _I.number, _I.id)
    return read_inspections(reader, asked, query.limit)


def inspections_of(reader: Reader, query: InspectionsOf) -> tuple[InspectionLine, ...]:
    """Of an order in sight."""
    seen_order(reader, query.number)
    return inspections_of_it(reader, _I.number == query.number, query.limit)


def show_inspection(reader: Reader, query: ShowInspection) -> InspectionLine:
    """As it is listed."""
    return _one(reader, query.inspection)


def _one(reader: Reader, inspection: int) -> InspectionLine:
    found = read_inspections(reader, inspections_asked(reader).where(_I.id == inspection), 1)
    if not found:
        raise InspectionUnknown(id=inspection)
    return found[0]


def inspection_steps(reader: Reader, query: InspectionSteps) -> tuple[InspectionStep, ...]:
    """Out of the journal of the desk."""
    _one(reader, query.inspection)
    asked = (
        select(JOURNAL.c.at, JOURNAL.c.fact, JOURNAL.c.body, _OPERATORS.c.name)
        .outerjoin(_OPERATORS, _OPERATORS.c.id == JOURNAL.c.by)
        .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(STEPS))
        .order_by(JOURNAL.c.seq)
    )
    return tuple(
        InspectionStep(at=row.at, by=row.name or "?", fact=FACTS.get(row.fact, row.fact))
        for row in reader.conn.execute(asked)
        if row.body.get("inspection") == query.inspection
    )


def list_draws(reader: Reader, query: ListDraws) -> tuple[tuple[Draw, int], ...]:
    """Whatever sites an order is of: whoever sees some of them only is refused."""
    require(reader.who, Right.READ, desk_wide=True)
    count = select(func.count()).where(_I.draw_id == DRAW.c.id).scalar_subquery().label("drawn")
    asked = select(*DRAW_COLUMNS, count).order_by(DRAW.c.week.desc(), DRAW.c.nth)
    rows = reader.conn.execute(asked.limit(checked_limit(query.limit)))
    return tuple((read_draw(row), row.drawn) for row in rows)


def rerun_draw(reader: Reader, query: RerunDraw) -> Rerun:
    """From the seed and the population that were kept; and what that would be today."""
    require(reader.who, Right.READ, desk_wide=True)
    week = week_of(monday_of(query.week))
    asked = select(*DRAW_COLUMNS, DRAW.c.population)
    row = reader.conn.execute(
        asked.where(DRAW.c.week == week, DRAW.c.nth == query.nth)
    ).one_or_none()
    if row is None:
        raise DrawUnknown(week=week)
    held = read_draw(row)
    people = read(row.population)
    drawn = draw(held.seed, held.share, people)
    kept = _kept(reader, held)
    desk = Shelf(reader.conn).desk_hours().zone
    rules = DrawRules(first_jobs=held.first_jobs, asset_orders=held.asset_orders)
    today = population(reader.conn, week, rules, zone_of(held.zone, desk))
    same = {one.number for one in drawn} == set(kept) and digest(row.population) == held.digest
    return Rerun(
        draw=held,
        population=people,
        technicians=_codes(reader, people),
        drawn=drawn,
        kept=kept,
        same=same,
        changed=_changed(people, today),
    )


def _kept(reader: Reader, held: Draw) -> tuple[int, ...]:
    """A later draw of a week has none that an earlier one has, though its lot fell on them."""
    asked = (
        select(_I.number, DRAW.c.nth)
        .join(DRAW, DRAW.c.id == _I.draw_id)
        .where(DRAW.c.week == held.week, DRAW.c.nth <= held.nth)
    )
    rows = reader.conn.execute(asked).all()
    mine = {row.number for row in rows if row.nth == held.nth}
    before = {row.number for row in rows if row.nth < held.nth}
    if before:
        population_of = select(DRAW.c.population).where(DRAW.c.id == held.id)
        people = read(reader.conn.execute(population_of).scalar_one())
        mine |= before & {one.number for one in draw(held.seed, held.share, people)}
    return tuple(sorted(mine))


def _codes(reader: Reader, people: tuple[Candidate, ...]) -> dict[int, str]:
    wanted = {one.technician for one in people}
    rows = reader.conn.execute(select(TECHNICIANS.c.id, TECHNICIANS.c.code))
    return {row.id: row.code for row in rows if row.id in wanted}


def _changed(before: tuple[Candidate, ...], now: tuple[Candidate, ...]) -> tuple[Changed, ...]:
    held, today = _lines(before), _lines(now)
    return tuple(
        Changed(number=number, before=held.get(number), now=today.get(number))
        for number in sorted(held.keys() | today.keys())
        if held.get(number) != today.get(number)
    )


def _lines(people: tuple[Candidate, ...]) -> dict[int, Any]:
    return {one.number: written([one]).strip().split(" ", 1)[1] for one in people}


def list_sheets(reader: Reader, _query: ListSheets) -> tuple[SheetLine, ...]:
    """By kind, the newest version first."""
    kept = kept_sheets(reader.conn)
    newest = {newest_sheet(kept, one.kind) for one in kept}
    lines = [
        SheetLine(
            kind=one.kind,
            version=one.version,
            newest=one in newest,
            source=one.source,
            criteria=() if one.sheet is None else one.sheet.criteria,
            own=False,
        )
        for one in kept
    ]
    own = usual_sheet()
    lines.append(
        SheetLine(
            kind=own.kind,
            version=0,
            newest=newest_sheet(kept, own.kind) is None,
            source=USUAL,
            criteria=own.criteria,
            own=True,
        )
    )
    return tuple(lines)
