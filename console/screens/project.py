"""One project whole: its stages, hand-offs, steps and orders; the keys of the board work here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.actions_projects import BY_KEY, DEEDS, NEW
from console.i18n import _
from console.looks import spread
from console.project_deeds import step
from console.render_project import (
    CardRow,
    card_columns,
    card_heading,
    card_row,
    card_rows,
    card_told,
)
from console.screens.deed_board import DeedBoard
from store.queries.projects import ShowProject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.window import Row
    from store.queries.projects import ProjectCard


class ProjectScreen(DeedBoard[CardRow]):
    """A row each; Enter on an order opens it, a digit does a step of the project."""

    NAME = "project"

    def __init__(self, project: int) -> None:
        super().__init__()
        self._project = project
        self._card: ProjectCard | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of each."""
        return card_columns()

    def id_of(self, line: CardRow) -> int:
        """Its place on the card."""
        return line.place

    def order_of(self, line: CardRow) -> int | None:
        """The order that it is."""
        return line.number

    def step(self, key: str, _line: CardRow) -> Action | None:
        """What a digit does to the project, as it is shown."""
        name = BY_KEY.get(key)
        if name is None or name in NEW or self._card is None:
            return None
        project = self._card.line.project
        return step(name, self._project, project.version, stage=project.stage)

    def row(self, line: CardRow, place: int, **_at: datetime) -> Row:  # noqa: ARG002  by its name
        """One line of the card."""
        return card_row(line)

    def asked(self, seat: Seat) -> Any:
        """All of it."""
        return seat.ask(ShowProject(project=self._project))

    def take(self, found: Any) -> None:
        """As the store has it."""
        self._card = found
        self._found = card_rows(found, at=self.desk.now(), zone=self.desk.zone)

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Which project."""
        if self._card is None:
            return ((),)
        text, tone = card_heading(self._card)
        return (spread(((f" {text}", tone),), ((_(self.HOW), "muted"),), width),)

    def told(self, line: CardRow | None, width: int) -> tuple[Parts, ...]:
        """How it stands, and the row at hand, whole."""
        if self._card is None:
            return ()
        at, zone = self.desk.now(), self.desk.zone
        return card_told(self._card, line, at=at, zone=zone, width=width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return {key: DEEDS[name].label for key, name in BY_KEY.items() if name not in NEW}
