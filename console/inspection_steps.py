"""Steps of inspections as actions of the console: each asks what it must be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.actions import ACTIONS
from console.actions_inspections import DEEDS

if TYPE_CHECKING:
    from console.actions_kinds import Action, Ask, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def step(deed: str, of: Any = None, seen: int | None = None) -> Action:
    """One of `DEEDS`, on the one of this id as it was seen; on what is asked for without one."""

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        return _command(deed, of, told, seen)

    spec = DEEDS[deed]
    return replace(ACTIONS["inspections"], label=spec.label, questions=spec.questions, make=make)


def make_typed(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    return _command(told["deed"], told["of"], told)


def _command(deed: str, of: Any, told: Told, seen: int | None = None) -> Command:
    from console.inspection_commands import inspection_command

    return inspection_command(deed, of, told, seen)
