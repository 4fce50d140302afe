"""Plans for preventive work, as an action; what is typed behind its verb does something to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import DESK, Action, Takes
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


PLAN_ACTIONS: tuple[Action, ...] = (
    Action(
        id="plans",
        keys=("Q",),
        words="plans 定期 计划",
        label=N_("Plans"),
        help=N_("preventive and recurring work: what comes when; make, change, pause or skip one"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.PLANS,
    ),
)

DEED_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "new": ("new", "新建"),
    "edit": ("edit", "修改"),
    "pause": ("pause", "暂停"),
    "resume": ("resume", "恢复"),
    "end": ("end", "结束"),
    "skip": ("skip", "跳过"),
    "unskip": ("unskip", "照常"),
}
"""What may be done to a plan, and the words for it."""

WRITTEN: Final = frozenset({"new", "edit"})
"""Deeds that write a plan: a console shows its dates first."""

DEED_SAID: Final[Mapping[str, str]] = {
    "new": N_("write a new plan"),
    "edit": N_("change plan {plan}"),
    "pause": N_("make no orders of plan {plan} until it is resumed"),
    "resume": N_("go on with plan {plan}"),
    "end": N_("end plan {plan}"),
    "skip": N_("call off the next date of plan {plan}"),
    "unskip": N_("have plan {plan} come on {day} after all"),
}
SKIP_DAY: Final = N_("call off {day} of plan {plan}")


def deed_of(word: str) -> str | None:
    """What a word does to a plan."""
    said = word.casefold()
    return next((deed for deed, words in DEED_WORDS.items() if said in words), None)


def plan_command(deed: str, plan: int, day: str = "") -> Command:
    """The command of a deed that writes nothing."""
    from store.commands.plans import EndPlan, PausePlan, ResumePlan, SkipOccurrence

    if deed in {"skip", "unskip"}:
        return SkipOccurrence(plan=plan, day=day, skipped=deed == "skip")
    made: Mapping[str, Any] = {"pause": PausePlan, "resume": ResumePlan, "end": EndPlan}
    command: Command = made[deed](plan=plan)
    return command


def make_deed(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """The same of what was typed."""
    return plan_command(told["deed"], told["plan"], told.get("day", ""))


def make_written(_line: BoardLine | None, told: Told, ask: Ask) -> Command:
    """The command that saves a plan as it was typed or filled in."""
    from console.plan_fields import plan_saved
    from store.queries.plans import ShowPlan

    plan = told.get("plan")
    before = None if plan is None else ask(ShowPlan(plan=plan))
    return plan_saved(told["texts"], before)
