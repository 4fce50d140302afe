"""Marks the sentences that an operator will read, so that the catalogue finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Word(str):
    """Text of ours, which the catalogue may translate; text from outside never is one."""

    template: Word | None = None
    """The sentence this one was filled from, or None where there was nothing to fill."""

    facts: dict[str, object]
    """What filled the template, by name."""

    def format(self, *args: object, **facts: object) -> str:
        """Fill the named places, and remember with what for another language."""
        filled = Word(str.format(self, *args, **facts))
        filled.template, filled.facts = self, facts
        return filled


def counted(one: str, many: str, count: int) -> str:
    """The sentence for so many: who finds one thing is told of one."""
    return one if count == 1 else many


def listed(parts: Iterable[str]) -> str:
    """A list as a fact of a sentence, with what stands between its parts in each language."""
    told = tuple(parts)
    said = Word(", ".join(told))
    said.template, said.facts = Word("{parts}"), {"parts": told}
    return said


def N_(sentence: str) -> str:  # noqa: N802  the name that gettext's extractors know
    """Mark a sentence for the catalogue; the console translates it where it is shown."""
    return Word(sentence)
