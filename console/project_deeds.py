"""Steps of projects as actions of the console: each asks what it must be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console.actions import ACTIONS
from console.actions_kinds import Kind, Question
from console.actions_projects import DEEDS
from console.deed_kinds import STEP
from store.domain.project_way import WAY
from store.domain.sop import Stage
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Action, Ask, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


_SURE: Final = Question(
    name="sure",
    label=N_("this was its last stage: it closes the project; close it?"),
    kind=Kind.CONFIRM,
)


def step(deed: str, of: Any = None, seen: int | None = None, *, stage: str | None = None) -> Action:
    """One of `DEEDS`, on the one of this id as it was seen; on what is asked for without one.

    Out of its last `stage` a project is closed: that is asked first.
    """

    def make(_line: BoardLine | None, told: Told, ask: Ask) -> Command:
        return _command(deed, of, told, ask, seen)

    spec = DEEDS[deed]
    closes = deed == "advance" and stage is not None and WAY[Stage(stage)].then is None
    asked = (_SURE,) if closes else spec.questions
    if of is not None:
        asked = tuple(
            replace(one, looks_up=f"{STEP}{of}") if one.name == "step" else one for one in asked
        )
    return replace(ACTIONS["projects"], label=spec.label, questions=asked, make=make)


def make_typed(_line: BoardLine | None, told: Told, ask: Ask) -> Command:
    """What was typed as a command."""
    return _command(told["deed"], told["of"], told, ask)


def _command(deed: str, of: Any, told: Told, ask: Ask, seen: int | None = None) -> Command:
    from console.project_commands import project_command

    return project_command(deed, of, told, ask, seen)
