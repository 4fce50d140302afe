"""Why a command line cannot be understood: one sentence, with the column where it stops."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class Unclear(Refusal):
    """A line that says nothing certain."""

    sentence = N_("column {column}: {what}")

    def __init__(self, column: int, what: str, *, unfinished: bool = False) -> None:
        super().__init__(column=column, what=what)
        self.column = column
        """Counts the characters of the line from 1."""
        self.unfinished = unfinished
        """Whether more typing at the end may still put it right."""


class WrongWords(Unclear):
    """A line that is no command: wrong in itself, whatever the desk holds."""
