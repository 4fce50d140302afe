"""Actions by Plan, Do, Check and Act: what is late, what each waits for, and one key a step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_corrective import BY_KEY
from console.corrective_steps import step
from console.i18n import _
from console.looks import spread
from console.render_corrective import (
    action_told,
    corrective_columns,
    corrective_row,
    how_many,
    keys_told,
)
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.corrective import ActionLine


class CorrectiveScreen(Telling, Commanding):
    """The board above, the action at hand below; Enter opens its order, Esc leads back."""

    NAME = "correctives"
    DEFAULT_CSS = "CorrectiveScreen > #action { background: $surface; }"
    NOT_HERE = frozenset({"take_back"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        *(Binding(key, f"step('{key}')", show=False) for key in "0123456789"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[ActionLine, ...] | None = None
        self._minute = -1

    def columns(self) -> tuple[Column, ...]:
        """What is told of an action."""
        return corrective_columns()

    def below(self) -> Iterable[Widget]:
        """The action at hand, whole."""
        yield PartsBar(id="action")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#action", PartsBar).show(self._told)

    def tick(self, at: datetime) -> None:
        """Once a minute each is older."""
        super().tick(at)
        minute = self.desk.rota.minute(at)
        if minute != self._minute:
            self._minute = minute
            self.ask_again()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> ActionLine | None:
        """The action under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._found or () if line.action.id == key), None)

    def do_correctives(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def do_help(self) -> None:
        """The keys of this board before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), keys_told()))

    def action_step(self, key: str) -> None:
        """One step of the action at hand; what it must be told is asked."""
        from console.errand import Errand

        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_step, key))
            return
        self.hands.hush()
        line = self.chosen()
        if line is None:
            self.hands.refuse(_("no row is chosen"))
            return
        action = step(BY_KEY[key], line.action.id, line.action.version)
        questions = list(action.questions)
        number = line.action.number
        errand = Errand(action=action, line=None, questions=questions, number=number)
        self.hands.open_or_go(errand)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order that it came from, with its whole story."""
        message.stop()
        line = self.chosen()
        if line is not None:
            self.open_details(line.action.number)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another action is at hand."""
        message.stop()
        self.query_one("#action", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[ActionLine, ...]:
        """Those that are open."""
        from store.queries.corrective import ListActions

        return seat.ask(ListActions())

    def take(self, found: tuple[ActionLine, ...]) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """By stage, what rings first before the others."""
        at = self.desk.now()
        lines = enumerate(self._found or ())
        self.table.hold(HeldRows(tuple(corrective_row(line, n, at=at) for n, line in lines)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#action", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are in each stage."""
        if self._found is None:
            return ((),)
        text, tone = how_many(self._found, at=self.desk.now())
        how = _("digits do a step, Enter order, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return action_told(self.chosen(), at=self.desk.now(), zone=self.desk.zone, width=width)
