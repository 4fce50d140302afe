"""Sessions of a served desk: who is in, for administrators alone; one is ended, all are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from console.actions_sessions import NOTICE, ending
from console.i18n import _, _n
from console.looks import cut, spread
from console.render_sessions import session_columns, session_row
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store.domain.session_refusals import NotServed
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.who_is_in import SessionLine
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable

KEYS: Final[Mapping[str, str]] = {
    "x Enter": N_("end the session, once that is confirmed; its drafts are kept"),
    "n": N_("tell every console something, in a line that stays until it is read"),
}
"""What the keys of this list do."""
_EVERY_S: Final = 5
"""How often it is asked again: who comes and goes is no news of the store."""


class SessionsScreen(Telling, Commanding):
    """The list above, the key of the one at hand below; Esc leads back."""

    NAME = "sessions"
    says_back = True
    DEFAULT_CSS = "SessionsScreen > #his_key { background: $surface; }"
    THERE = N_("this is done to an order")
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace,f7", "back", show=False),
        Binding("n", "notice", show=False),
        Binding("x", "end", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sessions: tuple[SessionLine, ...] | None = None
        self._ticks = 0

    def columns(self) -> tuple[Column, ...]:
        """What is told of a session."""
        return session_columns()

    def below(self) -> Iterable[Widget]:
        """By which key he came."""
        yield PartsBar(id="his_key")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#his_key", PartsBar).show(self._key)

    def chosen(self) -> SessionLine | None:
        """The session under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._sessions or () if line.number == key), None)

    # -- keys --------------------------------------------------------------------------------

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), KEYS))

    def do_sessions(self) -> None:
        """We are there."""

    def action_notice(self) -> None:
        """Ask for the sentence."""
        self.hands.begin(NOTICE, self.situation())

    def action_end(self) -> None:
        """Ask once, and end it."""
        line = self.chosen()
        if line is None:
            self.hands.refuse(_("no session is chosen"))
        else:
            self.hands.begin(ending(line.number, line.operator), self.situation())

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Enter: end it."""
        message.stop()
        self.action_end()

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another session is at hand."""
        message.stop()
        self.query_one("#his_key", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def tick(self, at: datetime) -> None:
        """Now and then look who is there."""
        super().tick(at)
        self._ticks += 1
        if self._ticks % _EVERY_S == 0:
            self.ask_again.now()

    def asked(self, seat: Seat) -> tuple[SessionLine, ...]:
        """All of them, from the process that holds them."""
        afar = getattr(seat.records, "sessions", None)
        if afar is None:
            raise NotServed
        found: tuple[SessionLine, ...] = afar(who=seat.who, at=seat.now())
        return found

    def take(self, found: tuple[SessionLine, ...]) -> None:
        """As they came in."""
        self._sessions = found

    def show_rows(self) -> None:
        """The sessions, and the key of the one at hand."""
        at, zone = self.desk.now(), self.desk.zone
        rows = (session_row(line, at=at, zone=zone) for line in self._sessions or ())
        self.table.hold(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#his_key", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are, and the keys."""
        if self._sessions is None:
            return ((),)
        count = len(self._sessions)
        said = _n("{count} session", "{count} sessions", count).format(count=count)
        return (spread(((f" {said}", "strong"),), ((_("x end, n notice "), "muted"),), width),)

    def _key(self, width: int, _height: int) -> tuple[Parts, ...]:
        line = self.chosen()
        if line is None:
            return ()
        by = safe(line.key) or _("no key of the desk")
        said = f" {safe(_(line.name))}  {by}  {safe(line.terminal)}"
        return (cut(((said, "muted"),), width),)
