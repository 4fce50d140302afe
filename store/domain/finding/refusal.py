"""Why a query cannot be read: where, what is wrong, and what would be right."""

from __future__ import annotations

from store.domain.errors import BadInput
from store.domain.words import N_


class QueryUnclear(BadInput):
    """A query that says nothing certain; `column` counts its characters from 1."""

    def __init__(self, column: int, wrong: str, right: str, *, unfinished: bool = False) -> None:
        super().__init__(where=N_("column {n}").format(n=column), wrong=wrong, right=right)
        self.column = column
        self.unfinished = unfinished
        """Whether more typing at the end may still put it right."""
