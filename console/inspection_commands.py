"""Each step of an inspection as its command, from what was told; by keys, lines and the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.words_heard import cause_read
from store.commands.inspections import (
    ActOnInspection,
    DrawInspections,
    DropInspection,
    KeepInspectionWords,
    ReopenInspection,
    ScoreInspection,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Told
    from store.domain.intents import Command

LAST: Final = frozenset({"-", "last", "上周"})
"""How somebody says that he means the last week that is over."""


def inspection_command(deed: str, of: Any, told: Told, seen: int | None = None) -> Command:
    """The command of a step; `of` is its number, or the week that is drawn."""
    return _MAKES[deed](of, told, seen)


def week_read(text: str) -> str:
    """A week as a command has it."""
    said = text.strip()
    return "" if said.casefold() in LAST else said.upper()


def _act(of: Any, told: Told, seen: int | None) -> Command:
    return ActOnInspection(
        inspection=of,
        problem=told["problem"],
        cause=cause_read(told["cause"]),
        owner=told.get("owner") or None,
        seen=seen,
    )


_MAKES: Final[Mapping[str, Callable[[Any, Told, int | None], Command]]] = {
    "score": lambda of, told, seen: ScoreInspection(
        inspection=of, scores=told["scores"], remark=told.get("remark") or "", seen=seen
    ),
    "technician": lambda of, told, seen: KeepInspectionWords(
        inspection=of, technician=told["words"], seen=seen
    ),
    "customer": lambda of, told, seen: KeepInspectionWords(
        inspection=of, customer=told["words"], seen=seen
    ),
    "act": _act,
    "draw": lambda of, told, _seen: DrawInspections(week=week_read(str(of or told["of"]))),
    "again": lambda of, _told, seen: ReopenInspection(inspection=of, seen=seen),
    "drop": lambda of, told, seen: DropInspection(inspection=of, reason=told["reason"], seen=seen),
}
