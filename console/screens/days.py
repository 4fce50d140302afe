"""The day of all technicians: rows are people, columns are hours, and a line stands at now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.i18n import _
from console.looks import cut, spread
from console.render_days import (
    about,
    day_columns,
    day_keys,
    day_row,
    days_said,
    legend,
    scale_width,
)
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store.domain.pace import LIFE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.days import Day

_BEFORE, _LONG = 2, 10
"""Hours."""


class DaysScreen(Telling):
    """Left and right move the hours, Enter opens the job of the chosen technician."""

    NAME = "days"
    DEFAULT_CSS = "DaysScreen > #about { height: 2; background: $surface; }"
    APART_S = 5.0
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding("left", "hours(-1)", show=False),
        Binding("right", "hours(1)", show=False),
        Binding("shift+left", "hours(-24)", show=False),
        Binding("shift+right", "hours(24)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[Day, ...] = ()
        self._moved = 0
        """By how many hours the window was moved."""

    def columns(self) -> tuple[Column, ...]:
        """Who, and the hours that there is room for."""
        return day_columns(self.app.size.width, self._window(), self.desk.zone, hour=self._hour())

    def below(self) -> Iterable[Widget]:
        """The chosen technician."""
        yield PartsBar(id="about")

    def set_up(self) -> None:
        """Who is chosen is told of below."""
        super().set_up()
        self.query_one("#about", PartsBar).show(self._about)

    def _window(self) -> tuple[datetime, datetime]:
        """The hours that are shown: some before now, more after, from a whole hour on."""
        hour, now = self._hour(), self.desk.now()
        since = (now - datetime.min.replace(tzinfo=UTC)) % hour
        begins = now - since + hour * (self._moved - _BEFORE)
        return begins, begins + hour * _LONG

    def _hour(self) -> timedelta:
        """What is an hour of life: in a drill it is shorter."""
        seat = self.desk.seat
        return (LIFE if seat is None else seat.pace).hour()

    def _midnight(self) -> datetime:
        """When today began here."""
        now = self.desk.now().astimezone(self.desk.zone)
        return now.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)

    def tick(self, at: datetime) -> None:
        """The line of now moves on."""
        super().tick(at)
        if not at.second:
            self.show_rows()

    def on_resize(self) -> None:
        """Another width has more or fewer hours."""
        self.call_after_refresh(self.show_rows)

    # -- keys --------------------------------------------------------------------------------

    def action_hours(self, count: int) -> None:
        """Other hours."""
        self.hands.hush()
        self._moved += count
        self.show_rows()
        self.ask_again.now()

    def do_days(self) -> None:
        """Back to the hours around now."""
        self.action_hours(-self._moved)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another technician is told of below."""
        message.stop()
        self.query_one("#about", PartsBar).renew()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The job at hand, else the next."""
        message.stop()
        day = self._chosen()
        if day is None:
            return
        number = day.line.recalled or day.line.number or (day.next.number if day.next else None)
        if number is not None:
            self.open_details(number)
        else:
            self.hands.refuse(_("{name} has no job now").format(name=day.line.name))

    def _chosen(self) -> Day | None:
        key = self.table.cursor_key
        return next((day for day in self._days if day.line.id == key), None)

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[Day, ...]:
        """The hours that are shown, and what was done since midnight."""
        from store.queries.days import TechnicianDays

        begins, ends = self._window()
        return seat.ask(TechnicianDays(from_at=begins, to_at=ends, since=self._midnight()))

    def take(self, found: tuple[Day, ...]) -> None:
        """One of each technician."""
        self._days = found

    def show_rows(self) -> None:
        """Each day drawn over the hours."""
        at, window, columns = self.desk.now(), self._window(), self.columns()
        cells = scale_width(columns, self.app.size.width)
        self.table.set_columns(columns)
        rows = (
            day_row(day, place, at=at, window=window, cells=cells)
            for place, day in enumerate(self._days)
        )
        self.table.set_source(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#about", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Which day, and what the signs mean."""
        day = days_said(self._window(), self.desk.zone)
        first: Parts = ((f" {day} ", "strong"),)
        return (spread(first, cut(((f"{legend()} ", "muted"),), width - len(day) - 3), width),)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        return (day_keys(width),)

    def _about(self, _width: int, _height: int) -> tuple[Parts, ...]:
        return about(self._chosen(), at=self.desk.now(), zone=self.desk.zone)
