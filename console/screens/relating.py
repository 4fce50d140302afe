"""From an order to what it has to do with: at once where there is one, else by choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from console.i18n import _
from console.screens.choosing import ChoosingScreen
from console.screens.planning import Planning

if TYPE_CHECKING:
    from console.looks import Parts
    from store.domain.intents import Query
    from store.queries.board import BoardLine
    from store.queries.card import Card


class Relating(Planning):
    """A screen with an order from which one may go to its relatives."""

    def do_related(self) -> None:
        """To what the order at hand has to do with."""
        line = self.line()
        if line is not None:
            self.show_related(line.number)

    def show_related(self, number: int) -> None:
        """To what an order has to do with."""

        def chosen(other: int | None) -> None:
            self.hands.take_keys()
            if other is not None:
                self.open_details(other)

        self.desk.go_to(RelatedScreen(number), chosen)

    def open_details(self, number: int, line: BoardLine | None = None) -> None:
        """Everything about an order; to be filled by the screen."""
        raise NotImplementedError


class RelatedScreen(ChoosingScreen["Card"]):
    """All that an order has to do with; its result is the number of the marked one."""

    BINDINGS = [
        Binding("enter", "take", show=False, id="related.take"),
        Binding("escape,q", "back", show=False, id="related.leave"),
        Binding("down,j", "mark(1)", show=False, priority=True, id="related.down"),
        Binding("up,k", "mark(-1)", show=False, priority=True, id="related.up"),
        Binding("at", "mark(1)", show=False, priority=True, id="related.next"),
    ]

    def title_line(self) -> str:
        """Which order."""
        return _("#{number} has to do with").format(number=self.number)

    def keys_told(self) -> str:
        """What the keys do here."""
        return _("↑ ↓ choose, Enter opens, Esc leaves ")

    def asks(self) -> Query[Card]:
        """The order's card."""
        from store.queries.card import OrderCard

        return OrderCard(number=self.number)

    def arrived(self, *, first: bool) -> None:
        """Where there is only one, nobody has to choose."""
        self.marked = min(self.marked, max(0, len(self._numbers) - 1))
        if first and len({*self._numbers}) == 1 and self.is_current:
            self.desk.go_back(self._numbers[0])

    @property
    def _numbers(self) -> tuple[int, ...]:
        """Those that can be chosen, from the top."""
        if self.found is None:
            return ()
        from console.render_family import relatives  # not before the first paint

        return tuple(number for _kind, number, _said in relatives(self.found))

    def action_mark(self, step: int) -> None:
        """Mark the one below or above; behind the last comes the first."""
        if self._numbers:
            self.marked = (self.marked + step) % len(self._numbers)
            self.show_marked()

    def action_take(self) -> None:
        """Go to the marked one."""
        if self._numbers:
            self.desk.go_back(self._numbers[self.marked])

    def rows(self, found: Card) -> tuple[Parts, ...]:
        """A line each, under what they are to the order."""
        from console.render_family import relatives_lines  # not before the first paint

        return tuple(relatives_lines(found, self.marked))
