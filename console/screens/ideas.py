"""The suggestion box: who suggested what, what became of it, and what the fund has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions import ACTIONS
from console.actions_ideas import IDEA_DEEDS
from console.i18n import _
from console.looks import spread
from console.render_ideas import box_heading, idea_columns, idea_row, idea_told, keys_told
from console.screens.deed_board import DeedBoard
from store.queries.ideas import Box, IdeaLine, ListIdeas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.window import Row

_BY_KEY = IDEA_DEEDS.by_key()


class IdeasScreen(DeedBoard[IdeaLine]):
    """The list above, the suggestion at hand below; a digit judges it, or submits another."""

    NAME = "ideas"
    NOT_HERE = frozenset({"take_back", "customer"})

    def __init__(self) -> None:
        super().__init__()
        self._box: Box | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a suggestion."""
        return idea_columns()

    def do_ideas(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def asked(self, seat: Seat) -> Box:
        """All of them, and the fund."""
        return seat.ask(ListIdeas())

    def take(self, found: Box) -> None:
        """Those to be judged first."""
        self._box = found
        super().take(found.ideas)

    def id_of(self, line: IdeaLine) -> int:
        """The suggestion's number."""
        return line.idea.id

    def order_of(self, line: IdeaLine) -> None:
        """It is about none."""

    def step(self, key: str, line: IdeaLine) -> Action | None:
        """What a digit does to it."""
        name = _BY_KEY.get(key)
        if name is None:
            return None
        return IDEA_DEEDS.step(ACTIONS["ideas"], name, str(line.idea.id), line.idea.version)

    def begun(self, key: str) -> Action | None:
        """What a digit submits anew, or does to the fund."""
        name = _BY_KEY.get(key)
        if name is None or IDEA_DEEDS.steps[name].of:
            return None
        return IDEA_DEEDS.step(ACTIONS["ideas"], name, "")

    def row(self, line: IdeaLine, place: int, *, at: datetime) -> Row:
        """One line of the list."""
        return idea_row(line, place, at=at)

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are, and what the fund has."""
        if self._box is None:
            return ((),)
        how = _("digits do a step, Esc back ")
        return (spread(((f" {box_heading(self._box)[0]}", "strong"),), ((how, "muted"),), width),)

    def told(self, line: IdeaLine | None, width: int) -> tuple[Parts, ...]:
        """The suggestion at hand, whole."""
        return idea_told(line, at=self.desk.now(), zone=self.desk.zone, width=width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
