"""Exactly the rows that a figure is of: orders, each of which opens, or shifts, or contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from console.figure_words import value_said
from console.i18n import _, _n
from console.looks import spread
from console.numbered import NumberedSource, order_columns
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.columns import Column
from console.widgets.window import Row
from console.words_voices import outcome_told
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import ClassVar

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.work_table import WorkTable
    from store.domain.kpi.baseline import Sure
    from store.queries.kpi import CalledRow, Figure


class BehindScreen(Telling):
    """The list as it was when it was asked for; Enter opens an order, Esc leads back."""

    NAME = "behind"
    BINDINGS: ClassVar = [Binding("escape,backspace", "back", show=False)]

    def __init__(self, name: str, told: Mapping[str, Any], figure: Figure | Sure) -> None:
        super().__init__()
        self._kpi = name
        self._told = told
        """What figures of the same orders are told, see `KpiRows`."""
        self._figure = figure
        self._numbers: tuple[int, ...] = ()
        self._called: tuple[CalledRow, ...] = ()

    @property
    def of_orders(self) -> bool:
        """Whether its rows are orders."""
        return KPIS[self._kpi].rows is Rows.ORDERS

    def columns(self) -> tuple[Column, ...]:
        """What is told of a row."""
        if self.of_orders:
            return order_columns()
        return (
            Column(name="code", title=_("of"), width=14, flexible=True),
            Column(name="first", title=_("from"), width=22),
            Column(name="last", title=_("to"), width=22),
            Column(name="outcome", title=_("outcome"), width=14),
        )

    def hear(self, _news: object) -> None:
        """What is listed is of the moment when it was asked for; ^R asks again."""

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order itself."""
        message.stop()
        if self.of_orders and not self.table.settled:
            self.desk.typed.after(self.table.action_choose, may_leave=True)
            return
        place = message.key
        if not self.of_orders and isinstance(place, int) and place < len(self._called):
            self._open_project(self._called[place].project)
            return
        if self.of_orders and isinstance(place, int) and place < len(self._numbers):
            self.open_details(self._numbers[place])

    def _open_project(self, project: int | None) -> None:
        """The project that a row is, or is of."""
        if project is not None:
            from console.screens.project import ProjectScreen

            self.desk.go_to(ProjectScreen(project))

    def on_work_table_landed(self, message: WorkTable.Landed) -> None:
        """The rows have come: keys about them may go on."""
        message.stop()
        if self.is_current:
            self.desk.typed.go_on()

    def _later(self, move: Callable[[], None]) -> bool:
        """Also while rows are on their way, which are read as they come onto the screen."""
        if self._answered and not self.table.settled and self.desk.seat is not None:
            self.desk.typed.after(move, may_leave=True)
            return True
        return super()._later(move)

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[tuple[int, ...], tuple[CalledRow, ...]]:
        """The same question that the figure was reckoned from."""
        from store.queries.kpi import KpiCalled, KpiRows

        numbers = seat.ask(KpiRows(name=self._kpi, **self._told))
        if self.of_orders:
            return numbers, ()
        called = KpiCalled(name=self._kpi, rows=numbers, zone=self._told["zone"])
        return numbers, seat.ask(called)

    def take(self, found: tuple[tuple[int, ...], tuple[CalledRow, ...]]) -> None:
        """As the store sorts them."""
        self._numbers, self._called = found

    def show_rows(self) -> None:
        """Orders are read as they come onto the screen."""
        seat = self.desk.seat
        if self.of_orders and seat is not None:
            self.table.set_source(NumberedSource(seat, self._numbers, self.desk.zone))
        else:
            self.table.hold(HeldRows(tuple(map(_row, range(len(self._called)), self._called))))
        self.query_one("#heading", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Which figure, and how many rows it is of."""
        if not self._answered:
            return (((f" {_('reckoning ...')}", "muted"),),)
        count = len(self._numbers)
        said = _n("{figure} {value}: of this one", "{figure} {value}: of these {count}", count)
        days = _("{first} to {last}").format(first=self._told["first"], last=self._told["last"])
        text = said.format(
            figure=_(KPIS[self._kpi].label), value=value_said(self._figure), count=count
        )
        how = _("Enter order, Esc back ") if self.of_orders else _("Esc back ")
        left = ((f" {text}", "strong"), (f"  {days}", "muted"))
        return (spread(left, ((how, "muted"),), width),)


def _row(place: int, line: CalledRow) -> Row:
    cells = (line.code, line.first, line.last, outcome_told(line.outcome))
    return Row(key=place, version=hash(cells), mark=(place,), cells=cells)
