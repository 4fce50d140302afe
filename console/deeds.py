"""Steps of what stands on a list of its own: keys, words and questions, for key and line alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Action, Ask, Question, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

    MakeDeed = Callable[[str, str, Told, int | None], Command]
    """The step, what it is about (a number, or a code), what was told, which version was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDeed:
    """One step that may be done to what stands on a list."""

    key: str
    """On its list; empty where it is done elsewhere."""
    words: tuple[str, str]
    """How it is typed."""
    label: str
    questions: tuple[Question, ...]
    said: str
    """What would be done, in the line that is typed."""
    of: str = ""
    """What is named first, as it is asked for; empty where nothing is."""
    by_number: bool = True
    """Whether that is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """All steps of one list."""

    steps: Mapping[str, ListDeed]
    make: MakeDeed
    asked: str
    """What is asked for behind the verb."""
    unknown: str
    """Said of a `word` that is no step, with the `choices` there are."""

    def called(self, word: str) -> str | None:
        """The step that a word means."""
        said = word.casefold()
        return next((name for name, one in self.steps.items() if said in one.words), None)

    def by_key(self) -> Mapping[str, str]:
        """Each step by its key on the list."""
        return {one.key: name for name, one in self.steps.items() if one.key}

    def step(self, action: Action, deed: str, about: str, seen: int | None = None) -> Action:
        """The step as an action that asks what it must be told."""
        spec = self.steps[deed]

        def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
            return self.make(deed, about, told, seen)

        return replace(action, label=spec.label, questions=spec.questions, make=make)

    def typed(self, _line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        """What was typed as a command."""
        given: dict[str, Any] = {n: one for n, one in told.items() if n not in {"deed", "of"}}
        return self.make(told["deed"], told.get("of", ""), given, None)
