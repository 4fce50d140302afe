"""Packs that were written: the newest first; Enter shows one as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from console.i18n import _
from console.looks import spread
from console.render_packs import pack_columns, pack_row, packs_heading
from console.screens.commanding import Commanding
from console.screens.sifting import Sifting
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.packs import PackLine


class PacksScreen(Sifting, Commanding):
    """One line a pack; Enter shows it, Esc leads back."""

    NAME = "packs"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [Binding("escape,backspace", "back", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[PackLine, ...] = ()

    def columns(self) -> tuple[Column, ...]:
        """What is told of a pack."""
        return pack_columns()

    def do_packs(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def asked(self, seat: Seat) -> tuple[PackLine, ...]:
        """Those of the asker's sites."""
        from store.queries.packs import ListPacks

        return seat.ask(ListPacks())

    def take(self, found: Any) -> None:
        """As the store sorts them."""
        self._lines = found

    def show_rows(self) -> None:
        """Each in its place."""
        at, zone = self.desk.now(), self.desk.zone
        rows = (pack_row(one, n, at=at, zone=zone) for n, one in enumerate(self._lines))
        self.hold(rows)
        self.query_one("#heading", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are."""
        how = _("Enter shows it, Esc back ")
        text, tone = packs_heading(self._lines)
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The pack as it was written."""
        message.stop()
        key = self.table.cursor_key
        line = next((one for one in self._lines if one.id == key), None)
        if line is None or self.desk.seat is None:
            return
        from console.screens.pack import PackScreen

        self.desk.go_to(PackScreen(line))
