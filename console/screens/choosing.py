"""A list about one order, asked from the store, from which one line is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.message import Message

from console.carrying import told as worded
from console.i18n import _
from console.looks import spread
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.feed import NewsArrived
    from console.looks import Parts
    from store.domain.intents import Query

Answer = TypeVar("Answer")


class ChoosingScreen(ReadingScreen, Generic[Answer]):
    """Its result is what the marked line stands for, or None; a list says what it asks and shows.

    Keys pressed before the list has come wait for it.
    """

    class Arrived(Message, bubble=False):
        """What was asked for has come."""

        def __init__(self, found: Any) -> None:
            super().__init__()
            self.found = found

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.found: Answer | None = None
        """None until the store has answered once."""
        self.marked = 0
        self._trouble: Exception | None = None

    def asks(self) -> Query[Answer]:
        """What the store is asked."""
        raise NotImplementedError

    def arrived(self, *, first: bool) -> None:
        """`found` is new: see to the mark."""
        raise NotImplementedError

    def rows(self, found: Answer) -> tuple[Parts, ...]:
        """What was found, a line or more each."""
        raise NotImplementedError

    def keys_told(self) -> str:
        """What the keys do here."""
        raise NotImplementedError

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
            try:
                found: Any = seat.ask(self.asks())
            except Exception as error:  # noqa: BLE001  whatever a store raises is told
                found = error
            self.post_message(self.Arrived(found))

        self._wait_for_it()
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False)

    @property
    def _asked(self) -> bool:
        return self.found is not None or self._trouble is not None

    def _wait_for_it(self) -> None:
        """Hold what is typed until there is something to choose from."""
        if not self._asked and self.is_current:
            self.desk.typed.after(self._wait_for_it)

    def on_choosing_screen_arrived(self, message: Arrived) -> None:
        """Show it; what was typed meanwhile goes on."""
        message.stop()
        first = not self._asked
        self._trouble = message.found if isinstance(message.found, Exception) else None
        self.found = None if self._trouble else message.found
        self.arrived(first=first)
        self.show_lines()
        self.desk.typed.go_on()

    def action_back(self) -> None:
        """Choose nothing."""
        self.desk.go_back(None)

    def lines(self) -> tuple[Parts, ...]:
        """The list, or why there is none."""
        if self._trouble is not None:
            return (((f"✗ {worded(self._trouble)}", "overdue"),),)
        if self.found is None:
            return (((_("asking the store ..."), "muted"),),)
        return self.rows(self.found)

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = ((self.keys_told(), "key"),)
        return (spread(self.headed(), keys, width),)
