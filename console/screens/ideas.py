"""The suggestion box: who suggested what, what became of it, and what the fund has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions import ACTIONS
from console.actions_ideas import IDEA_DEEDS
from console.i18n import _
from console.looks import spread
from console.render_ideas import box_heading, idea_columns, idea_row, idea_told, keys_told
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.ideas import Box, IdeaLine


class IdeasScreen(Telling, Commanding):
    """The list above, the suggestion at hand below; Esc leads back."""

    NAME = "ideas"
    DEFAULT_CSS = "IdeasScreen > #idea { background: $surface; }"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        *(Binding(key, f"step('{name}')", show=False) for key, name in IDEA_DEEDS.by_key().items()),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Box | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a suggestion."""
        return idea_columns()

    def below(self) -> Iterable[Widget]:
        """The suggestion at hand, whole."""
        yield PartsBar(id="idea")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#idea", PartsBar).show(self._told)

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> IdeaLine | None:
        """The suggestion under the cursor."""
        key = self.table.cursor_key
        lines = self._found.ideas if self._found is not None else ()
        return next((line for line in lines if line.idea.id == key), None)

    def do_ideas(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), keys_told()))

    def action_step(self, name: str) -> None:
        """One step of the suggestion at hand; what it must be told is asked."""
        from console.errand import Errand

        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_step, name))
            return
        self.hands.hush()
        line = self.chosen()
        about, seen = "", None
        if IDEA_DEEDS.steps[name].of:
            if line is None:
                self.hands.refuse(_("no row is chosen"))
                return
            about, seen = str(line.idea.id), line.idea.version
        action = IDEA_DEEDS.step(ACTIONS["ideas"], name, about, seen)
        self.hands.open_or_go(Errand(action=action, line=None, questions=list(action.questions)))

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """All that there is stands below the list already."""
        message.stop()

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another suggestion is at hand."""
        message.stop()
        self.query_one("#idea", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Box:
        """All of them."""
        from store.queries.ideas import ListIdeas

        return seat.ask(ListIdeas())

    def take(self, found: Box) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """Those to be judged first."""
        at = self.desk.now()
        lines = self._found.ideas if self._found is not None else ()
        self.table.hold(HeldRows(tuple(idea_row(one, n, at=at) for n, one in enumerate(lines))))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#idea", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are, and what the fund has."""
        if self._found is None:
            return ((),)
        how = _("digits do a step, Esc back ")
        return (spread(((f" {box_heading(self._found)[0]}", "strong"),), ((how, "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return idea_told(self.chosen(), at=self.desk.now(), zone=self.desk.zone, width=width)
