"""What comes again where it was: the list above, the evidence of the one at hand below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_radar import BY_KEY, NEW
from console.radar_steps import step
from console.render_radar import SHOW, how_many, keys_told, radar_columns, radar_row, radar_told
from console.screens.deed_board import DeedBoard
from store.queries.radar import ListRadar, RecurrenceLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.widgets.columns import Column
    from console.widgets.window import Row


class RadarScreen(DeedBoard[RecurrenceLine]):
    """A digit takes the one at hand up, or leaves it; Enter opens its newest order."""

    NAME = "radar"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [Binding(SHOW, "show", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._over = False

    def columns(self) -> tuple[Column, ...]:
        """What is told of each."""
        return radar_columns()

    def do_radar(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def action_show(self) -> None:
        """What is over, and what is open again."""
        self._over = not self._over
        self.ask_again.now()

    def question(self) -> ListRadar:
        """Those of the view."""
        return ListRadar(over=self._over)

    def id_of(self, line: RecurrenceLine) -> int:
        """The number of the proposal."""
        return line.recurrence.id

    def order_of(self, line: RecurrenceLine) -> int | None:
        """The newest of its orders."""
        return line.recurrence.orders[-1] if line.recurrence.orders else None

    def step(self, key: str, line: RecurrenceLine) -> Action | None:
        """What a digit does to it."""
        name = BY_KEY.get(key)
        return step(name, line.recurrence.id, line.recurrence.version) if name else None

    def begun(self, key: str) -> Action | None:
        """Looking needs none at hand."""
        name = BY_KEY.get(key)
        return step(name) if name in NEW else None

    def row(self, line: RecurrenceLine, place: int, *, at: datetime) -> Row:
        """One line of the list."""
        return radar_row(line, place, at=at, zone=self.desk.zone)

    def how_many(self, lines: tuple[RecurrenceLine, ...], *, at: datetime) -> Part:  # noqa: ARG002
        """How many there are."""
        return how_many(lines, over=self._over)

    def told(self, line: RecurrenceLine | None, width: int) -> tuple[Parts, ...]:
        """The one at hand with its evidence."""
        return radar_told(line, at=self.desk.now(), zone=self.desk.zone, width=width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
