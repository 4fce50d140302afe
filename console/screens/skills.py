"""Technicians by skills and certificates: the name stays, the columns move under left and right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions import ACTIONS
from console.actions_people import TRAINING_DEEDS
from console.i18n import _
from console.looks import spread
from console.render_skills import (
    at_hand,
    fields_of,
    matrix_heading,
    shown,
    skill_columns,
    skill_row,
)
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.skills import PersonSkills, Skills


class SkillsScreen(Telling, Commanding):
    """The matrix above, the cell at hand below; Enter shows his trainings, Esc leads back."""

    NAME = "skills"
    DEFAULT_CSS = "SkillsScreen > #cell { background: $surface; }"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding("left", "column(-1)", show=False),
        Binding("right", "column(1)", show=False),
        Binding("1", "plan", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Skills | None = None
        self._column = 0
        """Which column is at hand."""

    def columns(self) -> tuple[Column, ...]:
        """Those that there is room for."""
        return skill_columns(self._shown(), self._field())

    def below(self) -> Iterable[Widget]:
        """What is known of the cell at hand."""
        yield PartsBar(id="cell")

    def set_up(self) -> None:
        """What the matrix has no room for."""
        super().set_up()
        self.query_one("#cell", PartsBar).show(self._told)

    def _fields(self) -> tuple[str, ...]:
        return () if self._found is None else fields_of(self._found)

    def _field(self) -> str | None:
        fields = self._fields()
        return fields[min(self._column, len(fields) - 1)] if fields else None

    def _shown(self) -> tuple[str, ...]:
        return shown(self._fields(), self._column, self.size.width or 80)

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> PersonSkills | None:
        """The technician under the cursor."""
        key = self.table.cursor_key
        people = self._found.people if self._found is not None else ()
        return next((person for person in people if person.id == key), None)

    def do_skills(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def do_trainings(self) -> None:
        """Those of everybody."""
        from console.screens.trainings import TrainingsScreen

        self.desk.go_to(TrainingsScreen())

    def action_column(self, step: int) -> None:
        """Another skill or certificate is at hand."""
        self._column = max(0, min(self._column + step, len(self._fields()) - 1))
        self._lay_out()

    def action_plan(self) -> None:
        """Plan a training for the technician at hand."""
        from console.errand import Errand

        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_plan))
            return
        self.hands.hush()
        person = self.chosen()
        if person is None:
            self.hands.refuse(_("no row is chosen"))
            return
        action = TRAINING_DEEDS.step(ACTIONS["trainings"], "plan", person.code)
        errand = Errand(action=action, line=None, questions=list(action.questions))
        self.hands.open_or_go(errand)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """What he has learned and is to learn."""
        from console.screens.trainings import TrainingsScreen

        message.stop()
        person = self.chosen()
        if person is not None:
            self.desk.go_to(TrainingsScreen(person.code, person.name))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another technician is at hand."""
        message.stop()
        self.query_one("#cell", PartsBar).renew()

    def on_resize(self, _event: events.Resize) -> None:
        """More columns may have room, or fewer."""
        if self._found is not None:
            self._lay_out()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Skills:
        """Everybody."""
        from store.queries.skills import SkillsMatrix

        return seat.ask(SkillsMatrix())

    def take(self, found: Skills) -> None:
        """As the store sorts them."""
        self._found = found

    def _lay_out(self) -> None:
        self.table.set_columns(self.columns())
        self.show_rows()

    def show_rows(self) -> None:
        """Each technician under the columns that are shown."""
        at, fields = self.desk.now(), self._shown()
        columns = self.columns()
        if tuple(one.title for one in columns) != tuple(one.title for one in self.table.columns):
            self.table.set_columns(columns)
        people = self._found.people if self._found is not None else ()
        rows = (skill_row(one, place, fields, at) for place, one in enumerate(people))
        self.table.hold(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#cell", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many people, and what has ended or ends soon."""
        if self._found is None:
            return ((),)
        text, tone = matrix_heading(self._found)
        fields = self._fields()
        place = f"{min(self._column + 1, len(fields))}/{len(fields)} "
        return (spread(((f" {text}", tone),), ((place, "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return at_hand(
            self._found,
            self.chosen(),
            self._field(),
            at=self.desk.now(),
            zone=self.desk.zone,
            width=width,
        )
