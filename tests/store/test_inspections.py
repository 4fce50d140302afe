"""Inspections: drawn once a week, scored by somebody else, rung for, opened again, acted upon."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.horizons import remind
from scheduler.inspections import draw_due
from store.commands import SaveOperator, SaveSite, SetFigure
from store.commands.corrective import DropAction
from store.commands.heard import RateOrder
from store.commands.inspections import (
    ActOnInspection,
    DrawInspections,
    DropInspection,
    ImportSheet,
    KeepInspectionWords,
    ReopenInspection,
    ScoreInspection,
)
from store.domain.errors import BadInput, NotAllowed, OfSomeSites
from store.domain.inspection_draw import draw
from store.domain.inspection_sheet import USUAL
from store.domain.inspections import (
    DrawUnknown,
    InspectionCauseLacking,
    InspectionChanged,
    InspectionHasAction,
    InspectionOver,
    NotScoredYet,
    OwnWork,
    Stand,
    WeekDrawn,
    WeekNotOver,
)
from store.domain.lifecycle import Move
from store.domain.sop_refusals import ProcedureKept, ProcedureOlder
from store.domain.who import Role, Scope, Who
from store.queries.card import OrderCard
from store.queries.corrective import ListActions
from store.queries.inspections import (
    InspectionSteps,
    ListDraws,
    ListInspections,
    ListSheets,
    RerunDraw,
    ShowInspection,
)
from store.queries.lists import ListAlarms
from store.records import open_records
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, do, minutes, move
from tests.store.inspected import DAY, MONDAY, WEEK, a_week, closed

if TYPE_CHECKING:
    from store.queries.inspections import InspectionLine, Rerun
    from store.records import Records


def drawn(records: Records, **told: Any) -> list[int]:
    """The orders of a new draw of the week."""
    done = do(records, DrawInspections(week=WEEK, **told), at=MONDAY)
    return list(done.facts["drawn"])


def shown(records: Records, inspection: int = 1, who: Who = ANA) -> InspectionLine:
    return records.ask(ShowInspection(inspection=inspection), who=who, at=MONDAY)


def rerun(records: Records, who: Who = BO, **told: Any) -> Rerun:
    return records.ask(RerunDraw(week=WEEK, **told), who=who, at=MONDAY)


def test_a_week_is_drawn_once_and_anybody_may_do_it_again(records: Records) -> None:
    """By seed and population as they are printed; a second draw is kept beside the first."""
    numbers = a_week(records, 7, 3, 1)
    with pytest.raises(WeekNotOver):
        do(records, DrawInspections(week=WEEK, share=30), at=MONDAY - timedelta(hours=10))
    found = drawn(records, share=30)
    again = rerun(records)
    assert [one.number for one in again.population] == numbers
    assert [one.number for one in draw(again.draw.seed, 30, again.population)] == found
    assert (len(found), again.same, again.changed, list(again.kept)) == (5, True, (), found)
    assert again.technicians == {1: "T1", 2: "T2", 3: "T3"}
    with pytest.raises(WeekDrawn, match=again.draw.seed):
        drawn(records)
    more = drawn(records, share=100, again=True)
    assert sorted([*found, *more]) == numbers
    assert rerun(records, nth=1).same
    draws = records.ask(ListDraws(), who=BO, at=MONDAY)
    assert [(one.nth, one.share, count) for one, count in draws] == [(0, 30, 5), (1, 100, 6)]
    with pytest.raises(DrawUnknown):
        rerun(records, nth=2)


def test_what_must_be_seen_is_drawn_besides_the_lot(records: Records) -> None:
    """First jobs, bad answers when they come, an asset again and again, what was opened again."""
    do(records, SetFigure(figure="inspect_first", value=2))
    do(records, SetFigure(figure="inspect_asset", value=3))
    early = closed(records, "T1", at=-7 * DAY)  # the week before: one of his first two is gone
    first, second = (closed(records, "T1", at=n) for n in (0, 5))
    busy = [closed(records, "T2", at=20 + n, title="pump") for n in range(2)]
    back = closed(records, "T1", at=50)
    move(records, back, Move.REOPEN, at=minutes(60), reason="x")
    move(records, back, Move.FINISH, at=minutes(61), insist=True)
    move(records, back, Move.CLOSE, at=minutes(62), insist=True)
    bad = closed(records, "T1", at=70)
    do(records, RateOrder(number=bad, csat=1), at=minutes(80))
    do(records, RateOrder(number=early, csat=1), at=minutes(90))  # answered only in this week
    assert drawn(records, share=0) == sorted([early, first, *busy, back, bad])
    why = {one.number: one.reasons for one in rerun(records).drawn}
    assert why[first] == ("first",)
    assert why[bad] == why[early] == ("bad",)
    assert why[back] == ("back",)
    assert second not in why
    later = {one.number: one for one in rerun(records).population}
    assert not later[second].reasons


def test_what_changes_after_the_draw_is_told_and_changes_nothing(records: Records) -> None:
    """The draw rests on what was known then."""
    first, second = a_week(records, 2)
    drawn(records, share=50)
    move(records, first, Move.REOPEN, at=MONDAY, reason="x")
    do(records, RateOrder(number=second, csat=5), at=MONDAY)
    again = rerun(records)
    assert (again.same, [one.number for one in again.changed]) == (True, [first])
    assert (again.changed[0].before, again.changed[0].now) == ("1 -", None)


def test_each_order_counts_in_the_week_of_its_own_site(records: Records) -> None:
    """Where it is Monday already while it is Sunday at the desk."""
    do(records, SaveSite(code="A1", name="Auckland", zone="Pacific/Auckland"))
    do(records, SetFigure(figure="inspect_first", value=0))
    late = 6 * DAY + 13 * 60  # Sunday 22:00 in Shanghai
    here, there = (closed(records, at=late, site=site) for site in ("N1", "A1"))
    assert drawn(records, share=100) == [here]
    done = do(
        records,
        DrawInspections(week="2026-W40", share=100),
        at=MONDAY + timedelta(days=8),
    )
    assert done.facts["drawn"] == [there]


def test_it_is_scored_once_by_somebody_who_did_not_do_it(records: Records) -> None:
    """Weights and what does not apply make the total; it may be opened again."""
    (number,) = a_week(records, 1)
    drawn(records, share=100)
    do(records, SaveOperator(code="T1", name="Qiang"))
    own = Who(operator=5)
    with pytest.raises(OwnWork):
        do(records, ScoreInspection(inspection=1, scores="44444"), who=own, at=MONDAY)
    with pytest.raises(OwnWork):
        do(records, DropInspection(inspection=1, reason="site is shut"), who=own, at=MONDAY)
    with pytest.raises(BadInput):
        do(records, ScoreInspection(inspection=1, scores="444"), at=MONDAY)
    with pytest.raises(InspectionChanged):
        do(records, ScoreInspection(inspection=1, scores="44444", seen=7), at=MONDAY)
    score = ScoreInspection(inspection=1, scores="4 2 - 4 4", remark="cover open", seen=1)
    assert do(records, score, who=BO, at=MONDAY).facts["total"] == "80.0"
    with pytest.raises(OwnWork):
        do(records, ReopenInspection(inspection=1), who=own, at=MONDAY)
    line = shown(records)
    assert (line.inspection.stand, line.inspection.total, line.scored_by) == (Stand.DONE, 800, "Bo")
    with pytest.raises(InspectionOver):
        do(records, ScoreInspection(inspection=1, scores="44444"), at=MONDAY)
    with pytest.raises(InspectionOver):
        do(records, DropInspection(inspection=1, reason="x"), at=MONDAY)
    do(records, ReopenInspection(inspection=1, seen=2), at=MONDAY)
    with pytest.raises(NotScoredYet):
        do(records, ReopenInspection(inspection=1), at=MONDAY)
    assert shown(records).inspection.total is None
    do(records, DropInspection(inspection=1, reason="house is gone"), at=MONDAY)
    (over,) = records.ask(ListInspections(over=True), who=ANA, at=MONDAY)
    assert (over.inspection.stand, over.inspection.dropped) == (Stand.DROPPED, "house is gone")
    assert records.ask(ListInspections(), who=ANA, at=MONDAY) == ()
    (on_card,) = records.ask(OrderCard(number=number), who=ANA, at=MONDAY).inspections
    assert on_card.inspection == over.inspection
    steps = records.ask(InspectionSteps(inspection=1), who=ANA, at=MONDAY)
    assert len(steps) == 4


def test_raw_words_are_kept_apart_from_figures(records: Records) -> None:
    """Whoever only looks sees scores, and no word of anybody."""
    a_week(records, 1)
    drawn(records, share=100)
    with pytest.raises(BadInput):
        do(records, KeepInspectionWords(inspection=1), at=MONDAY)
    do(records, KeepInspectionWords(inspection=1, technician="no part"), at=MONDAY)
    do(records, KeepInspectionWords(inspection=1, customer="又坏了"), at=MONDAY)
    do(records, ScoreInspection(inspection=1, scores="11111", remark="bad"), at=MONDAY)
    held = shown(records)
    told = (held.inspection.technician_said, held.inspection.customer_said, held.inspection.remark)
    assert (told, held.words_seen) == (("no part", "又坏了", "bad"), True)
    do(records, SaveOperator(code="wall", name="Wall", role="screen", everywhere=True))
    blind = shown(records, who=Who(operator=5, role=Role.SCREEN))
    words = (
        blind.inspection.technician_said,
        blind.inspection.customer_said,
        blind.inspection.remark,
    )
    assert (words, blind.words_seen, blind.inspection.total) == (("", "", ""), False, 250)


def test_a_finding_becomes_one_action(records: Records) -> None:
    """Known by the inspection; its score stays as long as the action rests on it."""
    (number,) = a_week(records, 1)
    drawn(records, share=100)
    act = ActOnInspection(inspection=1, problem="cover left open", cause="workmanship")
    with pytest.raises(NotScoredYet):
        do(records, act, at=MONDAY)
    do(records, ScoreInspection(inspection=1, scores="11111"), at=MONDAY)
    with pytest.raises(InspectionCauseLacking):
        do(records, ActOnInspection(inspection=1, problem="x", cause="unknown"), at=MONDAY)
    do(records, act, at=MONDAY)
    with pytest.raises(InspectionHasAction):
        do(records, act, at=MONDAY)
    with pytest.raises(InspectionHasAction):
        do(records, ReopenInspection(inspection=1), at=MONDAY)
    (line,) = records.ask(ListActions(), who=ANA, at=MONDAY)
    assert (line.action.finding, line.action.number) == ("inspection", number)
    assert shown(records).action == line.action.id
    do(records, DropAction(action=line.action.id, reason="x"), at=MONDAY)
    assert shown(records).action is None
    do(records, ReopenInspection(inspection=1), at=MONDAY)


def test_a_late_one_rings_once_until_it_is_done(records: Records) -> None:
    """Five working days on, to those who see its site."""
    a_week(records, 1)
    drawn(records, share=100)
    due = shown(records).inspection.due_at
    assert [remind(records, at=at) for at in (due - timedelta(hours=1), due, due)] == [0, 1, 0]
    (alarm,) = (one for one in records.ask(ListAlarms(), who=ANA, at=due) if one.reminder)
    assert (alarm.kind, alarm.reminder, alarm.title) == ("inspection", 1, "李强: lift stuck")
    for who, count in ((AT_NORTH, 1), (AT_SOUTH, 0)):
        found = records.ask(ListAlarms(), who=who, at=due)
        assert len([one for one in found if one.reminder]) == count
    do(records, ScoreInspection(inspection=1, scores="44444"), at=due)
    assert not [one for one in records.ask(ListAlarms(), who=ANA, at=due) if one.reminder]


def test_the_desk_draws_by_itself_and_makes_missed_weeks_up(records: Records) -> None:
    """Each once, however many would; never where no share is set."""
    a_week(records, 2)
    assert draw_due(records, at=MONDAY) == 0
    do(records, SetFigure(figure="inspect_share", value=50))
    assert draw_due(records, at=MONDAY - timedelta(hours=10)) == 1, "the week before, which is over"
    assert [draw_due(records, at=MONDAY) for _ in range(2)] == [1, 0]
    assert rerun(records).draw.share == 50
    weeks = MONDAY + timedelta(days=21)
    others = [open_records(records.database.address, feed=False) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda one: draw_due(one, at=weeks), others))
    for one in others:
        one.close()
    assert sum(made) == 3
    draws = records.ask(ListDraws(), who=ANA, at=weeks)
    assert [one.week for one, _count in draws] == [f"2026-W{n}" for n in (42, 41, 40, 39, 38)]
    assert draw_due(records, at=weeks + timedelta(days=700)) == 8, "not two years of them"


def test_what_is_drawn_keeps_the_sheet_of_its_kind(records: Records) -> None:
    """A newer version is for what is drawn later; another kind has its own."""
    a_week(records, 1, kind="Lift")
    lift = USUAL.replace('kind = "*"', 'kind = "lift"').split('\n[[criterion]]\ncode = "work"')[0]
    do(records, ImportSheet(source=lift))
    do(records, ImportSheet(source=USUAL.replace("version = 1", "version = 3")))
    drawn(records, share=100)
    second = lift.replace("version = 1", "version = 2")
    do(records, ImportSheet(source=second))
    assert do(records, ImportSheet(source=second)).facts == {"kind": "lift", "version": 2}
    with pytest.raises(ProcedureOlder):
        do(records, ImportSheet(source=lift))
    with pytest.raises(ProcedureKept):
        do(records, ImportSheet(source=second + "\n"))
    assert [one.code for one in shown(records).criteria] == ["arrival"]
    do(records, ScoreInspection(inspection=1, scores="3"), at=MONDAY)
    assert shown(records).inspection.total == 750
    sheets = records.ask(ListSheets(), who=BO, at=MONDAY)
    assert [(one.kind, one.version, one.newest) for one in sheets] == [
        ("*", 3, True), ("lift", 2, True), ("lift", 1, False), ("*", 0, False),
    ]  # fmt: skip
    with pytest.raises((NotAllowed, OfSomeSites)):
        do(records, ImportSheet(source=lift), who=Who(operator=4, scope=Scope(frozenset({1}))))
