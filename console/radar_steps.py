"""Steps of what the radar proposes, as actions of the console and as commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.actions import ACTIONS
from console.actions_radar import DEEDS

if TYPE_CHECKING:
    from console.actions_kinds import Action, Ask, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def step(deed: str, of: int | None = None, seen: int | None = None) -> Action:
    """One of `DEEDS`, on the one of this id as it was seen."""

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        return radar_command(deed, of, told, seen)

    spec = DEEDS[deed]
    return replace(ACTIONS["radar"], label=spec.label, questions=spec.questions, make=make)


def make_typed(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    return radar_command(told["deed"], told["of"], told)


def radar_command(deed: str, of: Any, told: Told, seen: int | None = None) -> Command:
    """The command of a step."""
    from console.words_heard import cause_read
    from store.commands.radar import LeaveIt, LookAround, TakeUp

    if deed == "look":
        return LookAround()
    if deed == "leave":
        return LeaveIt(recurrence=of, reason=told["reason"], seen=seen)
    cause = told.get("cause") or "unknown"
    return TakeUp(
        recurrence=of,
        invited=told["invited"],
        cause=getattr(cause, "value", None) or cause_read(str(cause)),
        owner=told.get("owner") or None,
        seen=seen,
    )
