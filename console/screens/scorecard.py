"""Score cards of a month: one figure at hand, Enter lists exactly its orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.i18n import _
from console.looks import spread
from console.render_scorecard import SHOWN, cards_heading, figure_told, score_columns, score_row
from console.render_time import here
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.zones import called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.domain.scorecard import Measure
    from store.queries.scorecard import Card, Cards


class ScorecardScreen(Telling, Commanding):
    """The list above, the figure at hand and the rules below; Esc leads back."""

    NAME = "scorecards"
    DEFAULT_CSS = "ScorecardScreen > #figure { background: $surface; }"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding("left", "figure(-1)", show=False),
        Binding("right", "figure(1)", show=False),
        Binding("left_square_bracket", "month(-1)", show=False),
        Binding("right_square_bracket", "month(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Cards | None = None
        self._figure = 0
        self._months = 0
        """How many months before this one, as a number below 0."""

    def columns(self) -> tuple[Column, ...]:
        """What is told of a technician."""
        return score_columns(self.measure)

    def below(self) -> Iterable[Widget]:
        """How the figure at hand came about."""
        yield PartsBar(id="figure")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#figure", PartsBar).show(self._told)

    @property
    def measure(self) -> Measure:
        """The figure at hand."""
        return SHOWN[self._figure]

    @property
    def month(self) -> str:
        """The month that is shown: at first the one that we are in."""
        today = here(self.desk.now(), self.desk.zone)
        year, month = divmod(today.year * 12 + today.month - 1 + self._months, 12)
        return f"{year:04d}-{month + 1:02d}"

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> Card | None:
        """The technician under the cursor."""
        key = self.table.cursor_key
        cards = self._found.cards if self._found is not None else ()
        return next((card for card in cards if card.id == key), None)

    def do_scorecards(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def action_figure(self, step: int) -> None:
        """Another figure is at hand."""
        self._figure = (self._figure + step) % len(SHOWN)
        self.table.set_columns(self.columns())
        self.show_rows()

    def action_month(self, step: int) -> None:
        """Another month; none is ahead of this one."""
        self._months = min(0, self._months + step)
        self._found = None
        self.show_rows()
        self.ask_again.now()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Exactly the orders that the figure at hand is of."""
        from console.screens.order_list import OrderListScreen
        from store.queries.scorecard import ScoreOrders

        message.stop()
        card = self.chosen()
        if card is None or self._found is None:
            return
        if self.measure not in card.figures:
            self.hands.refuse(_("no order counts: there is no figure"))
            return
        asked = ScoreOrders(
            month=self._found.month,
            zone=self._found.zone,
            technician=card.code,
            measure=self.measure.value,
        )
        self.desk.go_to(OrderListScreen(asked, f"{card.name}  {self._found.month}"))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another technician is at hand."""
        message.stop()
        self.query_one("#figure", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Cards:
        """The month, by the desk's clock."""
        from store.queries.scorecard import ScoreCards

        return seat.ask(ScoreCards(month=self.month, zone=called(self.desk.zone, self.desk.now())))

    def take(self, found: Cards) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """The best score first; who has none after all others."""
        cards = self._found.cards if self._found is not None else ()
        self.table.hold(HeldRows(tuple(score_row(card, n) for n, card in enumerate(cards))))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#figure", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Which month, and who is honoured."""
        if self._found is None:
            reading = _("{month}  reading …").format(month=self.month)
            return (((f" {reading}", "muted"),),)
        text, tone = cards_heading(self._found)
        return (spread(((f" {text}", tone),), (), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return figure_told(self._found, self.chosen(), self.measure, width)
