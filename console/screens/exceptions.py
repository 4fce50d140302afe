"""Exceptions: what waits for me first, then what others decide, then what may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_exceptions import BY_KEY
from console.exception_steps import step
from console.render_card import when
from console.render_exceptions import (
    exception_columns,
    exception_row,
    exception_told,
    how_many,
    keys_told,
)
from console.screens.deed_board import DeedBoard
from store.queries.exceptions import ExceptionLine, ListExceptions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.widgets.columns import Column
    from console.widgets.window import Row


class ExceptionsScreen(DeedBoard[ExceptionLine]):
    """The list above, the exception at hand below; a digit decides or uses it."""

    NAME = "exceptions"

    def columns(self) -> tuple[Column, ...]:
        """What is told of an exception."""
        return exception_columns()

    def do_exceptions(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def question(self) -> ListExceptions:
        """Those that wait to be decided, or may be used."""
        return ListExceptions()

    def id_of(self, line: ExceptionLine) -> int:
        """The exception's number."""
        return line.exception.id

    def order_of(self, line: ExceptionLine) -> int:
        """The order that it deviates on."""
        return line.exception.number

    def step(self, key: str, line: ExceptionLine) -> Action | None:
        """What a digit does to it."""
        name = BY_KEY.get(key)
        return step(name, line.exception.id, line.exception.version) if name else None

    def row(self, line: ExceptionLine, place: int, *, at: datetime) -> Row:
        """One line of the list."""
        return exception_row(line, place, at=at)

    def how_many(self, lines: tuple[ExceptionLine, ...], *, at: datetime) -> Part:
        """How many wait, for whom, and how many may be used."""
        return how_many(lines, at=at)

    def told(self, line: ExceptionLine | None, width: int) -> tuple[Parts, ...]:
        """The exception at hand, whole."""
        return exception_told(line, self._when, width=width)

    def _when(self, moment: datetime) -> str:
        return when(moment, self.desk.zone, at=self.desk.now())

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
