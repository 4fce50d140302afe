"""Steps of an action as actions of the console: each asks what it must be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from console.actions import ACTIONS
from console.actions_corrective import DEEDS

if TYPE_CHECKING:
    from console.actions_kinds import Action, Ask, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def step(deed: str, number: int, seen: int | None = None) -> Action:
    """One of `DEEDS`; `number` is an action's, or an order's where one is opened."""

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        from console.corrective_commands import corrective_command

        return corrective_command(deed, number, told, seen)

    spec = DEEDS[deed]
    return replace(ACTIONS["correctives"], label=spec.label, questions=spec.questions, make=make)


def make_typed(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    from console.corrective_commands import corrective_command

    return corrective_command(told["deed"], told["of"], told)
