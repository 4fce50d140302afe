"""From an order to what it has to do with: at once where there is one, else by choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from console.carrying import told as worded
from console.i18n import _
from console.looks import spread
from console.screens.planning import Planning
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.feed import NewsArrived
    from console.looks import Parts
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


class RelatedScreen(ReadingScreen):
    """All that an order has to do with; its result is the number of the marked one."""

    BINDINGS = [
        Binding("enter", "take", show=False, id="related.take"),
        Binding("escape,q", "back", show=False, id="related.leave"),
        Binding("down,j", "mark(1)", show=False, priority=True, id="related.down"),
        Binding("up,k", "mark(-1)", show=False, priority=True, id="related.up"),
        Binding("at", "mark(1)", show=False, priority=True, id="related.next"),
    ]

    class Arrived(Message, bubble=False):
        """The order has been asked for."""

        def __init__(self, found: Card | Exception) -> None:
            super().__init__()
            self.found = found

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._found: Card | Exception | None = None
        self._marked = 0

    def title_line(self) -> str:
        """Which order."""
        return _("#{number} has to do with").format(number=self.number)

    def set_up(self) -> None:
        """Ask."""
        super().set_up()
        self._ask()

    def hear(self, news: NewsArrived) -> None:
        """Ask again when it is about this order."""
        if news.concerns(self.number):
            self._ask()

    def _ask(self) -> None:
        seat = self.desk.seat
        if seat is None:
            return

        def work() -> None:
            from store.queries.card import OrderCard

            try:
                found: Card | Exception = seat.ask(OrderCard(number=self.number))
            except Exception as error:  # noqa: BLE001  whatever a store raises is told
                found = error
            self.post_message(self.Arrived(found))

        self._wait_for_it()
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False)

    def _wait_for_it(self) -> None:
        """Hold what is typed until there is something to choose from."""
        if self._found is None and self.is_current:
            self.desk.typed.after(self._wait_for_it)

    def on_related_screen_arrived(self, message: Arrived) -> None:
        """Show them; where there is only one, nobody has to choose."""
        message.stop()
        first = self._found is None
        self._found = message.found
        self._marked = min(self._marked, max(0, len(self._numbers) - 1))
        if first and len({*self._numbers}) == 1 and self.is_current:
            self.desk.go_back(self._numbers[0])
        else:
            self.show_lines()
        self.desk.typed.go_on()

    @property
    def _numbers(self) -> tuple[int, ...]:
        """Those that can be chosen, from the top."""
        if self._found is None or isinstance(self._found, Exception):
            return ()
        from console.render_family import relatives  # not before the first paint

        return tuple(number for _kind, number, _said in relatives(self._found))

    def action_mark(self, step: int) -> None:
        """Mark the one below or above; behind the last comes the first."""
        if self._numbers:
            self._marked = (self._marked + step) % len(self._numbers)
            self.show_lines()

    def action_take(self) -> None:
        """Go to the marked one."""
        if self._numbers:
            self.desk.go_back(self._numbers[self._marked])

    def action_back(self) -> None:
        """Go nowhere."""
        self.desk.go_back(None)

    def lines(self) -> tuple[Parts, ...]:
        """A line each, under what they are to the order."""
        if self._found is None:
            return (((_("asking the store ..."), "muted"),),)
        if isinstance(self._found, Exception):
            return (((f"✗ {worded(self._found)}", "overdue"),),)
        from console.render_family import relatives_lines  # not before the first paint

        return tuple(relatives_lines(self._found, self._marked))

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = ((_("↑ ↓ choose, Enter opens, Esc leaves "), "key"),)
        return (spread(((f" {self.title_line()}", "strong"),), keys, width),)
