"""The baseline as an action of the console, and what is done about one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, Action, Kind, Question, Takes
from console.dashboard_cut import ends
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


BASELINE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="baselines",
        keys=("f8",),
        words="baseline baselines 基准",
        label=N_("Baseline"),
        help=N_("outcomes beside days of your own that were frozen, and beside what others claim"),
        group=DESK,
        why_not=_not_open,
        takes=Takes.BASELINE,
    ),
)
FREEZE: Final = ("freeze", "冻结")
USE: Final = ("use", "启用")
SAID: Final[Mapping[str, str]] = {
    "freeze": N_("freeze {first} to {last} as the baseline “{name}”"),
    "use": N_("let baseline {of} count"),
}
"""What would be done, in the line that is typed."""
RIGHT_DAYS: Final = N_("name days that are over: a month as 2026-10, or two days")

_NAME: Final = Question(name="name", label=N_("what it is called"))
_SURE: Final = Question(
    name="sure",
    label=N_("every figure of these days is kept as it is now, and counts from then on: freeze?"),
    kind=Kind.CONFIRM,
)
_COUNTS: Final = Question(
    name="sure",
    label=N_("reviews, too, are held against this one from then on: let it count?"),
    kind=Kind.CONFIRM,
)


def freezing(proposed: str, today: Callable[[], date], zone: str) -> Action:
    """One that asks its name and days, of which some are `proposed`, and then once more."""

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        try:
            first, last = ends(" ".join(told["days"].split()), today())
        except (ValueError, OverflowError):
            raise BadInput(where=N_("day"), wrong=told["days"][:40], right=RIGHT_DAYS) from None
        days = {"first": first.isoformat(), "last": last.isoformat()}
        return baseline_command("freeze", {"name": told["name"], "zone": zone, **days})

    days = Question(name="days", label=N_("which days, all of them over"), start=proposed)
    action = BASELINE_ACTIONS[0]
    return replace(action, label=N_("Freeze one"), questions=(_NAME, days, _SURE), make=make)


def choosing(number: int) -> Action:
    """One that was frozen before counts, once that is confirmed."""

    def make(_line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
        return baseline_command("use", {"of": number})

    action = BASELINE_ACTIONS[0]
    return replace(action, label=N_("Let it count"), questions=(_COUNTS,), make=make)


def make_typed(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    return baseline_command(told["deed"], told)


def baseline_command(deed: str, told: Told) -> Command:
    """The command of a step."""
    from store.commands.baselines import FreezeBaseline, UseBaseline

    if deed == "use":
        return UseBaseline(baseline=told["of"])
    return FreezeBaseline(**{name: told[name] for name in ("name", "first", "last", "zone")})
