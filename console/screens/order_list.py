"""Exactly the orders that a number is of: Enter opens one, Esc leads back to the number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.i18n import _, _n
from console.looks import spread
from console.render_card import when
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.columns import Column
from console.widgets.window import Row
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.work_table import WorkTable
    from store.domain.intents import Query
    from store.queries.board import BoardLine

_MOST = 1000


class OrderListScreen(Telling):
    """What a question for numbers of orders finds, each with what a board shows of it."""

    NAME = "order_list"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [Binding("escape,backspace", "back", show=False)]

    def __init__(self, question: Query[tuple[int, ...]], about: str) -> None:
        super().__init__()
        self._question, self._about = question, about
        self._numbers: tuple[int, ...] = ()
        self._lines: Mapping[int, BoardLine] = {}

    def columns(self) -> tuple[Column, ...]:
        """What is told of an order."""
        return (
            Column(name="number", title=_("order"), width=7, align="right"),
            Column(name="priority", title=_("P"), width=2),
            Column(name="state", title=_("state"), width=10),
            Column(name="opened", title=_("opened"), width=11),
            Column(name="title", title=_("title"), width=20, flexible=True),
            Column(name="site", title=_("site"), width=12, flexible=True, since=90),
        )

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order, with its whole story."""
        message.stop()
        key = self.table.cursor_key
        if isinstance(key, int):
            self.open_details(key, self._lines.get(key))

    def asked(self, seat: Seat) -> tuple[tuple[int, ...], Mapping[int, BoardLine]]:
        """The numbers, then their lines."""
        from store.queries.named import LinesOf

        numbers = seat.ask(self._question)
        return numbers, seat.ask(LinesOf(numbers=numbers[:_MOST])) if numbers else {}

    def take(self, found: tuple[tuple[int, ...], Mapping[int, BoardLine]]) -> None:
        """Both at once."""
        self._numbers, self._lines = found

    def show_rows(self) -> None:
        """By number."""
        at, zone = self.desk.now(), self.desk.zone
        rows = []
        for number in self._numbers[:_MOST]:
            line = self._lines.get(number)
            cells: tuple[str, ...] = (str(number), "", "", "", "", "")
            if line is not None:
                cells = (
                    *(str(number), f"P{line.priority}", _(STATES[line.state].label)),
                    *(when(line.opened_at, zone, at=at), line.title, line.site_name or ""),
                )
            rows.append(Row(key=number, version=hash(cells), mark=(number,), cells=cells))
        self.table.hold(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Of what, and how many."""
        count = len(self._numbers)
        many = _n("{count} order", "{count} orders", count).format(count=count)
        how = _("Enter order, Esc back ")
        left = ((f" {self._about}  ", "strong"), (many, ""))
        return (spread(left, ((how, "muted"),), width),)
