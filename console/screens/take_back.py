"""What was done to an order, command by command; Enter takes the marked one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from console.i18n import _
from console.render_card import when
from console.render_deeds import deed_said, words_of
from console.screens.choosing import ChoosingScreen
from console.screens.reading import MARK

if TYPE_CHECKING:
    from console.looks import Parts
    from store.domain.intents import Query
    from store.queries.deeds import DeedLine


class TakeBackScreen(ChoosingScreen[tuple["DeedLine", ...]]):
    """The newest first; its result is the journal entry of what shall be taken back."""

    BINDINGS = [
        Binding("enter", "take", show=False, id="take_back.take"),
        Binding("escape,q", "back", show=False, id="take_back.leave"),
        Binding("down,j", "mark(1)", show=False, priority=True, id="take_back.down"),
        Binding("up,k", "mark(-1)", show=False, priority=True, id="take_back.up"),
    ]

    def title_line(self) -> str:
        """Which order."""
        return _("#{number}: what was done").format(number=self.number)

    def keys_told(self) -> str:
        """What the keys do here."""
        return _("↑ ↓ choose, Enter takes back, Esc leaves ")

    def asks(self) -> Query[tuple[DeedLine, ...]]:
        """What was done to the order."""
        from store.queries.deeds import Deeds

        return Deeds(number=self.number)

    def arrived(self, *, first: bool) -> None:  # noqa: ARG002  the same at every coming
        """The mark stands on the newest that can be taken back."""
        places = [place for place, deed in enumerate(self._shown) if deed.why_not is None]
        self.marked = places[0] if places else 0

    @property
    def _shown(self) -> tuple[DeedLine, ...]:
        """The newest first."""
        return tuple(reversed(self.found or ()))

    def action_mark(self, step: int) -> None:
        """Mark the one below or above."""
        if self._shown:
            self.marked = max(0, min(len(self._shown) - 1, self.marked + step))
            self.show_marked()

    def action_take(self) -> None:
        """Take the marked one back, if it can be."""
        if self._shown and self._shown[self.marked].why_not is None:
            self.desk.go_back(self._shown[self.marked].id)

    def rows(self, found: tuple[DeedLine, ...]) -> tuple[Parts, ...]:  # noqa: ARG002  as `_shown`
        """A line a command: when, what, by whom, in which words; below the marked why it stays."""
        return tuple(
            row for place, deed in enumerate(self._shown) for row in self._row(place, deed)
        )

    def _row(self, place: int, deed: DeedLine) -> tuple[Parts, ...]:
        marked = place == self.marked
        at = when(deed.at, self.desk.zone, at=self.desk.now())
        may = deed.why_not is None
        tone = "held" if marked else "" if may else "muted"
        line: Parts = (
            (MARK if marked else "   ", tone),
            (f"{at:<12} {deed_said(deed)}", tone),
            (f"  {deed.by_name or '?'}", "muted"),
            (words_of(deed), "muted"),
        )
        if marked and deed.why_not is not None:
            return (line, ((f"     ✗ {_(deed.why_not)}", "overdue"),))
        return (line,)
