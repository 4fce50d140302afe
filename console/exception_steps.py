"""Steps of an exception as actions of the console: each asks what it must be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.actions import ACTIONS
from console.actions_exceptions import DEEDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Action, Ask, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def step(deed: str, one: int, seen: int | None = None) -> Action:
    """One of `DEEDS` on the exception of this id, as it was seen."""

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        return exception_command(deed, one, told, seen)

    spec = DEEDS[deed]
    return replace(ACTIONS["exceptions"], label=spec.label, questions=spec.questions, make=make)


def make_typed(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    """What was typed as a command."""
    return exception_command(told["deed"], told["of"], told)


def exception_command(deed: str, one: int, told: Told, seen: int | None = None) -> Command:
    """The command of a step; by keys, lines and `paidan exception`."""
    return _MAKES[deed](one, told, seen)


def _grant(one: int, told: Told, seen: int | None) -> Command:
    from store.commands.exceptions import GrantException

    return GrantException(exception=one, why=told.get("why") or "", seen=seen)


def _refuse(one: int, told: Told, seen: int | None) -> Command:
    from store.commands.exceptions import RefuseException

    return RefuseException(exception=one, why=told["why"], seen=seen)


def _use(one: int, told: Told, seen: int | None) -> Command:
    from console.words_exceptions import part_meant
    from store.commands.exceptions import UseException

    size = part_meant(told.get("size") or "")
    return UseException(exception=one, what=told["what"], size=size, seen=seen)


def _withdraw(one: int, told: Told, seen: int | None) -> Command:
    from store.commands.exceptions import WithdrawException

    return WithdrawException(exception=one, why=told["why"], seen=seen)


_MAKES: Final[Mapping[str, Callable[[int, Told, int | None], Command]]] = {
    "grant": _grant,
    "refuse": _refuse,
    "use": _use,
    "withdraw": _withdraw,
}
