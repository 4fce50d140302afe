"""Customers who may be one: both sides of a pair, and a digit makes one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions import ACTIONS
from console.actions_customers import merge_step
from console.render_doubles import double_columns, double_row, double_told, how_many, keys_told
from console.screens.deed_board import DeedBoard
from store.queries.customer_doubles import CustomerDoubles, DoubleLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.widgets.columns import Column
    from console.widgets.window import Row
    from store.domain.intents import Query


class DoublesScreen(DeedBoard[DoubleLine]):
    """The pairs above, both sides of the one at hand below."""

    NAME = "doubles"
    NOT_HERE = frozenset({"take_back", "customer"})

    def columns(self) -> tuple[Column, ...]:
        """What is told of a pair."""
        return double_columns()

    def do_doubles(self) -> None:
        """We are there: the same word leads back."""
        self.action_back()

    def question(self) -> Query[tuple[DoubleLine, ...]]:
        """All of them."""
        return CustomerDoubles()

    def id_of(self, line: DoubleLine) -> int:
        """The ids of both in one number."""
        return line.first.id << 64 | line.second.id

    def order_of(self, line: DoubleLine) -> None:
        """It is about none."""

    def step(self, key: str, line: DoubleLine) -> Action | None:
        """Which of both stays."""
        return merge_step(ACTIONS["doubles"], key, line.first.code, line.second.code)

    def row(self, line: DoubleLine, place: int, *, at: datetime) -> Row:  # noqa: ARG002  none is late
        """One pair."""
        return double_row(line, place)

    def how_many(self, lines: tuple[DoubleLine, ...], *, at: datetime) -> Part:  # noqa: ARG002
        """How many pairs."""
        return how_many(lines)

    def told(self, line: DoubleLine | None, width: int) -> tuple[Parts, ...]:
        """Both sides, and what each digit would do."""
        return double_told(line, width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
