"""What is agreed about an action: who sees to it, by when, and what its effect is judged by."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.commands.corrective_asked import PLAN_DAYS, Ref
from store.commands.inputs import REASON, later, needed, one_of, whole
from store.domain.causes import Cause
from store.domain.corrective import STAGES
from store.domain.corrective_refusals import FiguresElsewhere
from store.domain.corrective_steps import after, change, check_longer, is_over
from store.domain.effects import WINDOWS, checked_measure, read_goal
from store.domain.errors import BadInput
from store.domain.intents import Done
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.commands.corrective_asked import SetAction
    from store.domain.corrective import Corrective
    from store.persistence.work import Work


def set_action(work: Work, command: SetAction) -> Done:
    """Owner, day, figure, goal and days to observe."""
    action = work.corrective(command.action, command.seen)
    values = _agreed(work, command, action) | _judged_by(work, command, action)
    became = change(action, **values)
    if became.window_days > action.window_days and is_over(action, at=work.at):
        check_sight(work, became)
        check_longer(action, work.measure(after(action, site=code_of(work, action))))
    if became != action:
        became = work.put_corrective("action_set", action, became)
    return done_of(became, N_("action {id} changed"))


def _agreed(work: Work, command: SetAction, action: Corrective) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if command.problem is not None:
        values["problem"] = needed(command.problem, N_("problem"), limit=REASON)
    if command.cause is not None:
        values["cause"] = Cause(one_of(command.cause, list(Cause), N_("root cause"))).value
    if command.contained is not None:
        values["contained"] = needed(command.contained, N_("what was done at once"), limit=REASON)
    if command.owner is not None:
        values["owner"] = owner_of(work, command.owner, site=work.known(action.number).now.site)
    if command.due_at is not None:
        values["due_at"] = due_of(work, command.due_at)
    if command.window_days is not None:
        values["window_days"] = whole(command.window_days, *WINDOWS, N_("days observed"))
    return values


def _judged_by(work: Work, command: SetAction, action: Corrective) -> dict[str, Any]:
    values: dict[str, Any] = {}
    measure = action.measure
    if command.site is None and (command.measure, command.goal) != (None, None):
        check_sight(work, action)
    if command.measure is not None:
        measure = values["measure"] = checked_measure(command.measure)
        if measure != action.measure and command.goal is None:
            values["target"] = None  # of another unit it would mean something else
    if command.goal is not None:
        if not measure:
            raise BadInput(
                where=N_("goal"),
                wrong=N_("no figure is named that it is for"),
                right=N_("name the figure first"),
            )
        goal = read_goal(command.goal, measure)
        values |= {"at_least": goal.at_least, "target": goal.value}
    if command.site is not None:
        values["site"] = None if command.site == "" else work.site(command.site).id
        check_site(work, action.number, values["site"])
        if not work.who.scope.covers(values["site"]):
            raise BadInput(
                where=N_("site"),
                wrong=N_("you see no figures of the whole desk"),
                right=N_("name one of your sites"),
            )
    return values


def check_sight(work: Work, action: Corrective) -> None:
    """`FiguresElsewhere` for whoever does not see the site, or all sites, it is measured of."""
    if not work.who.scope.covers(action.site):
        raise FiguresElsewhere(id=action.id)


def check_site(work: Work, number: int, site: int | None) -> None:
    """An action is measured of where its order is, or of the whole desk; `BadInput` elsewhere."""
    if site not in {None, work.known(number).now.site}:
        raise BadInput(
            where=N_("site"),
            wrong=N_("order {number} is at another one").format(number=number),
            right=N_("have it measured there, or of the whole desk"),
        )


def owner_of(work: Work, ref: Ref | None, *, site: int | None) -> int:
    """Who is to see to it, the asker where nobody is named: he dispatches, and sees its order."""
    owner = work.operator(work.who.operator if ref in {None, ""} else ref)
    if not work.may_dispatch(owner.id, site):
        raise BadInput(
            where=N_("owner"),
            wrong=owner.name,
            right=N_("name a person who dispatches orders and sees the site of this one"),
        )
    return owner.id


def due_of(work: Work, due_at: datetime | None) -> datetime:
    """By when, to come; `PLAN_DAYS` from now where nobody says."""
    if due_at is None:
        return whole_ms(work.at + timedelta(days=PLAN_DAYS))
    return later(due_at, N_("due"), than=work.at)


def code_of(work: Work, action: Corrective) -> str:
    """Of which site its figure is; empty for the whole desk."""
    return "" if action.site is None else str(work.entry_values("site", action.site)["code"])


def done_of(action: Corrective, sentence: str, **facts: Any) -> Done:
    """What was done to it, with where it stands."""
    told = {"id": action.id, "stage": STAGES[action.stage].label, **facts}
    return Done(sentence=sentence, facts=told, numbers=(action.number,))
