"""What will be missed in the next four hours at the present load, the worst first, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.i18n import _
from console.looks import spread
from console.looks import width as cells_of
from console.render_forecast import forecast_columns, forecast_row, load_said, outlook_said
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.forecast import Outlook


class ForecastScreen(Telling):
    """The list; Enter opens an order, Esc leads back."""

    NAME = "forecast"
    DEFAULT_CSS = """
    ForecastScreen > #heading { height: auto; }
    """
    BINDINGS: ClassVar = [Binding("escape,backspace,F", "back", show=False)]
    APART_S = 5.0
    """The whole load is reckoned with: not at every piece of news."""

    def __init__(self) -> None:
        super().__init__()
        self._outlook: Outlook | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a miss."""
        return forecast_columns()

    def do_forecast(self) -> None:
        """We are there."""

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order itself."""
        message.stop()
        if isinstance(message.key, int):
            self.open_details(message.key)

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Outlook:
        """For the hours to come."""
        from store.queries.forecast import Forecast

        return seat.ask(Forecast())

    def take(self, found: Outlook) -> None:
        """With the load that it comes from."""
        self._outlook = found

    def show_rows(self) -> None:
        """The worst first."""
        found = self._outlook.foreseen if self._outlook else ()
        at, zone = self.desk.now(), self.desk.zone
        rows = tuple(forecast_row(one, place, zone, at=at) for place, one in enumerate(found))
        self.table.hold(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """What will be missed, and how much there is to do."""
        if self._outlook is None:
            reckoning = _("reckoning ...")
            return (((f" {reckoning}", "muted"),),)
        text, tone = outlook_said(self._outlook, self.desk.zone, at=self.desk.now())
        load = load_said(self._outlook)
        first, told = ((f" {text}", tone),), ((f"{load} ", "muted"),)
        if cells_of(first) + cells_of(told) < width:
            return (spread(first, told, width),)
        return (first, ((f" {load}", "muted"),))

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = ((" Enter ", "key"), (_("order") + " ", ""), (" Esc ", "key"), (_("back"), ""))
        return (spread(keys, (), width),)
