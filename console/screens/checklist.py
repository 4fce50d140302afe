"""The steps of an order's procedure: what is done and what is missing, one key a step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_sop import BY_KEY
from console.i18n import _
from console.looks import spread
from console.render_sop import how_far, keys_told, step_columns, step_row, step_told
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sop_commands import action_for
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from textual.widget import Widget

    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.sop import Checklist, StepLine


class ChecklistScreen(Telling, Commanding):
    """The steps above, the step at hand below; Enter does it, Esc leads back."""

    NAME = "checklist"
    DEFAULT_CSS = "ChecklistScreen > #step { background: $surface; }"
    NOT_HERE = frozenset({"take_back"})
    FOLLOWS = False
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        *(Binding(key, f"step('{key}')", show=False) for key in "123"),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._found: Checklist | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a step."""
        return step_columns()

    def below(self) -> Iterable[Widget]:
        """The step at hand, whole."""
        yield PartsBar(id="step")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#step", PartsBar).show(self._told)

    def hear(self, news: NewsArrived) -> None:
        """Ask again when it is about this order."""
        if news.concerns(self.number):
            self.ask_again()

    def tick(self, at: datetime) -> None:
        """Its times run on."""
        super().tick(at)
        if self._found is not None:
            self.query_one("#heading", PartsBar).renew()
            self.query_one("#step", PartsBar).renew()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> StepLine | None:
        """The step under the cursor."""
        key = self.table.cursor_key
        steps = self._found.steps if self._found is not None else ()
        return next((line for line in steps if line.place == key), None)

    def do_checklist(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), keys_told()))

    def action_step(self, key: str) -> None:
        """Something is done about the step at hand; what it must be told is asked."""
        from console.errand import Errand

        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_step, key))
            return
        self.hands.hush()
        line = self.chosen()
        if line is None:
            self.hands.refuse(_("no row is chosen"))
            return
        action = action_for(BY_KEY[key], self.number, line)
        questions = list(action.questions)
        errand = Errand(action=action, line=None, questions=questions, number=self.number)
        self.hands.open_or_go(errand)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """It is done."""
        message.stop()
        self.action_step("1")

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another step is at hand."""
        message.stop()
        self.query_one("#step", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Checklist:
        """Its steps as they stand."""
        from store.queries.sop import OrderSteps

        return seat.ask(OrderSteps(number=self.number))

    def take(self, found: Checklist) -> None:
        """In the order of the procedure."""
        self._found = found

    def show_rows(self) -> None:
        """One a step."""
        at = self.desk.now()
        steps = self._found.steps if self._found is not None else ()
        self.table.hold(HeldRows(tuple(step_row(line, at=at) for line in steps)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#step", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Which order, and how far it is."""
        if self._found is None:
            return ((),)
        text, tone = how_far(self._found, at=self.desk.now())
        how = _("Enter does it, Esc back ")
        order = f" #{self.number} "
        return (spread(((order, "strong"), (text, tone)), ((how, "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return step_told(self.chosen(), at=self.desk.now(), zone=self.desk.zone, width=width)
