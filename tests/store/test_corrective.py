"""Actions: from a bad answer to a changed procedure, and every way in which that is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.render_corrective import effect_told
from scheduler.runner import fire_due
from store.commands import MoveOrder, Undo
from store.commands.corrective import (
    AddWhy,
    CloseAction,
    DropAction,
    FinishAction,
    JudgeAction,
    OpenAction,
    SetAction,
    StartAction,
)
from store.commands.heard import FindCause, RateOrder, RecordCall
from store.domain.corrective import Stage
from store.domain.corrective_refusals import (
    ActionChanged,
    ActionElsewhere,
    ActionLacks,
    ActionUnknown,
    CauseNotFound,
    FindingHasAction,
    StillObserved,
    TooManyWhys,
)
from store.domain.errors import BadInput, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.undo_refusals import NotTakenBack
from store.queries.alarms import AlarmStrip
from store.queries.corrective import ActionSteps, ListActions, ShowAction
from store.queries.heard import BadAnswers
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, NINE, do, minutes, promises_kept
from tests.store.test_surveys import DAY, delivered, faults, stored

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.corrective import Corrective
    from store.records import Records


def a_finding(records: Records, **fields: Any) -> int:
    """An order with a bad answer whose cause is known."""
    number = delivered(records, **fields)
    do(records, RateOrder(number=number, csat=1, said="来晚了一天"), at=minutes(20))
    found = FindCause(number=number, cause="schedule", contained="a new slot")
    do(records, found, at=minutes(21))
    return number


def an_action(records: Records, **told: Any) -> int:
    """One of Bo's, opened half an hour after nine."""
    number = a_finding(records)
    done = do(records, OpenAction(number=number, **{"owner": "bo", **told}), at=minutes(30))
    return int(done.facts["id"])


def heard(records: Records, csat: int = 5) -> None:
    """On Wednesday somebody else was heard."""
    number = delivered(records, at=2 * DAY, customer="C2")
    do(records, RateOrder(number=number, csat=csat), at=minutes(2 * DAY + 5))


def planned(records: Records, measure: str = "bad_answers", goal: str = "<=0") -> int:
    """One whose plan is there."""
    action = an_action(records)
    do(records, AddWhy(action=action, why="nobody called", evidence="journal"), at=minutes(31))
    agreed = SetAction(action=action, measure=measure, goal=goal, window_days=3)
    do(records, agreed, at=minutes(32))
    return action


def observed(records: Records, **told: Any) -> int:
    """One that was done on the same Monday: Tuesday to Thursday are observed."""
    action = planned(records, **told)
    do(records, StartAction(action=action), at=minutes(40))
    do(records, FinishAction(action=action, done="slots are confirmed"), at=minutes(50), who=BO)
    return action


def shown(records: Records, action: int, at: datetime = NINE) -> Corrective:
    return records.ask(ShowAction(action=action), who=ANA, at=at).action


WRONG: tuple[dict[str, Any], ...] = (
    *({"goal": ">=3"}, {"measure": "luck"}, {"measure": "csat", "goal": "90%"}),
    *({"measure": "csat", "goal": ">=3h"}, {"window_days": 0}, {"due_at": NINE}),
)
OVER = 3 * DAY + 15 * 60
"""Minutes from Monday nine until Thursday is over."""


def test_a_bad_answer_leads_to_a_changed_procedure(records: Records) -> None:
    """Through Plan, Do, Check and Act; its answer waits for an action no more once it has one."""
    number = a_finding(records)
    assert [bad.number for bad in records.ask(BadAnswers(), who=ANA, at=NINE)] == [number]
    done = do(records, OpenAction(number=number, owner="bo"), at=minutes(30))
    action = done.facts["id"]
    assert records.ask(BadAnswers(), who=ANA, at=NINE) == ()
    told = shown(records, action)
    assert (told.stage, told.cause, told.contained) == (Stage.PLAN, "schedule", "a new slot")
    assert (told.problem, told.due_at) == ("来晚了一天", minutes(30 + 7 * DAY))
    with pytest.raises(ActionLacks, match="evidence"):
        do(records, StartAction(action=action), at=minutes(31))
    do(records, AddWhy(action=action, why="nobody called", evidence="journal"), at=minutes(32))
    with pytest.raises(ActionLacks, match="goal"):
        do(records, StartAction(action=action), at=minutes(33))
    agreed = SetAction(action=action, measure="bad_answers", goal="<=0", window_days=3)
    do(records, agreed, at=minutes(34))
    do(records, StartAction(action=action, due_at=minutes(DAY)), at=minutes(35))
    with pytest.raises(ActionElsewhere):
        do(records, SetAction(action=action, goal="<=9"), at=minutes(36))
    do(records, FinishAction(action=action, done="slots are confirmed"), at=minutes(50), who=BO)
    told = shown(records, action)
    assert (told.stage, told.check_from, told.check_at) == (
        Stage.CHECK, "2026-09-22", minutes(OVER),
    )  # fmt: skip
    judge = JudgeAction(action=action, effective=True, verdict="nobody complains")
    with pytest.raises(StillObserved):
        do(records, judge, at=minutes(OVER - 1))
    heard(records)
    do(records, judge, at=minutes(OVER))
    told = shown(records, action)
    assert (told.stage, told.value, told.effective) == (Stage.ACT, 0, True)
    with pytest.raises(BadInput):
        do(records, CloseAction(action=action, standard="hope", changed="x"), at=minutes(OVER))
    changed = CloseAction(action=action, standard="procedure", changed="SOP 4: confirm slots")
    do(records, changed, at=minutes(OVER + 1))
    assert records.ask(ListActions(), who=ANA, at=NINE) == ()
    (line,) = records.ask(ListActions(closed=True), who=ANA, at=NINE)
    assert (line.action.changed, line.owner, line.judged_by) == (
        "SOP 4: confirm slots",
        "Bo",
        "Ana",
    )
    steps = records.ask(ActionSteps(action=action), who=ANA, at=NINE)
    assert [step.fact for step in steps][-2:] == ["effect of an action judged", "action closed"]
    promises_kept(records, [number])
    assert faults(records) == ()


def test_an_action_rings_at_its_order_until_its_stage_is_over(records: Records) -> None:
    """Also an order that is long closed; each stage has its own day."""
    action = planned(records)
    number, due = shown(records, action).number, 30 + 7 * DAY
    for move in (Move.VERIFY, Move.CLOSE):
        do(records, MoveOrder(number=number, move=move), at=minutes(33))
    do(records, RecordCall(number=number, outcome="reached"), at=minutes(34))
    fire_due(records, at=minutes(due - 1))
    assert records.ask(AlarmStrip(), who=ANA, at=minutes(due)).alarms == ()
    assert fire_due(records, at=minutes(due)).fired == 1
    (alarm,) = records.ask(AlarmStrip(), who=ANA, at=minutes(due)).alarms
    assert (alarm.number, alarm.kind) == (number, "action")
    started = StartAction(action=action, due_at=minutes(due + DAY))
    do(records, started, at=minutes(due + 1))
    assert records.ask(AlarmStrip(), who=ANA, at=minutes(due + 2)).alarms == ()
    promises_kept(records, [number])
    assert fire_due(records, at=minutes(due + DAY)).fired == 1
    (alarm,) = records.ask(AlarmStrip(), who=ANA, at=minutes(due + DAY)).alarms
    assert alarm.kind == "action"
    promises_kept(records, [number])
    assert faults(records) == ()


def test_one_finding_has_one_action(records: Records) -> None:
    """Until that is dropped; and nothing has one whose cause is not known."""
    number = delivered(records)
    with pytest.raises(CauseNotFound):
        do(records, OpenAction(number=number))
    do(records, RateOrder(number=number, csat=1), at=minutes(20))
    do(records, FindCause(number=number, cause="unknown", contained="x"), at=minutes(21))
    with pytest.raises(CauseNotFound):
        do(records, OpenAction(number=number), at=minutes(22))
    do(records, FindCause(number=number, cause="use", contained="x"), at=minutes(23))
    first = do(records, OpenAction(number=number), at=minutes(24)).facts["id"]
    with pytest.raises(FindingHasAction):
        do(records, OpenAction(number=number), at=minutes(25))
    with pytest.raises(BadInput):
        do(records, DropAction(action=first, reason=" "), at=minutes(26))
    do(records, DropAction(action=first, reason="a slip"), at=minutes(26))
    assert [bad.number for bad in records.ask(BadAnswers(), who=ANA, at=NINE)] == [number]
    second = do(records, OpenAction(number=number), at=minutes(27)).facts["id"]
    lines = records.ask(ListActions(number=number), who=ANA, at=NINE)
    assert [line.action.id for line in lines] == [first, second]
    promises_kept(records, [number])


def test_why_is_asked_five_times_at_most(records: Records) -> None:
    """Each answer with its evidence."""
    action = an_action(records)
    with pytest.raises(BadInput):
        do(records, AddWhy(action=action, why="x", evidence=""), at=minutes(31))
    for place in range(5):
        why = AddWhy(action=action, why=f"why {place}", evidence="seen")
        do(records, why, at=minutes(31 + place))
    with pytest.raises(TooManyWhys):
        do(records, AddWhy(action=action, why="x", evidence="x"), at=minutes(40))
    assert [why.text for why in shown(records, action).whys] == [f"why {n}" for n in range(5)]


def test_what_was_seen_is_minded(records: Records) -> None:
    """Two at once do not overwrite one another, and a goal is a figure's."""
    action = an_action(records)
    seen = shown(records, action).version
    do(records, SetAction(action=action, owner="ana", seen=seen), at=minutes(31))
    with pytest.raises(ActionChanged):
        do(records, SetAction(action=action, owner="bo", seen=seen), at=minutes(32))
    for wrong in WRONG:
        with pytest.raises(BadInput):
            do(records, SetAction(action=action, **wrong), at=minutes(33))
    do(records, SetAction(action=action, measure="csat", goal="＞＝90％"), at=minutes(34))
    assert (shown(records, action).target, shown(records, action).at_least) == (0.9, True)
    do(records, SetAction(action=action, measure="nps"), at=minutes(35))
    assert shown(records, action).target is None


def test_a_site_office_sees_its_own_actions_only(records: Records) -> None:
    """Other sites' are unknown to it, to read and to change; whole figures are not its own."""
    action = an_action(records)
    number = shown(records, action).number
    assert records.ask(ListActions(), who=AT_SOUTH, at=NINE) == ()
    with pytest.raises(ActionUnknown):
        records.ask(ShowAction(action=action), who=AT_SOUTH, at=NINE)
    with pytest.raises(OrderUnknown):
        records.ask(ListActions(number=number), who=AT_SOUTH, at=NINE)
    with pytest.raises(ActionUnknown):
        do(records, DropAction(action=action, reason="x"), who=AT_SOUTH, at=minutes(40))
    with pytest.raises(ActionUnknown):
        do(records, DropAction(action=999, reason="x"), at=minutes(40))
    assert len(records.ask(ListActions(), who=AT_NORTH, at=NINE)) == 1
    with pytest.raises(BadInput):
        do(records, SetAction(action=action, site=""), who=AT_NORTH, at=minutes(41))
    do(records, AddWhy(action=action, why="x", evidence="x"), who=AT_NORTH, at=minutes(42))


def test_an_action_is_not_taken_back(records: Records) -> None:
    """It is dropped, with a reason that stays; what it came from is taken back only then."""
    action = an_action(records)
    number = shown(records, action).number
    with pytest.raises(NotTakenBack):
        do(records, Undo(number=number), at=minutes(31))
    with records.work(who=ANA, at=NINE) as work:
        (story,) = work.stories([number]).values()
    found = next(entry.seq for entry in story if entry.fact.name == "cause_found")
    with pytest.raises(NotTakenBack):
        do(records, Undo(entry=found), at=minutes(31))
    do(records, DropAction(action=action, reason="a slip"), at=minutes(32))
    do(records, Undo(entry=found), at=minutes(33))
    assert stored(records, number).cause is None
    promises_kept(records, [number])
    assert faults(records) == ()


def test_a_figure_of_nothing_says_which_days_count(records: Records) -> None:
    """The bad answer that began it is of a day that is not over: it is no order of the figure."""
    action = planned(records, measure="csat", goal=">=90%")
    do(records, StartAction(action=action), at=minutes(33))
    line = records.ask(ShowAction(action=action), who=ANA, at=minutes(33))
    told = [*effect_told(line)]
    assert "before no value (n = 0): only whole days that are over count" in told
