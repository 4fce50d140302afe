"""What dispatch reckons with: its figures, and the desk's own travel times."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.i18n import _
from console.looks import spread
from console.render_backups import backup_lines
from console.render_settings import figure_rows, setting_columns, setting_row, travel_lines
from console.screens.telling import NOT_HERE, Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from store.queries.figures import Reckoning


class SettingsScreen(Telling):
    """The figures above, what there is of a table below; Esc leads back."""

    NAME = "settings"
    THERE = NOT_HERE
    DEFAULT_CSS = """
    SettingsScreen > #travel { background: $surface; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,backspace,ctrl+t", "back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Reckoning | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a figure."""
        return setting_columns()

    def below(self) -> Iterable[Widget]:
        """What there is of a table."""
        yield PartsBar(id="travel")

    def set_up(self) -> None:
        """Nothing is known of it yet."""
        super().set_up()
        self.query_one("#travel", PartsBar).show(self._travel)

    def do_settings(self) -> None:
        """We are there."""

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Reckoning:
        """All of it."""
        from store.queries.figures import DispatchFigures

        return seat.ask(DispatchFigures())

    def take(self, found: Reckoning) -> None:
        """As it is set."""
        self._found = found

    def show_rows(self) -> None:
        """Every figure, also those that are as usual."""
        cells = () if self._found is None else figure_rows(self._found)
        rows = (setting_row(one, place) for place, one in enumerate(cells))
        self.table.hold(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#travel", PartsBar).renew()

    def heading(self, _width: int, _height: int) -> tuple[Parts, ...]:
        """How it is set."""
        said = _("typed on the board: set rest 10h, set speed 30, set rest usual")
        return (((f" {said}", "muted"),),)

    def _travel(self, _width: int, _height: int) -> tuple[Parts, ...]:
        if self._found is None:
            return ()
        travel = travel_lines(self._found.travel, self.desk.zone)
        backups = backup_lines(self._found.backups, at=self.desk.now())
        return tuple(((f" {said}", "muted"),) for said in (*travel, *backups))

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        return (spread(((" Esc ", "key"), (_("back"), "")), (), width),)
