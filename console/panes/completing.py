"""What Tab does: one thing that fits after the other, in the place of what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.grammar.offered import Offers


class Completing:
    """The line before the first Tab, and which of its offers stands in it now."""

    def __init__(self, line: str, found: Offers, step: int) -> None:
        self._line = line
        self.found = found
        """What the line was offered."""
        self.place = 0 if step > 0 else len(found.offers) - 1
        """Which of it is taken."""

    def stands_in(self, line: str) -> bool:
        """Whether a line is as it left it; not where its only offer goes on: Tab then asks anew."""
        only = self.found.offers[0] if len(self.found.offers) == 1 else None
        return line == self.written[0] and not (only is not None and only.goes_on)

    def step(self, by: int) -> None:
        """Take another one."""
        self.place = (self.place + by) % len(self.found.offers)

    @property
    def written(self) -> tuple[str, int]:
        """The line as it stands now, and where the cursor is."""
        from console.grammar.offered import taken

        return taken(self._line, self.found, self.found.offers[self.place])
