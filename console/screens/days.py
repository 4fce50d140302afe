"""The schedule board: rows are people, columns are hours, and a line stands at now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from console.i18n import _, language
from console.looks import cut
from console.render_arrange import job_said, weighed_lines
from console.render_days import (
    KEYS,
    about,
    day_columns,
    day_keys,
    day_row,
    days_said,
    heading_said,
    lifted_keys,
    midnight,
    scale_width,
    swapped_keys,
)
from console.screens.naming_whom import NamingWhom
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store.domain.pace import LIFE
from store.queries.days import BarKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from textual.widget import Widget

    from console.looks import Parts
    from console.render_days import Window
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.window import Row
    from console.widgets.work_table import WorkTable
    from store.queries.days import Bar, Day

_BEFORE = 0.2  # the part of the window that lies before now
_LONGS: Final = (3, 5, 10, 24, 48)
"""How many hours the window may show."""


class DaysScreen(NamingWhom):
    """The arrows choose a job; it can be moved, swapped and locked."""

    NAME = "days"
    DEFAULT_CSS = """
    DaysScreen > #heading { height: auto; }
    DaysScreen > #about { height: auto; background: $surface; }
    """
    APART_S = 5.0
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding("left", "job(-1)", show=False),
        Binding("right", "job(1)", show=False),
        Binding("less_than_sign,《", "hours(-1)", show=False),
        Binding("greater_than_sign,》", "hours(1)", show=False),
        Binding("shift+left", "hours(-24)", show=False),
        Binding("shift+right", "hours(24)", show=False),
        Binding("plus,equals_sign", "zoom(-1)", show=False),
        Binding("minus,underscore", "zoom(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._moved = 0
        """By how many hours the window was moved."""
        self._zoom = _LONGS.index(10)
        self._job: tuple[object, int, BarKind] | None = None
        """Whose order was chosen; else the one that comes next is at hand."""
        self._person: object = None  # whose row the cursor stands on
        self._drawn: dict[int, tuple[tuple[object, ...], Row]] = {}
        """Each row with all that it was drawn from."""

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

    def _window(self) -> Window:
        """The hours that are shown: some before now, more after, from a whole hour on."""
        hour, now, long = self._hour(), self.desk.now(), _LONGS[self._zoom]
        since = (now - datetime.min.replace(tzinfo=UTC)) % hour
        begins = now - since + hour * (self._moved - int(long * _BEFORE))
        return begins, begins + hour * long

    def _hour(self) -> timedelta:
        """What is an hour of life: in a drill it is shorter."""
        return (LIFE if self.desk.seat is None else self.desk.seat.pace).hour()

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

    def action_zoom(self, step: int) -> None:
        """More hours, or fewer, in the same room."""
        zoom = min(max(self._zoom + step, 0), len(_LONGS) - 1)
        if zoom != self._zoom:
            self._zoom = zoom
            self.action_hours(0)

    def action_job(self, step: int) -> None:
        """The job before or after; beyond the last one the hours move."""
        if self.lifted is not None and not self.swaps:
            self.shift_slot(step)
            return
        day, at_hand = self._chosen(), self.job()
        bars = day.bars if day is not None else ()
        place = next((place for place, bar in enumerate(bars) if bar == at_hand), -1) + step
        if at_hand is None or not 0 <= place < len(bars):
            self.action_hours(step)
            return
        self._choose(bars[place])

    def _choose(self, bar: Bar) -> None:
        self.hands.hush()
        self._job = self.table.cursor_key, bar.number, bar.kind
        begins, ends = self._window()
        if bar.to_at <= begins or bar.from_at >= ends:
            self._moved += (bar.from_at - begins) // self._hour() - 1
            self.ask_again.now()
        self._at_hand_is_another()

    def _at_hand_is_another(self) -> None:
        if self.lifted is not None and self.swaps:
            self.weigh()
        elif self.lifted is not None:
            self.other_person()
        else:
            self.show_weighed()

    def do_days(self) -> None:
        """Back to the hours around now."""
        self.action_hours(-self._moved)

    def do_help(self) -> None:
        """The keys of this board before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), KEYS))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another technician is told of below, or would get what is lifted."""
        message.stop()
        if self._person != self.table.cursor_key:  # else the same row was only drawn anew
            self._person = self.table.cursor_key
            self._at_hand_is_another()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Do what is weighed; else open the job at hand."""
        message.stop()
        if self.lifted is not None:
            self.make()
            return
        day, bar = self._chosen(), self.job()
        if day is None:
            return
        number = day.line.recalled or (bar.number if bar else day.line.number)
        if number is not None:
            self.open_details(number)
        else:
            self.hands.refuse(_("{name} has no job now").format(name=day.line.name))

    def landed(self, bar: Bar) -> None:
        """What was moved is at hand where it is now."""
        self._job = self.table.cursor_key, bar.number, BarKind.PLAN

    def _chosen(self) -> Day | None:
        key = self.table.cursor_key
        return next((day for day in self._days if day.line.id == key), None)

    def marked_technician(self) -> str | None:
        """Whose day it is."""
        day = self._chosen()
        return None if day is None else day.line.code

    def job(self) -> Bar | None:
        """The one that was chosen; else what is under way, what comes next, what was last."""
        day = self._chosen()
        if day is None or not day.bars:
            return None
        at_hand = (bar for bar in day.bars if bar.kind is not BarKind.DONE)
        usual = next(at_hand, day.bars[-1])
        who = day.line.id
        return next((one for one in day.bars if (who, one.number, one.kind) == self._job), usual)

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[Day, ...]:
        """The hours that are shown, and what was done since midnight."""
        from store.queries.days import TechnicianDays

        begins, ends = self._window()
        return seat.ask(
            TechnicianDays(
                from_at=begins, to_at=ends, since=midnight(self.desk.now(), self.desk.zone)
            )
        )

    def take(self, found: tuple[Day, ...]) -> None:
        """One of each technician; what is lifted is weighed anew, in case the days are others."""
        changed = found != self._days
        self._days = found
        if changed and self.lifted is not None:
            self.weigh()

    def show_rows(self) -> None:
        """Each day drawn over the hours."""
        self.table.set_columns(self.columns())
        self._show_days()
        self.query_one("#heading", PartsBar).renew()
        self._renew_below()

    def show_weighed(self) -> None:
        """Another job is at hand, or would come elsewhere."""
        self._show_days()
        self._renew_below()

    def _renew_below(self) -> None:
        self.query_one("#about", PartsBar).renew()
        self.query_one("#keys", PartsBar).renew()

    def _show_days(self) -> None:
        at, window = self.desk.now(), self._window()
        cells = scale_width(self.table.columns, self.app.size.width)
        cursor, at_hand = self.table.cursor_key, self.job()
        rows = tuple(
            self._row(day, n, at, window, cells, at_hand if day.line.id == cursor else None)
            for n, day in enumerate(self._days)
        )
        self.table.set_source(HeldRows(rows))

    def _row(
        self, day: Day, place: int, at: datetime, window: Window, cells: int, at_hand: Bar | None
    ) -> Row:
        """A technician's row, the same one as long as nothing of it is another."""
        who = day.line.id
        chosen = tuple(bar.number for bar in (at_hand, self.lifted) if bar is not None)
        if self.lifted is not None and not self.swaps:
            chosen = (self.lifted.number,)
        chosen = tuple(n for n in chosen if any(bar.number == n for bar in day.bars))
        minute = at.replace(second=0, microsecond=0)
        lifted = self.lifted_to(who)
        told = (day, place, minute, window, cells, chosen, lifted, language())
        known = self._drawn.get(who)
        if known is None or known[0] != told:
            row = day_row(
                day, place, at=at, window=window, cells=cells, chosen=chosen, lifted=lifted
            )
            known = self._drawn[who] = told, row
        return known[1]

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Which day, and what the signs mean."""
        return heading_said(days_said(self._window(), self.desk.zone), width)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        if self.lifted is None:
            return day_keys(width)
        return swapped_keys(width) if self.swaps else lifted_keys(width)

    def _about(self, width: int, _height: int) -> tuple[Parts, ...]:
        at, zone = self.desk.now(), self.desk.zone
        if self.weighed is not None:
            return weighed_lines(self.weighed, at=at, zone=zone)
        job = job_said(self.lifted or self.job(), at=at, zone=zone)
        told = (*about(self._chosen(), at=at, zone=zone), job)
        return tuple(cut(line, width) for line in told)
