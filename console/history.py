"""What was typed before, and the orders that were worked on, newest first."""

from __future__ import annotations

from typing import Final

_MOST: Final = 200


class History:
    """Lines that were given; walked with the arrows, and left where they are found."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._place = 0
        self._draft = ""

    def add(self, line: str) -> None:
        """One more line; the same one twice is kept once, as the newest."""
        if line.strip():
            self._lines = [*(held for held in self._lines if held != line), line][-_MOST:]
        self.rest()

    def rest(self) -> None:
        """Walk from the newest line again."""
        self._place, self._draft = len(self._lines), ""

    def back(self, current: str) -> str:
        """The line before; what was being typed waits behind the newest."""
        if self._place >= len(self._lines):
            self._draft = current
        self._place = max(0, min(self._place, len(self._lines)) - 1)
        return self._lines[self._place] if self._lines else current

    def forward(self, current: str) -> str:
        """The line after, or what was being typed."""
        if self._place >= len(self._lines):
            return current
        self._place += 1
        return self._draft if self._place == len(self._lines) else self._lines[self._place]


class Visited:
    """Orders that were opened or changed here."""

    def __init__(self) -> None:
        self._numbers: list[int] = []

    def add(self, number: int) -> None:
        """This one is the newest now."""
        self._numbers = [held for held in self._numbers if held != number][-_MOST:]
        self._numbers.append(number)

    def before(self, number: int | None) -> int | None:
        """The newest that is another one; None where there is none."""
        others = (held for held in reversed(self._numbers) if held != number)
        return next(others, None)
