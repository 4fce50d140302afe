"""All kinds of work: how many orders each has, how long it takes, whom and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.i18n import _
from console.looks import spread
from console.render_kinds import how_many, kind_columns, kind_named, kind_row, kind_told
from console.screens.commanding import Commanding
from console.screens.sifting import Sifting
from console.widgets.bars import PartsBar
from store.queries.kinds import KindOfWork, KindsOfWork, OrdersOfKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable

_MOST = 500


class KindsScreen(Sifting, Commanding):
    """The kinds above, the one at hand below; Enter lists its orders, Esc leads back."""

    NAME = "kinds"
    DEFAULT_CSS = "KindsScreen > #kind { background: $surface; }"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [Binding("escape,backspace", "back", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[KindOfWork, ...] | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a kind."""
        return kind_columns()

    def below(self) -> Iterable[Widget]:
        """The one at hand, whole."""
        yield PartsBar(id="kind")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#kind", PartsBar).show(self._told)

    def do_kinds(self) -> None:
        """We are there: the same word leads back."""
        self.action_back()

    def chosen(self) -> KindOfWork | None:
        """The one under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._found or () if line.code == key), None)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Exactly the orders that its number counts."""
        from console.screens.order_list import OrderListScreen

        message.stop()
        line = self.chosen()
        if line is not None:
            self.desk.go_to(OrderListScreen(OrdersOfKind(kind=line.code), kind_named(line)))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another one is at hand."""
        message.stop()
        self.query_one("#kind", PartsBar).renew()

    def asked(self, seat: Seat) -> tuple[KindOfWork, ...]:
        """All of them."""
        return seat.ask(KindsOfWork(limit=_MOST))

    def take(self, found: tuple[KindOfWork, ...]) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """Those of most orders first."""
        self.hold(kind_row(line, place) for place, line in enumerate(self._found or ()))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#kind", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are."""
        if self._found is None:
            reading = _("reading …")
            return (((f" {reading}", "muted"),),)
        text, tone = how_many(self._found)
        how = _("Enter its orders, / words, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return kind_told(self.chosen(), width)
