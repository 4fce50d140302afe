"""Draws a week, in a write transaction: seed, population and inspections, or none of them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from store.domain.calendar_refusals import CalendarRefused
from store.domain.inspection_draw import Candidate, digest, draw, written
from store.domain.inspections import DAYS, USUAL_SHARE, Draw, Inspection, WeekDrawn, WeekNotOver
from store.domain.replay import whole_ms
from store.domain.rules import ALWAYS
from store.persistence.figures import figures_of
from store.persistence.inspection_population import DrawRules, population, ready_at, sites_of
from store.persistence.inspection_sheets import kept_sheets, newest_sheet

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.calendar import Calendar

_SEED_BYTES = 16


def draw_week(
    work: Any, week: str, *, share: int | None = None, again: bool = False
) -> tuple[Draw, tuple[Inspection, ...]]:
    """The draw, and what is to be inspected by it.

    `WeekNotOver` as long as an order may be closed in it, `WeekDrawn` where it was drawn and no
    other draw is asked for; that one leaves out what an earlier one has.
    """
    work.hold_desk()
    ready = ready_at(work.conn, week)
    if ready > work.at:
        raise WeekNotOver(week=week, due_at=ready)
    before = work.draws_of(week)
    if before and not again:
        raise WeekDrawn(week=week, seed=before[0].seed)
    figures, hours = figures_of(work.conn), work.desk_hours()
    rules = DrawRules(first_jobs=figures.inspect_first, asset_orders=figures.inspect_asset)
    people = population(work.conn, week, rules, hours.zone)
    told = written(people)
    made = work.add_draw(
        Draw(
            id=0,
            week=week,
            nth=len(before),
            seed=secrets.token_hex(_SEED_BYTES),
            share=figures.inspect_share or USUAL_SHARE if share is None else share,
            first_jobs=rules.first_jobs,
            asset_orders=rules.asset_orders,
            zone=hours.zone.key,
            count=len(people),
            digest=digest(told),
            drawn_at=whole_ms(work.at),
            drawn_by=work.who.operator,
        ),
        told,
    )
    known = work.inspected_of(week)
    drawn = [one for one in draw(made.seed, made.share, people) if one.number not in known]
    return made, _inspections(work, made, drawn, due_by(hours, made.drawn_at))


def due_by(hours: Calendar, at: datetime) -> datetime:
    """By when what is drawn then is to be inspected."""
    try:
        return whole_ms(hours.add_days(at, DAYS))
    except CalendarRefused:  # beyond all days that it knows
        return whole_ms(ALWAYS.add_days(at, DAYS))


def _inspections(
    work: Any, made: Draw, drawn: list[Candidate], due_at: datetime
) -> tuple[Inspection, ...]:
    sheets, orders = kept_sheets(work.conn), sites_of(work.conn, [one.number for one in drawn])
    found = []
    for one in drawn:
        order = orders[one.number]
        sheet = newest_sheet(sheets, order.kind)
        found.append(
            work.add_inspection(
                Inspection(
                    id=0,
                    draw=made.id,
                    number=one.number,
                    site=order.site_id,
                    technician=one.technician,
                    reasons=",".join(one.reasons),
                    sheet=None if sheet is None else sheet.id,
                    made_at=made.drawn_at,
                    due_at=due_at,
                )
            )
        )
    return tuple(found)
