"""Steps of an action, from Plan to a changed procedure: the action after each; pure.

It cannot be closed on a promise. Its effect is measured after the days that were agreed before
it began, by somebody who neither did it nor owned it since; without one it goes back to Do.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from store.domain.causes import Cause
from store.domain.corrective import STAGES, WHYS, Corrective, Stage, Why
from store.domain.corrective_refusals import (
    ActionElsewhere,
    ActionLacks,
    GoalMet,
    NothingMeasured,
    ObservedEnough,
    OwnJudge,
    StillObserved,
    TargetMissed,
    TooManyWhys,
)
from store.domain.effects import Effect, Taken, days_after, days_before, over_at
from store.domain.evolve import evolve
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

ACT_DAYS: Final = 7
"""Days to change the procedure in, once an effect is proven."""


def add_why(action: Corrective, why: Why) -> Corrective:
    """One step deeper; five are enough."""
    _stands(action, N_("asked why"), Stage.PLAN)
    if len(action.whys) >= WHYS:
        raise TooManyWhys(id=action.id, most=WHYS)
    return evolve(action, whys=(*action.whys, why))


def change(action: Corrective, **values: Any) -> Corrective:
    """What is agreed, changed. Once it has begun nobody moves the goal: the days may get more."""
    _stands(action, N_("changed"), Stage.PLAN, Stage.DO, Stage.CHECK, Stage.ACT)
    if "cause" in values:
        _stands(action, N_("given another cause"), Stage.PLAN)
    if values.keys() & _CRITERION:
        _stands(action, N_("given another goal"), Stage.PLAN)
    if "due_at" in values:  # while it is observed the days that were agreed say when that is over
        _stands(action, N_("given another day"), Stage.PLAN, Stage.DO, Stage.ACT)
    days = values.get("window_days", action.window_days)
    if days < action.window_days:
        _stands(action, N_("observed for fewer days"), Stage.PLAN)
    if days != action.window_days:
        _stands(action, N_("observed for more days"), Stage.PLAN, Stage.DO, Stage.CHECK)
        if action.stage is Stage.CHECK:
            last = date.fromisoformat(action.check_from) + timedelta(days=days - 1)
            values["check_at"] = whole_ms(over_at(last, ZoneInfo(action.zone)))
    return evolve(action, **values)


def check_longer(action: Corrective, taken: Taken) -> None:
    """Refuse more days to whoever could have seen what the days that are over came to."""
    if taken.value is not None:
        raise ObservedEnough(id=action.id)


def is_over(action: Corrective, *, at: datetime) -> bool:
    """Whether the days on which its effect is observed have passed."""
    return action.stage is Stage.CHECK and action.check_at is not None and at >= action.check_at


_CRITERION = frozenset({"measure", "site", "at_least", "target"})


def before(action: Corrective, *, site: str, at: datetime) -> Effect:
    """The question for its figure of the days before it begins."""
    first, last = days_before(_today(action, at), action.window_days)
    return Effect(measure=action.measure, site=site, first=first, last=last, zone=action.zone)


def start(action: Corrective, *, at: datetime) -> Corrective:
    """From Plan to Do: the cause is known with evidence, and what to judge by is agreed."""
    _stands(action, N_("begun"), Stage.PLAN)
    lacks = lacks_to_begin(action)
    if lacks is not None:
        raise ActionLacks(id=action.id, lacks=lacks)
    return _moved(action, Stage.DO, at=at)


def with_baseline(action: Corrective, taken: Taken, question: Effect) -> Corrective:
    """With what its figure was before it began; `GoalMet` where there was nothing to better."""
    if action.goal is not None and action.goal.is_met(taken.value):
        raise GoalMet(id=action.id, days=action.window_days)
    return evolve(
        action,
        baseline=taken.value,
        baseline_n=taken.n,
        baseline_from=question.first.isoformat(),
        baseline_to=question.last.isoformat(),
    )


def finish(action: Corrective, done: str, *, at: datetime, by: int) -> Corrective:
    """From Do to Check: from tomorrow on its effect is observed."""
    _stands(action, N_("said to be done"), Stage.DO)
    first, last = days_after(_today(action, at), action.window_days)
    moved = _moved(action, Stage.CHECK, at=at)
    return evolve(
        moved,
        done=done,
        done_at=moved.stage_since,
        done_by=by,
        check_from=first.isoformat(),
        check_at=whole_ms(over_at(last, ZoneInfo(action.zone))),
        value=None,
        value_n=None,
        measured_at=None,
        effective=None,
    )


def after(action: Corrective, *, site: str) -> Effect:
    """The question for its figure of the days that were observed."""
    first = date.fromisoformat(action.check_from)
    last = first + timedelta(days=action.window_days - 1)
    return Effect(measure=action.measure, site=site, first=first, last=last, zone=action.zone)


def check_judge(action: Corrective, stakes: Collection[int], *, at: datetime, by: int) -> None:
    """Refuse a verdict that comes too early, or from one of those who have a stake in it."""
    _stands(action, N_("judged"), Stage.CHECK)
    if by in {action.owner, action.done_by, *stakes}:
        raise OwnJudge(id=action.id)
    if action.check_at is None or at < action.check_at:
        raise StillObserved(id=action.id, until=action.check_at)


def judge(
    action: Corrective,
    taken: Taken,
    *,
    stakes: Collection[int] = (),
    effective: bool,
    verdict: str,
    again_by: datetime | None,
    at: datetime,
    by: int,
) -> Corrective:
    """From Check to Act where it had an effect, else back to Do with another day.

    Somebody may find that a goal was met for another reason; that it was met though the figure
    says otherwise nobody may.
    """
    check_judge(action, stakes, at=at, by=by)
    if effective and taken.value is None:
        raise NothingMeasured(id=action.id)
    if effective and action.goal is not None and not action.goal.is_met(taken.value):
        raise TargetMissed(id=action.id, n=taken.n)
    moved = _moved(action, Stage.ACT if effective else Stage.DO, at=at)
    due_at = moved.stage_since + timedelta(days=ACT_DAYS) if again_by is None else again_by
    return evolve(
        moved,
        due_at=due_at,
        value=taken.value,
        value_n=taken.n,
        measured_at=moved.stage_since,
        effective=effective,
        verdict=verdict,
        judged_at=moved.stage_since,
        judged_by=by,
        failed=action.failed + (not effective),
        check_at=action.check_at if effective else None,
    )


def close(action: Corrective, standard: str, changed: str, *, at: datetime) -> Corrective:
    """From Act to the end: by the procedure or training that is another one now."""
    _stands(action, N_("closed"), Stage.ACT)
    return evolve(_moved(action, Stage.CLOSED, at=at), standard=standard, changed=changed)


def drop(action: Corrective, why: str, *, at: datetime) -> Corrective:
    """Given up: what it came from waits for an action again."""
    _stands(action, N_("dropped"), Stage.PLAN, Stage.DO, Stage.CHECK, Stage.ACT)
    return evolve(_moved(action, Stage.DROPPED, at=at), changed=why)


def _moved(action: Corrective, stage: Stage, *, at: datetime) -> Corrective:
    return evolve(action, stage=stage, stage_since=whole_ms(at))


def _today(action: Corrective, at: datetime) -> date:
    return at.astimezone(ZoneInfo(action.zone)).date()


def lacks_to_begin(action: Corrective) -> str | None:
    if action.cause in {"", Cause.UNKNOWN}:
        return N_("its root cause")
    if not action.whys:
        return N_("why it happened, with evidence")
    if not action.measure or action.target is None:
        return N_("the figure and the goal that its effect is judged by")
    return None


def _stands(action: Corrective, step: str, *stages: Stage) -> None:
    if action.stage not in stages:
        raise ActionElsewhere(id=action.id, stage=STAGES[action.stage].label, step=step)
