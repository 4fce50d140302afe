"""Numbers of orders that were found, before their rows are read."""

from __future__ import annotations

from dataclasses import dataclass

from store.queries.finding import MOST


@dataclass(frozen=True, slots=True)
class Newest:
    """A page is wanted that begins with the newest orders, or with those up to a number."""

    rows: int
    """So many are enough for it."""
    upto: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Numbers that were found: all of them, or where they are too many the newest."""

    numbers: list[int]
    all: bool
    upto: int | None = None
    """Where those begin that are not all; None for the newest there is."""
    to_end: bool = False
    """Whether nothing that fits is older than those that are not all."""

    @property
    def total(self) -> int | None:
        """How many fit; None where they are more than are counted."""
        return len(self.numbers) if self.all and len(self.numbers) <= MOST else None

    def suffices(self, page: Newest | None) -> bool:
        """Whether the page lies among those that were found."""
        if self.all or page is None:
            return self.all
        below = sum(page.upto is None or number <= page.upto for number in self.numbers)
        return self.to_end or below >= page.rows
