"""What will be missed in the next four hours at the present load, the worst first, and why."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.carrying import told
from console.i18n import _
from console.looks import spread
from console.pacing import Newest, Paced
from console.panes.hand_bar import HandBar
from console.render_forecast import forecast_columns, forecast_row, load_said, outlook_said
from console.screens.working import WorkingScreen
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.work_table import WorkTable
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.actions_kinds import Situation
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from store.queries.forecast import Outlook

_APART_S = 5.0
"""The whole load is reckoned with: not at every piece of news."""
_THERE = N_("Enter opens the order; this is to be done there")


class ForecastScreen(WorkingScreen):
    """The list; Enter opens an order, Esc leads back."""

    CSS = """
    ForecastScreen { background: $background; }
    ForecastScreen #status, ForecastScreen #keys, ForecastScreen #heading { height: 1; }
    ForecastScreen #status, ForecastScreen #keys { background: $panel; }
    ForecastScreen #heading { background: $surface; }
    """
    BINDINGS: ClassVar = [Binding("escape,backspace,F", "back", show=False)]

    class Arrived(Message):
        """The forecast has come."""

        def __init__(self, found: Outlook | Exception, question: int) -> None:
            super().__init__()
            self.found = found
            self.question = question

    def __init__(self) -> None:
        super().__init__()
        self._outlook: Outlook | None = None
        self._questions = Newest()
        self._ask = Paced(self, _APART_S, self._look)

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsBar(id="heading")
        yield WorkTable(forecast_columns(), HeldRows(), at=self.desk.now(), id="missed")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> WorkTable:
        """The orders."""
        return self.query_one(WorkTable)

    def on_mount(self) -> None:
        """The arrows go through the orders."""
        self.table.follow = True
        super().on_mount()
        self.hands.home = self.table
        self.query_one("#heading", PartsBar).show(self._heading)
        self.desk.focus_on(self.table)

    def line(self) -> None:
        """No order: it is changed where it is shown whole."""

    def situation(self) -> Situation:
        """What is about an order is done there."""
        lacks = {
            name: _THERE for name in ACTIONS if name != "quit" and not hasattr(self, f"do_{name}")
        }
        return replace(super().situation(), lacks=lacks)

    def action_act(self, name: str) -> None:
        """What this screen can; else say where it can be done."""
        lacking = self.situation().lacks.get(name)
        if lacking is not None:
            self.hands.refuse(partial(_, lacking))
        else:
            super().action_act(name)

    def seated(self, seat: Seat) -> None:
        """Ask for it."""
        super().seated(seat)
        self._ask()

    def tick(self, at: datetime) -> None:
        """The deadlines come nearer."""
        super().tick(at)
        self.table.tick(at)

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any news may change the load
        """Ask again."""
        self._ask()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self.table.set_columns(forecast_columns())
        self._show()

    def action_back(self) -> None:
        """To the screen below."""
        self.desk.go_back()

    def do_forecast(self) -> None:
        """We are there."""

    def do_refresh(self) -> None:
        """Ask again."""
        self._ask.now()

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order itself."""
        from console.screens.details import DetailsScreen

        message.stop()
        if isinstance(message.key, int):
            self.desk.go_to(DetailsScreen(message.key))

    # -- asking and showing ------------------------------------------------------------------

    def _look(self) -> None:
        if self.desk.seat is not None:
            work = partial(self._fetch, self.desk.seat, self._questions.ask())
            self.run_worker(work, thread=True, group="forecast", exit_on_error=False)

    def _fetch(self, seat: Seat, question: int) -> None:
        from store.queries.forecast import Forecast

        try:
            found: Outlook | Exception = seat.ask(Forecast())
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Arrived(found, question))

    def on_forecast_screen_arrived(self, message: Arrived) -> None:
        """Show it; what was shown stays when nothing came."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if isinstance(message.found, Exception):
            self.hands.refuse(told(message.found))
            return
        self._outlook = message.found
        self._show()
        self.renew_bars()

    def _show(self) -> None:
        found = self._outlook.foreseen if self._outlook else ()
        rows = tuple(forecast_row(one, place) for place, one in enumerate(found))
        self.table.set_source(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()

    def _heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        if self._outlook is None:
            reckoning = _("reckoning ...")
            return (((f" {reckoning}", "muted"),),)
        text, tone = outlook_said(self._outlook, self.desk.zone)
        load = load_said(self._outlook)
        return (spread(((f" {text}", tone),), ((f"{load} ", "muted"),), width),)
