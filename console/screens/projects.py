"""Projects by stage: one key a step, Enter for the whole of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_projects import BY_KEY, NEW
from console.i18n import _
from console.project_deeds import step
from console.render_projects import (
    SHOW,
    VIEWS,
    how_many,
    keys_told,
    project_columns,
    project_row,
    project_told,
)
from console.screens.deed_board import DeedBoard
from store.domain.words import N_
from store.queries.projects import ListProjects, ProjectLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.widgets.columns import Column
    from console.widgets.window import Row
    from console.widgets.work_table import WorkTable


class ProjectsScreen(DeedBoard[ProjectLine]):
    """The board above, the one at hand below; a digit does a step of it, or begins a new one."""

    NAME = "projects"
    HOW = N_("digits do a step, Enter project, Esc back ")
    BINDINGS: ClassVar = [Binding(SHOW, "show", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._view = 0

    def columns(self) -> tuple[Column, ...]:
        """What is told of each."""
        return project_columns()

    def do_projects(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def action_show(self) -> None:
        """The board by due, what is over, and the board by stage again."""
        self._view = (self._view + 1) % VIEWS
        views = (N_("by stage"), N_("by due, whatever the stage"), N_("those that are over"))
        self.hands.say(partial(_, views[self._view]), "muted")
        self.ask_again.now()

    def question(self) -> ListProjects:
        """Those of the view."""
        return ListProjects(over=self._view == VIEWS - 1, by_due=self._view == 1)

    def id_of(self, line: ProjectLine) -> int:
        """The number of the project."""
        return line.project.id

    def order_of(self, _line: ProjectLine) -> int | None:
        """It is about no single order."""
        return None

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The project itself, whole."""
        from console.screens.project import ProjectScreen

        message.stop()
        line = self.chosen()
        if line is not None:
            self.desk.go_to(ProjectScreen(line.project.id))

    def step(self, key: str, line: ProjectLine) -> Action | None:
        """What a digit does to it."""
        name = BY_KEY.get(key)
        one = line.project
        return step(name, one.id, one.version, stage=one.stage) if name else None

    def begun(self, key: str) -> Action | None:
        """What a digit begins anew."""
        name = BY_KEY.get(key)
        return step(name) if name in NEW else None

    def row(self, line: ProjectLine, place: int, *, at: datetime) -> Row:
        """One line of the board."""
        return project_row(line, place, at=at)

    def how_many(self, lines: tuple[ProjectLine, ...], *, at: datetime) -> Part:
        """How many there are."""
        return how_many(lines, self._view, at=at)

    def told(self, line: ProjectLine | None, width: int) -> tuple[Parts, ...]:
        """The one at hand, whole."""
        return project_told(line, at=self.desk.now(), zone=self.desk.zone, width=width)

    def keys(self) -> Mapping[str, str]:
        """What the digits do."""
        return keys_told()
