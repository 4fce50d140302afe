"""Steps that are done to one thing of a list: its digits, its typed words, what each is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Question, Told
    from store.domain.intents import Command

PLACE: Final = "of"
"""The question for what something is done to, where no row says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One step that may be done to a thing."""

    key: str
    """In its list; empty where it is done elsewhere."""
    words: tuple[str, str]
    """How it is typed."""
    label: str
    questions: tuple[Question, ...]
    said: str
    """What would be done, in the line that is typed."""
    of: str = ""
    """What it is done to, where that is not the thing itself."""
    unsaid: str = ""
    """The refusal of a line that does not name that yet."""
    place: bool = False
    """Whether that is an order, a site or a customer, as `17`, `@N1` or `C1`."""
    typed: bool = True
    """Whether it is done by a typed line, too."""
    noted: bool = False
    """Whether its last question is answered behind the semicolon, the one before by all words."""
    spare: tuple[str, ...] = ()
    """Questions that a typed line may leave out."""

    @property
    def asked(self) -> tuple[Question, ...]:
        """What stands behind what it is done to, where it is typed."""
        return tuple(question for question in self.questions if question.name != PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedBook:
    """All steps of a kind of thing, and how they are spoken of."""

    action: str
    """The action whose screen lists these things."""
    deeds: Mapping[str, Deed]
    """In the order in which they come."""
    make: Callable[[str, Any, Told, int | None], Command]
    """From a deed, what it is done to, what was told, and the version that was seen."""
    of: str
    """What its number is called."""
    unsaid: str
    """The refusal of a line that does not name it yet."""
    strange: str
    """The refusal of a word that is no deed."""
    no_number: str
    too_much: str
    wanted: str
    """What stands behind the verb."""

    @property
    def by_key(self) -> dict[str, str]:
        """The deeds that have a key in the list."""
        return {deed.key: name for name, deed in self.deeds.items() if deed.key}

    def deed_of(self, word: str) -> str | None:
        """What a word does."""
        said = word.casefold()
        return next((name for name, deed in self.deeds.items() if said in deed.words), None)
