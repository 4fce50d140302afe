"""A note of a hand-over, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_card import when
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.looks import Parts
    from store.queries.handover import HandoverNote


class NoteScreen(ReadingScreen):
    """As it was when it was opened."""

    def __init__(self, note: HandoverNote) -> None:
        super().__init__()
        self._note = note

    def title_line(self) -> str:
        """Whose it is."""
        at = when(self._note.at, self.desk.zone, at=self.desk.now())
        return _("note by {who} at {at}").format(who=self._note.by, at=at)

    def lines(self) -> tuple[Parts, ...]:
        """Line by line."""
        return tuple(((line, ""),) for line in self._note.text.splitlines())
