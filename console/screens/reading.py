"""A screen that is only read: a title, a page, and Esc leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from console.desk_app import DeskApp
from console.i18n import _
from console.looks import spread
from console.widgets.bars import PartsBar
from console.widgets.pages import PartsPage

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat


class ReadingScreen(Screen[Any]):
    """Something to read."""

    DEFAULT_CSS = """
    ReadingScreen { background: $background; }
    ReadingScreen > #title { height: 1; background: $panel; }
    ReadingScreen > #page { height: 1fr; background: $surface; padding: 0 1; }
    """
    BINDINGS = [("escape,q,enter,question_mark", "back", "Back")]

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    def title_line(self) -> str:
        """What is read here."""
        raise NotImplementedError

    def lines(self) -> tuple[Parts, ...]:
        """What there is to read."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title and page."""
        yield PartsBar(id="title")
        yield PartsPage(id="page")

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#title", PartsBar).show(self._title)
        self.desk.focus_on(self.query_one(PartsPage))
        self.show_lines()

    def show_lines(self) -> None:
        """Show what there is to read now."""
        self.query_one("#title", PartsBar).renew()
        self.query_one(PartsPage).tell(self.lines())

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        leave = ((_("Esc back "), "muted"),)
        return (spread(((f" {self.title_line()}", "strong"),), leave, width),)

    def action_back(self) -> None:
        """To the screen below."""
        self.desk.go_back()

    # A reading screen lets the desk's life pass by.

    def tick(self, at: datetime) -> None:
        """Nothing here counts seconds."""

    def hear(self, news: NewsArrived) -> None:
        """What is read stays as it was opened."""

    def say_again(self) -> None:
        """Another language."""
        self.show_lines()

    def seated(self, seat: Seat) -> None:
        """Nothing to ask."""
