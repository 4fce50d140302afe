"""What was done to an order, command by command; Enter takes the marked one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from console.carrying import told as worded
from console.i18n import _
from console.looks import spread
from console.render_card import when
from console.screens.reading import ReadingScreen
from store.domain.facts import FACTS

if TYPE_CHECKING:
    from console.feed import NewsArrived
    from console.looks import Parts
    from store.queries.deeds import DeedLine


class TakeBackScreen(ReadingScreen):
    """The newest first; its result is the journal entry of what shall be taken back."""

    BINDINGS = [
        Binding("enter", "take", show=False, id="take_back.take"),
        Binding("escape,q", "back", show=False, id="take_back.leave"),
        Binding("down,j", "mark(1)", show=False, priority=True, id="take_back.down"),
        Binding("up,k", "mark(-1)", show=False, priority=True, id="take_back.up"),
    ]

    class Arrived(Message, bubble=False):
        """What was done has been asked for."""

        def __init__(self, deeds: tuple[DeedLine, ...] | Exception) -> None:
            super().__init__()
            self.deeds = deeds

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._deeds: tuple[DeedLine, ...] | Exception | None = None
        self._marked = 0

    def title_line(self) -> str:
        """Which order."""
        return _("#{number}: what was done").format(number=self.number)

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
            from store.queries.deeds import Deeds

            try:
                found: tuple[DeedLine, ...] | Exception = seat.ask(Deeds(number=self.number))
            except Exception as error:  # noqa: BLE001  whatever a store raises is told
                found = error
            self.post_message(self.Arrived(found))

        self._wait_for_it()
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False)

    def _wait_for_it(self) -> None:
        """Hold what is typed until there is something to choose from."""
        if self._deeds is None and self.is_current:
            self.desk.typed.after(self._wait_for_it)

    def on_take_back_screen_arrived(self, message: Arrived) -> None:
        """Show it; the mark stands on the newest that can be taken back."""
        message.stop()
        found = message.deeds
        self._deeds = found if isinstance(found, Exception) else tuple(reversed(found))
        places = [place for place, deed in enumerate(self._shown) if deed.why_not is None]
        self._marked = places[0] if places else 0
        self.show_lines()
        self.desk.typed.go_on()

    @property
    def _shown(self) -> tuple[DeedLine, ...]:
        return self._deeds if isinstance(self._deeds, tuple) else ()

    def action_mark(self, step: int) -> None:
        """Mark the one below or above."""
        if self._shown:
            self._marked = max(0, min(len(self._shown) - 1, self._marked + step))
            self.show_lines()

    def action_take(self) -> None:
        """Take the marked one back, if it can be."""
        if self._shown and self._shown[self._marked].why_not is None:
            self.desk.go_back(self._shown[self._marked].id)

    def action_back(self) -> None:
        """Take nothing back."""
        self.desk.go_back(None)

    def lines(self) -> tuple[Parts, ...]:
        """A line a command: when, what, by whom; below the marked one why it stays."""
        if self._deeds is None:
            return (((_("asking the store ..."), "muted"),),)
        if isinstance(self._deeds, Exception):
            return (((f"✗ {worded(self._deeds)}", "overdue"),),)
        return tuple(
            row for place, deed in enumerate(self._shown) for row in self._row(place, deed)
        )

    def _row(self, place: int, deed: DeedLine) -> tuple[Parts, ...]:
        marked = place == self._marked
        at = when(deed.at, self.desk.zone, at=self.desk.now())
        may = deed.why_not is None
        tone = "held" if marked else "" if may else "muted"
        state = "" if deed.in_effect else _(" (taken back)")
        name = _(FACTS.get(deed.fact, deed.fact))
        line: Parts = (
            (" > " if marked else "   ", tone),
            (f"{at:<12} {name}{state}", tone),
            (f"  {deed.by_name or '?'}", "muted"),
        )
        if marked and deed.why_not is not None:
            return (line, ((f"     ✗ {_(deed.why_not)}", "overdue"),))
        return (line,)

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = ((_("↑ ↓ choose, Enter takes back, Esc leaves "), "key"),)
        return (spread(((f" {self.title_line()}", "strong"),), keys, width),)
