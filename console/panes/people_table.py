"""The technicians: a work table over rows held in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

from console.i18n import _
from console.render_people import people_columns
from console.sources import People
from console.widgets.told_table import ToldTable

if TYPE_CHECKING:
    from datetime import datetime

    from console.widgets.work_table import WorkTable
    from store.queries.people import TechnicianLine


class PeopleTable(ToldTable):
    """Who does what, and for how long."""

    class JobChosen(Message):
        """The operator has opened a technician who has a job, or was recalled from one."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, at: datetime, **kwargs: Any) -> None:
        self.held = People(at)
        super().__init__(people_columns(), self.held, at=at, **kwargs)
        self.follow = True

    def tell(self, lines: tuple[TechnicianLine, ...], *, at: datetime) -> None:
        """Show these technicians."""
        self.held.lines, self.held.at = lines, at
        self.reload()
        self.say_nothing()

    def say_again(self, *, at: datetime) -> None:
        """Another language is spoken now."""
        self.set_columns(people_columns())
        self.tell(self.held.lines, at=at)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """A technician is no order: nobody else need hear of it."""
        message.stop()

    @property
    def code_at_cursor(self) -> str | None:
        """The code of the technician under the cursor."""
        line = self._line(self.cursor_key)
        return None if line is None else line.code

    def _line(self, key: object) -> TechnicianLine | None:
        return next((line for line in self.held.lines if line.id == key), None)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Open the job of the technician."""
        message.stop()
        line = self._line(message.key)
        number = None if line is None else line.recalled or line.number
        if number is not None:
            self.post_message(self.JobChosen(number))
        elif line is not None:
            self.notify(_("{name} has no job now").format(name=line.name), markup=False)
