"""The day of all technicians: rows are people, columns are hours, and a line stands at now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.carrying import told
from console.i18n import _
from console.looks import spread
from console.pacing import Newest, Paced
from console.panes.hand_bar import HandBar
from console.render_days import about, day_columns, day_keys, day_row, legend, scale_width
from console.render_time import here
from console.screens.working import WorkingScreen
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.work_table import WorkTable
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.actions_kinds import Situation
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from store.queries.days import Day

_APART_S = 5.0
_BEFORE, _LONG = timedelta(hours=2), timedelta(hours=10)
_THERE = N_("Enter opens the order; this is to be done there")


class DaysScreen(WorkingScreen):
    """Left and right move the hours, Enter opens the job of the chosen technician."""

    CSS = """
    DaysScreen { background: $background; }
    DaysScreen #status, DaysScreen #keys, DaysScreen #heading { height: 1; }
    DaysScreen #status, DaysScreen #keys { background: $panel; }
    DaysScreen #heading { background: $surface; }
    DaysScreen #about { height: 2; background: $surface; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding("left", "hours(-1)", show=False),
        Binding("right", "hours(1)", show=False),
        Binding("shift+left", "hours(-24)", show=False),
        Binding("shift+right", "hours(24)", show=False),
    ]

    class Arrived(Message):
        """The days have come."""

        def __init__(self, found: tuple[Day, ...] | Exception, question: int) -> None:
            super().__init__()
            self.found = found
            self.question = question

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[Day, ...] = ()
        self._moved = 0
        """By how many hours the window was moved."""
        self._questions = Newest()
        self._ask = Paced(self, _APART_S, self._look)

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsBar(id="heading")
        columns = day_columns(80, self._window(), self.desk.zone)
        yield WorkTable(columns, HeldRows(), at=self.desk.now(), id="days")
        yield PartsBar(id="about")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> WorkTable:
        """The technicians."""
        return self.query_one(WorkTable)

    def _window(self) -> tuple[datetime, datetime]:
        """The hours that are shown: some before now, more after, from a whole hour on."""
        now = self.desk.now().replace(minute=0, second=0, microsecond=0)
        begins = now - _BEFORE + timedelta(hours=self._moved)
        return begins, begins + _LONG

    def _midnight(self) -> datetime:
        """When today began here."""
        now = self.desk.now().astimezone(self.desk.zone)
        return now.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)

    def on_mount(self) -> None:
        """The arrows go through people and hours."""
        self.table.follow = True
        super().on_mount()
        self.hands.home = self.table
        self.query_one("#heading", PartsBar).show(self._heading)
        self.query_one("#about", PartsBar).show(self._about)
        self.desk.focus_on(self.table)

    def line(self) -> None:
        """No order: a technician is chosen."""

    def situation(self) -> Situation:
        """What is about an order is done where it is shown whole."""
        lacks = {
            name: _THERE for name in ACTIONS if name != "quit" and not hasattr(self, f"do_{name}")
        }
        return replace(super().situation(), lacks=lacks)

    def action_act(self, name: str) -> None:
        """What this screen can; else say where it can be done."""
        lacking = self.situation().lacks.get(name)
        if lacking is not None:
            self.hands.refuse(partial(_, lacking))
        else:
            super().action_act(name)

    def seated(self, seat: Seat) -> None:
        """Ask for them."""
        super().seated(seat)
        self._ask()

    def tick(self, at: datetime) -> None:
        """The line of now moves on."""
        super().tick(at)
        if not at.second:
            self._show()

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any news may change a day
        """Ask again."""
        self._ask()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self._show()

    def on_resize(self) -> None:
        """Another width has more or fewer hours."""
        self.call_after_refresh(self._show)

    # -- keys --------------------------------------------------------------------------------

    def action_back(self) -> None:
        """To the screen below."""
        self.desk.go_back()

    def action_hours(self, count: int) -> None:
        """Other hours."""
        self.hands.hush()
        self._moved += count
        self._show()
        self._ask.now()

    def do_days(self) -> None:
        """Back to the hours around now."""
        self.action_hours(-self._moved)

    def do_refresh(self) -> None:
        """Ask again."""
        self._ask.now()

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another technician is told of below."""
        message.stop()
        self.query_one("#about", PartsBar).renew()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The job at hand, else the next."""
        from console.screens.details import DetailsScreen

        message.stop()
        day = self._chosen()
        if day is None:
            return
        number = day.line.recalled or day.line.number or (day.next.number if day.next else None)
        if number is not None:
            self.desk.go_to(DetailsScreen(number))
        else:
            self.hands.refuse(_("{name} has no job now").format(name=day.line.name))

    def _chosen(self) -> Day | None:
        key = self.table.cursor_key
        return next((day for day in self._days if day.line.id == key), None)

    # -- asking and showing ------------------------------------------------------------------

    def _look(self) -> None:
        if self.desk.seat is not None:
            work = partial(self._fetch, self.desk.seat, self._window(), self._questions.ask())
            self.run_worker(work, thread=True, group="days", exit_on_error=False)

    def _fetch(self, seat: Seat, window: tuple[datetime, datetime], question: int) -> None:
        from store.queries.days import TechnicianDays

        try:
            found: tuple[Day, ...] | Exception = seat.ask(
                TechnicianDays(from_at=window[0], to_at=window[1], since=self._midnight())
            )
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Arrived(found, question))

    def on_days_screen_arrived(self, message: Arrived) -> None:
        """Show them; what was shown stays when nothing came."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if isinstance(message.found, Exception):
            self.hands.refuse(told(message.found))
            return
        self._days = message.found
        self._show()

    def _show(self) -> None:
        at, window, width = self.desk.now(), self._window(), self.table.size.width
        columns = day_columns(width, window, self.desk.zone)
        cells = scale_width(columns, width)
        self.table.set_columns(columns)
        rows = (
            day_row(day, place, at=at, window=window, cells=cells)
            for place, day in enumerate(self._days)
        )
        self.table.set_source(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#about", PartsBar).renew()

    def _heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        day = f"{here(self._window()[0], self.desk.zone):%Y-%m-%d}"
        return (spread(((f" {day}", "strong"),), ((f"{legend()} ", "muted"),), width),)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        return (day_keys(width),)

    def _about(self, _width: int, _height: int) -> tuple[Parts, ...]:
        return about(self._chosen(), at=self.desk.now(), zone=self.desk.zone)
