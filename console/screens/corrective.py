"""Actions by Plan, Do, Check and Act: what is late, what each waits for, and one key a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_corrective import BY_KEY
from console.corrective_steps import step
from console.render_corrective import (
    action_told,
    corrective_columns,
    corrective_row,
    how_many,
    keys_told,
)
from console.screens.deed_board import DeedBoard
from store.queries.corrective import ActionLine, ListActions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.widgets.columns import Column
    from console.widgets.window import Row


class CorrectiveScreen(DeedBoard[ActionLine]):
    """The board above, the action at hand below."""

    NAME = "correctives"

    def columns(self) -> tuple[Column, ...]:
        """What is told of an action."""
        return corrective_columns()

    def do_correctives(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def question(self) -> ListActions:
        """Those that are open, by stage, what rings first before the others."""
        return ListActions()

    def id_of(self, line: ActionLine) -> int:
        """The action's number."""
        return line.action.id

    def order_of(self, line: ActionLine) -> int:
        """The order that it came from."""
        return line.action.number

    def step(self, key: str, line: ActionLine) -> Action:
        """What a digit does to it."""
        return step(BY_KEY[key], line.action.id, line.action.version)

    def row(self, line: ActionLine, place: int, *, at: datetime) -> Row:
        """One line of the board."""
        return corrective_row(line, place, at=at)

    def how_many(self, lines: tuple[ActionLine, ...], *, at: datetime) -> Part:
        """How many there are in each stage."""
        return how_many(lines, at=at)

    def told(self, line: ActionLine | None, width: int) -> tuple[Parts, ...]:
        """The action at hand, whole."""
        return action_told(line, at=self.desk.now(), zone=self.desk.zone, width=width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
