"""Complaints, the first due before the others, and praise: one key a step, Enter for the order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_voices import BY_KEY, NEW
from console.render_voices import (
    SHOW,
    how_many,
    keys_told,
    voice_columns,
    voice_row,
    voice_told,
)
from console.screens.deed_board import DeedBoard
from console.voice_steps import step
from store.queries.voices import ListVoices, VoiceLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.widgets.columns import Column
    from console.widgets.window import Row

VIEWS = 3
"""What is open, what is over, praise."""


class VoicesScreen(DeedBoard[VoiceLine]):
    """The list above, the one at hand below; a digit does a step of it, or keeps a new one."""

    NAME = "complaints"
    BINDINGS: ClassVar = [Binding(SHOW, "show", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._view = 0

    def columns(self) -> tuple[Column, ...]:
        """What is told of each."""
        return voice_columns()

    def do_complaints(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def action_show(self) -> None:
        """What is over, praise, and what is open again."""
        self._view = (self._view + 1) % VIEWS
        self.ask_again.now()

    def question(self) -> ListVoices:
        """Those of the view."""
        return ListVoices(over=self._view == 1, praise=self._view == VIEWS - 1)

    def id_of(self, line: VoiceLine) -> int:
        """The number of the complaint, or of praise."""
        return line.voice.id

    def order_of(self, line: VoiceLine) -> int | None:
        """The order that it is about."""
        return line.voice.number

    def step(self, key: str, line: VoiceLine) -> Action | None:
        """What a digit does to it."""
        name = BY_KEY.get(key)
        return step(name, line.voice.id, line.voice.version) if name else None

    def begun(self, key: str) -> Action | None:
        """What a digit keeps anew."""
        name = BY_KEY.get(key)
        return step(name) if name in NEW else None

    def row(self, line: VoiceLine, place: int, **_at: datetime) -> Row:
        """One line of the list."""
        return voice_row(line, place)

    def how_many(self, lines: tuple[VoiceLine, ...], *, at: datetime) -> Part:
        """How many there are."""
        return how_many(lines, self._view, at=at)

    def told(self, line: VoiceLine | None, width: int) -> tuple[Parts, ...]:
        """The one at hand, whole."""
        return voice_told(line, at=self.desk.now(), zone=self.desk.zone, width=width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
