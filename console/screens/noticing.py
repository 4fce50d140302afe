"""The part of the board that shows who else is at an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.screens.minding import Minding
from console.widgets.pages import PartsPage
from console.widgets.work_table import WorkTable

if TYPE_CHECKING:
    from store.queries.presence import Attendance


class Noticing(Minding):
    """Asks nothing itself: the desk knows."""

    @property
    def number_at_cursor(self) -> int | None:
        """The chosen order's."""
        key = self.query_one("#orders", WorkTable).cursor_key
        return key if isinstance(key, int) else None

    def show_card(self) -> None:
        """Show the chosen order; to be filled by the board."""

    def looked_at(self) -> int | None:
        """The chosen order, where its card is shown."""
        return self.number_at_cursor if self.query_one("#card", PartsPage).display else None

    def at_the_chosen(self) -> tuple[Attendance, ...]:
        """Who else is at the order whose card is shown."""
        return self.desk.attention.at_order(self.number_at_cursor, at=self.desk.now())

    def show_presence(self) -> None:
        """On the card, and before the rows."""
        super().show_presence()
        signs = self.desk.attention.signs(at=self.desk.now())
        self.query_one("#orders", WorkTable).mark(signs)
        self.show_card()
