"""How the desk's own alarms do: time to acknowledge, load, rules that cry wolf."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.carrying import told
from console.i18n import _
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.looks import Parts
    from console.seat import Seat
    from store.queries.alarm_figures import AlarmRule

_DAYS = 7


class FiguresScreen(ReadingScreen):
    """The figures of a week; Esc leads back."""

    class Arrived(Message):
        """The figures have come back."""

        def __init__(self, found: tuple[AlarmRule, ...] | Exception) -> None:
            super().__init__()
            self.found = found

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[AlarmRule, ...] | Exception = ()

    def set_up(self) -> None:
        """Ask for them."""
        super().set_up()
        seat = self.desk.seat
        if seat is not None:
            self.run_worker(partial(self._fetch, seat), thread=True, exit_on_error=False)

    def title_line(self) -> str:
        """What this screen is."""
        return _("Alarm figures")

    def lines(self) -> tuple[Parts, ...]:
        """All together, then rule by rule."""
        if isinstance(self._found, Exception):
            return (((told(self._found), "overdue"),),)
        from console.render_figures import figure_lines

        return figure_lines(self._found, days=_DAYS)

    def _fetch(self, seat: Seat) -> None:
        from store.queries.alarm_figures import AlarmRules

        try:
            found: tuple[AlarmRule, ...] | Exception = seat.ask(AlarmRules(days=_DAYS))
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Arrived(found))

    def on_figures_screen_arrived(self, message: Arrived) -> None:
        """Show them."""
        message.stop()
        self._found = message.found
        self.show_lines()
