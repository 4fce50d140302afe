"""Steps that may be done to one thing of a board: by a digit there, by a typed word, by command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Question
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from console.looks import Parts

OF: Final = "of"
"""The question for what something is done to, where no row says so."""
STEP: Final = "step:"
"""What such a question looks up, before a project's number: a step of its stage at hand."""
ALL: Final = ("all", "全部")
"""How somebody says that he means whatever is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One step that may be done to it."""

    key: str
    """On its board; empty where it is done elsewhere."""
    words: tuple[str, str]
    """How it is typed."""
    label: str
    questions: tuple[Question, ...]
    said: str
    """What would be done, in the line that is typed."""


def text(name: str, label: str, **more: Any) -> Question:
    """A question that is answered in words."""
    return Question(name=name, label=label, **more)


def deed_named(deeds: Mapping[str, Deed], word: str) -> str | None:
    """What a typed word does."""
    said = word.casefold()
    return next((name for name, deed in deeds.items() if said in deed.words), None)


def step_keys(
    deeds: Mapping[str, Deed], keys: Mapping[str, str], refused: Collection[str] = ()
) -> Iterator[Parts]:
    """What each digit does; one that would be refused now stands faint, in brackets."""
    for key, name in keys.items():
        label = f"{_(deeds[name].label)} "
        if name in refused:
            yield (f"({key})", "faint"), (label, "faint")
        else:
            yield (f" {key} ", "key"), (label, "")


def by_key(deeds: Mapping[str, Deed]) -> dict[str, str]:
    """The steps of a board by their digits."""
    return {deed.key: name for name, deed in deeds.items() if deed.key}
