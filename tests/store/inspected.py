"""A week of closed orders to be drawn from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.commands import SetFigure
from store.commands.corrective import DropAction
from store.commands.inspections import (
    ActOnInspection,
    DrawInspections,
    DropInspection,
    ImportSheet,
    KeepInspectionWords,
    ReopenInspection,
    ScoreInspection,
)
from store.domain.inspection_draw import Candidate, digest, written
from store.domain.inspection_sheet import USUAL
from store.domain.inspections import Draw, Inspection
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.queries.corrective import ListActions
from store.queries.inspections import (
    InspectionsOf,
    InspectionSteps,
    ListDraws,
    ListInspections,
    ListSheets,
    RerunDraw,
    ShowInspection,
)
from tests.store.desk import NINE, do, minutes, move
from tests.store.desk import written as an_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.intents import Command, Query
    from store.records import Records

DAY = 24 * 60
WEEK = "2026-W39"
"""The week that begins at `NINE`."""
MONDAY = NINE + timedelta(days=7)
"""The Monday after it."""


def closed(records: Records, technician: str = "T1", *, at: float = 0, **fields: Any) -> int:
    """An order that a technician did, and that was closed, so many minutes after nine."""
    number = an_order(records, at=minutes(at), **fields)
    move(records, number, Move.ASSIGN, at=minutes(at), technician=technician)
    move(records, number, Move.FINISH, at=minutes(at + 1), insist=True)
    move(records, number, Move.CLOSE, at=minutes(at + 2), insist=True)
    return number


def a_week(records: Records, *counts: int, **fields: Any) -> list[int]:
    """So many orders of each technician, nobody of them new."""
    do(records, SetFigure(figure="inspect_first", value=0))
    return [
        closed(records, f"T{who}", at=10 * who + place, **fields)
        for who, count in enumerate(counts, 1)
        for place in range(count)
    ]


def put_draw(
    records: Records,
    numbers: tuple[int, ...],
    *,
    site: int,
    at: datetime,
    remark: str = "x",
    did: Mapping[int, int] | None = None,
) -> None:
    """A draw that has just these orders, as if they had been closed in that week."""
    people = [Candidate(number=n, technician=None, reasons=("bad",)) for n in sorted({*numbers})]
    population = written(people)
    week = "2026-W36"
    with records.work(who=THE_DESK, at=at) as work:
        work.hold_desk()
        told: dict[str, Any] = {"share": 10, "first_jobs": 3, "asset_orders": 5, "zone": "UTC"}
        told |= {"nth": len(work.draws_of(week)), "seed": "0", "count": len(people)}
        told |= {"digest": digest(population), "drawn_at": at, "drawn_by": 1}
        draw = work.add_draw(Draw(id=0, week=week, **told), population)
        for number in numbers:
            work.add_inspection(
                Inspection(
                    id=0,
                    draw=draw.id,
                    number=number,
                    site=site,
                    technician=None if did is None else did[number],
                    reasons="bad",
                    sheet=None,
                    made_at=at,
                    due_at=at + timedelta(days=7),
                    remark=remark,
                )
            )


def scored(records: Records, numbers: tuple[int, ...], at: datetime) -> None:
    """Some are scored days apart; two of the actions that these led to are dropped."""
    put_draw(
        records, numbers, site=1, at=at - timedelta(days=9), did={n: 1 + n % 2 for n in numbers}
    )
    for place in range(1, len(numbers) - 1):
        when = at - timedelta(days=9 - place % 3 * 4)
        scores = f"{place % 5} 3 - {place % 4} 4"
        do(records, ScoreInspection(inspection=place, scores=scores), at=when)
        if place % 3 == 0:
            act = ActOnInspection(inspection=place, problem="x", cause="design")
            do(records, act, at=when)
    last = records.ask(ListActions(), who=THE_DESK, at=at)[-2:]
    for line in last:
        do(records, DropAction(action=line.action.id, reason="x"), at=at)
    do(records, ReopenInspection(inspection=1), at=at)


def inspection_questions(numbers: list[int]) -> list[Query[Any]]:
    """Every question about inspections that there is."""
    return [
        ListInspections(), ListInspections(over=True), ListInspections(week="2026-W36"),
        *(InspectionsOf(number=n) for n in numbers), ListSheets(), ListDraws(),
        *(q(inspection=n) for q in (ShowInspection, InspectionSteps) for n in (1, 2, 3)),
        *(RerunDraw(week=week) for week in ("2026-W36", "2026-W38")),
    ]  # fmt: skip


def inspection_commands() -> list[Command]:
    """One of each kind, of the inspections that `every_command.prepare` makes."""
    return [
        DrawInspections(week="2026-W37"), ImportSheet(source=USUAL),
        ScoreInspection(inspection=3, scores="44444"), DropInspection(inspection=4, reason="x"),
        KeepInspectionWords(inspection=7, customer="x"), ReopenInspection(inspection=5),
        ActOnInspection(inspection=6, problem="x", cause="design"),
    ]  # fmt: skip
