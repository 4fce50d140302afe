"""Inspections, the first due before the others: one key a step, Enter for the order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_inspections import BY_KEY, NEW
from console.inspection_steps import step
from console.render_inspections import (
    SHOW,
    how_many,
    inspection_columns,
    inspection_row,
    inspection_told,
    keys_told,
)
from console.screens.deed_board import DeedBoard
from store.queries.inspections import InspectionLine, ListInspections

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.widgets.columns import Column
    from console.widgets.window import Row


class InspectionsScreen(DeedBoard[InspectionLine]):
    """The list above, the one at hand below with its score sheet; a digit does a step of it."""

    NAME = "inspections"
    BINDINGS: ClassVar = [Binding(SHOW, "show", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._over = False

    def columns(self) -> tuple[Column, ...]:
        """What is told of each."""
        return inspection_columns()

    def do_inspections(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def action_show(self) -> None:
        """What is over, and what is to be done again."""
        self._over = not self._over
        self.ask_again.now()

    def question(self) -> ListInspections:
        """Those of the view."""
        return ListInspections(over=self._over)

    def id_of(self, line: InspectionLine) -> int:
        """The number of the inspection."""
        return line.inspection.id

    def order_of(self, line: InspectionLine) -> int | None:
        """The order that was drawn."""
        return line.inspection.number

    def step(self, key: str, line: InspectionLine) -> Action | None:
        """What a digit does to it."""
        name = BY_KEY.get(key)
        return step(name, line.inspection.id, line.inspection.version) if name else None

    def begun(self, key: str) -> Action | None:
        """What a digit begins."""
        name = BY_KEY.get(key)
        return step(name) if name in NEW else None

    def row(self, line: InspectionLine, place: int, **_at: datetime) -> Row:
        """One line of the list."""
        return inspection_row(line, place)

    def how_many(self, lines: tuple[InspectionLine, ...], *, at: datetime) -> Part:
        """How many there are."""
        return how_many(lines, over=self._over, at=at)

    def told(self, line: InspectionLine | None, width: int) -> tuple[Parts, ...]:
        """The one at hand, whole."""
        return inspection_told(line, at=self.desk.now(), zone=self.desk.zone, width=width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
