"""How an action is judged: by somebody else, by its figure, and of nothing not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.words_corrective import question_after, question_before
from store.commands import SaveOperator
from store.commands.corrective import (
    FinishAction,
    JudgeAction,
    SetAction,
)
from store.commands.heard import RateOrder
from store.domain.corrective import Stage
from store.domain.corrective_refusals import (
    ActionElsewhere,
    NothingMeasured,
    ObservedEnough,
    OwnJudge,
    StillObserved,
    TargetMissed,
)
from store.domain.errors import NotAllowed
from store.domain.who import Role, Who
from tests.store.desk import ANA, BO, do, minutes, written
from tests.store.test_corrective import OVER, heard, observed, shown
from tests.store.test_surveys import DAY, delivered

if TYPE_CHECKING:
    from store.records import Records


def test_nobody_judges_what_he_owns_or_did(records: Records) -> None:
    """Neither the owner nor whoever said that it was done; and it wants the right to."""
    action = observed(records)
    judge = JudgeAction(action=action, effective=True, verdict="fine")
    with pytest.raises(OwnJudge):
        do(records, judge, at=minutes(OVER), who=BO)
    do(records, SetAction(action=action, owner="ana"), at=minutes(60))
    for who in (ANA, BO):  # the owner now, and who did it
        with pytest.raises(OwnJudge):
            do(records, judge, at=minutes(OVER), who=who)
    do(records, SetAction(action=action, owner="bo"), at=minutes(OVER))
    with pytest.raises(OwnJudge):  # who gave it away to judge it
        do(records, judge, at=minutes(OVER))
    made = SaveOperator(code="dee", name="Dee", role="office", sites=("N1",))
    do(records, made, at=minutes(61), who=Who(operator=2))
    with pytest.raises(NotAllowed):
        do(records, judge, at=minutes(OVER), who=Who(operator=5, role=Role.OFFICE))


def test_an_effect_is_no_promise(records: Records) -> None:
    """What the figure denies nobody may say; without an effect it is to be done anew."""
    action = observed(records)
    late = delivered(records, at=2 * DAY)
    do(records, RateOrder(number=late, csat=1), at=minutes(2 * DAY + 5))
    judge = JudgeAction(action=action, effective=True, verdict="fine")
    with pytest.raises(TargetMissed):
        do(records, judge, at=minutes(OVER))
    no = JudgeAction(action=action, effective=False, verdict="came back")
    do(records, no, at=minutes(OVER))
    told = shown(records, action)
    assert (told.stage, told.value, told.value_n, told.failed) == (Stage.DO, 1, 1, 1)
    assert told.due_at == minutes(OVER + 7 * DAY)
    again = FinishAction(action=action, done="slots are called, too")
    do(records, again, at=minutes(OVER + 1), who=BO)
    told = shown(records, action)
    assert told.check_from == "2026-09-26"
    assert (told.value, told.value_n, told.measured_at) == (None, None, None)


def test_of_nothing_nothing_is_said(records: Records) -> None:
    """No answer is no effect: it is observed for longer."""
    action, later = observed(records, measure="csat", goal=">=90%"), minutes(99 * DAY)
    judge = JudgeAction(action=action, effective=True, verdict="fine")
    with pytest.raises(NothingMeasured):
        do(records, judge, at=minutes(OVER))
    for less in (SetAction(action=action, window_days=2), SetAction(action=action, due_at=later)):
        with pytest.raises(ActionElsewhere):
            do(records, less, at=minutes(OVER))
    do(records, SetAction(action=action, window_days=5), at=minutes(OVER))
    with pytest.raises(StillObserved):
        do(records, judge, at=minutes(OVER))
    assert shown(records, action).check_at == minutes(OVER + 2 * DAY)


def test_silence_is_no_effect(records: Records) -> None:
    """No bad answer of no answers shows nothing; of one answer it does."""
    action = observed(records)
    assert (shown(records, action).baseline, shown(records, action).baseline_n) == (None, 0)
    judge = JudgeAction(action=action, effective=True, verdict="fine")
    with pytest.raises(NothingMeasured):
        do(records, judge, at=minutes(OVER))
    heard(records)
    do(records, judge, at=minutes(OVER))
    assert (shown(records, action).value, shown(records, action).value_n) == (0, 1)


def test_nobody_waits_until_a_figure_suits_him(records: Records) -> None:
    """More days while nobody can have seen it, or where it is none; the baseline's days stay."""
    written(records, at=minutes(-DAY))
    action = observed(records, measure="orders_opened", goal="<=0")
    before = question_before(shown(records, action), "N1")
    assert "--from 2026-09-18 --to 2026-09-20" in before
    do(records, SetAction(action=action, window_days=4), at=minutes(OVER - 1))
    told = shown(records, action)
    assert question_before(told, "N1") == before
    assert "--from 2026-09-22 --to 2026-09-25" in question_after(told, "N1")
    longer = SetAction(action=action, window_days=9)
    with pytest.raises(ObservedEnough):
        do(records, longer, at=minutes(OVER + DAY))
    assert shown(records, action).window_days == 4
