"""Steps of a thing as actions of the console: each asks what it must be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.actions import ACTIONS

if TYPE_CHECKING:
    from console.actions_kinds import Action, Ask, Make, Told
    from console.book_deeds import DeedBook
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def step(book: DeedBook, deed: str, of: Any, seen: int | None = None) -> Action:
    """A deed of a book; `of` is what it is done to."""

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        return book.make(deed, of, told, seen)

    spec = book.deeds[deed]
    return replace(ACTIONS[book.action], label=spec.label, questions=spec.questions, make=make)


def typed(book: DeedBook) -> Make:
    """What was typed as a command."""

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        return book.make(told["deed"], told["of"], told, None)

    return make
