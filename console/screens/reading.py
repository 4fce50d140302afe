"""A screen that is only read: a title, a page, and Esc leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.actions import ACTIONS
from console.desk_app import DeskApp
from console.i18n import _
from console.keys_in_force import bind, usual
from console.looks import spread
from console.render_bars import QUEUE_KEYS, drill_part, ringing_part
from console.slicing import Sliced
from console.widgets.bars import PartsBar
from console.widgets.pages import PartsPage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from textual import events
    from textual.app import ComposeResult

    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat


MARK = " > "
"""Before the line that is marked, where one is."""


def acting_keys(keymap: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Keys that do something on the board."""
    queues = {"minus" if key == "-" else key for key in QUEUE_KEYS}
    return frozenset(queues.union(*({**usual(), **keymap}[name] for name in ACTIONS)))


class ReadingScreen(Sliced[Any]):
    """Something to read."""

    DEFAULT_CSS = """
    ReadingScreen { background: $background; }
    ReadingScreen > #title { height: 1; background: $panel; }
    ReadingScreen > #page { height: 1fr; background: $surface; padding: 0 1; }
    """
    BINDINGS = [("escape,q,enter,question_mark", "back", "Back")]

    _astray = False
    """Whether the last key was one that acts only on other screens."""
    _acting: frozenset[str] = frozenset()

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
        """Once; Textual would call the handler of every class of a screen."""
        bind(self, self.desk.keys)
        self._acting = acting_keys(self.desk.keys)
        self.set_up()

    def set_up(self) -> None:
        """The arrows scroll."""
        self.query_one("#title", PartsBar).show(self._title)
        self.desk.focus_on(self.query_one(PartsPage))
        self.show_lines()

    def show_lines(self) -> None:
        """Show what there is to read now."""
        self.query_one("#title", PartsBar).renew()
        self.query_one(PartsPage).tell(self.lines())

    def show_marked(self) -> None:
        """The same where a line is marked: the page follows the mark."""
        self.show_lines()
        lines = self.lines()
        places = [place for place, line in enumerate(lines) if line and line[0][0] == MARK]
        if places:
            self.query_one(PartsPage).bring(places[0], places[0] + 2)  # with what is said below

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        leave = (_("this key works on the board; Esc back "), "soon")
        if not self._astray:
            leave = (_("Esc back "), "muted")
        rings = (*ringing_part(self.desk.standing), ("  ", ""))
        return (spread(self.headed(), (*rings, leave), width),)

    def headed(self) -> Parts:
        """What is read here, and whether all of it is a drill."""
        drill = drill_part(self.desk.standing, self.desk.now())
        return (*drill, (f" {self.title_line()}", "strong"))

    def on_key(self, event: events.Key) -> None:
        """A key that acts elsewhere does not act here, and says so."""
        bound = event.key in self._bindings.key_to_bindings
        self._astray = not bound and event.key in self._acting
        self.query_one("#title", PartsBar).renew()

    def action_back(self) -> None:
        """To the screen below."""
        self.desk.go_back()

    # A reading screen lets the desk's life pass by.

    def tick(self, at: datetime) -> None:  # noqa: ARG002  others need it
        """Alarms that begin to ring are told of."""
        self.query_one("#title", PartsBar).renew()

    def hear(self, news: NewsArrived) -> None:
        """What is read stays as it was opened."""

    def say_again(self) -> None:
        """Another language."""
        self.show_lines()

    def seated(self, seat: Seat) -> None:
        """Nothing to ask."""
