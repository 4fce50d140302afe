"""What a figure says, of whom, by which clock, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.looks import Parts


class DefinedScreen(ReadingScreen):
    """One figure, whole."""

    def __init__(self, lines: Sequence[Parts]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    def title_line(self) -> str:
        """What this screen is."""
        return _("What the figure says")

    def lines(self) -> tuple[Parts, ...]:
        """All of it."""
        return self._lines
