"""The time machine: the board as it stood at a past moment, which can only be looked at."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container

from console.actions import ACTIONS
from console.i18n import _
from console.panes.hand_bar import HandBar
from console.panes.queue_bar import QueueBar
from console.render import OrderRow, board_columns, board_row
from console.render_bars import QUEUE_KEYS
from console.render_past import happened_lines, imported_lines, past_keys, past_line
from console.screens.scrubbing import Scrubbing
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.told_table import ToldTable
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from textual.app import ComposeResult

    from console.actions_kinds import Situation
    from console.grammar.understand import Understood
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.work_table import WorkTable
    from store.queries.board import BoardLine

_NAMES = tuple(QUEUES)
_BESIDE, _BOTH = 24, 100
_OVER = N_("this is the past: it can only be looked at; Esc leads back to now")


class PastTable(ToldTable):
    """Pages go through time, as they are the largest step of the scrubber."""

    BINDINGS: ClassVar = [
        Binding("pageup", "screen.by(-60)", show=False),
        Binding("pagedown", "screen.by(60)", show=False),
    ]


class PastScreen(Scrubbing):
    """Arrows go from one journal entry to the next, shift and pages by minutes and hours."""

    CSS = """
    PastScreen { background: $background; }
    PastScreen #status, PastScreen #keys, PastScreen #moment { height: 1; background: $panel; }
    PastScreen #imported { background: $surface; }
    PastScreen #then { height: 1fr; }
    PastScreen #queues { width: 1fr; height: auto; background: $surface; }
    PastScreen #orders { width: 1fr; }
    PastScreen #happened { height: 2; background: $surface; }
    PastScreen.-wide #then { layout: horizontal; }
    PastScreen.-wide #queues { width: 24; height: 1fr; border-right: solid $panel; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_BOTH, "-wide")]
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding("left", "entry(-1)", show=False),
        Binding("right", "entry(1)", show=False),
        Binding("shift+left", "by(-5)", show=False),
        Binding("shift+right", "by(5)", show=False),
        *(
            Binding(key if key != "-" else "minus", f"queue({place})", show=False)
            for place, key in enumerate(QUEUE_KEYS)
        ),
    ]

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsBar(id="moment")
        yield PartsBar(id="imported")
        with Container(id="then"):
            yield QueueBar(id="queues")
            yield PastTable(board_columns(), HeldRows(), at=self.then, id="orders")
        yield PartsBar(id="happened")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> PastTable:
        """The orders of the chosen queue."""
        return self.query_one(PastTable)

    def set_up(self) -> None:
        """The arrows go through time and orders."""
        self.table.follow = True
        super().set_up()
        self.table.nothing = self._nothing
        self.hands.home = self.table
        self.query_one("#moment", PartsBar).show(self._moment)
        self.query_one("#imported", PartsBar).show(self._imported)
        self.query_one("#happened", PartsBar).show(self._happened)
        self.query_one(QueueBar).tell(None, self.queue)
        self.desk.focus_on(self.table)

    def seated(self, seat: Seat) -> None:
        """Ask for the moment."""
        super().seated(seat)
        self.go(self.then)

    # -- what cannot be done here ------------------------------------------------------------

    def line(self) -> BoardLine | None:
        """No order of the present is meant."""
        return None

    def situation(self) -> Situation:
        """What is not of this screen would change the present."""
        lacks = {name: _OVER for name in ACTIONS if name not in _HERE}
        return replace(super().situation(), lacks=lacks)

    def look_back(self, then: datetime | None) -> None:
        """Another moment."""
        self.go(then or self.desk.now())

    def _given(self, told: Understood) -> None:
        """Of what is typed only another moment means something here."""
        self.hands.take_keys()
        if told.parsed.action.id == "past":
            self.look_back(told.parsed.told.get("then"))
        elif told.is_for_the_screen and not told.parsed.orders:
            self.action_act(told.parsed.action.id)
        else:
            self.hands.refuse(partial(_, _OVER))

    def open_details(self, number: int, line: BoardLine | None = None) -> None:
        """An order as it stood."""
        from console.screens.past_order import PastOrderScreen

        if line is not None and line.number == number:
            self.desk.go_to(PastOrderScreen(line, self.then))

    # -- going through time ------------------------------------------------------------------

    def do_past(self) -> None:
        """Ask for another time; the one that is shown is proposed."""
        self.ask_when(self.then)

    # -- other keys --------------------------------------------------------------------------

    def action_back(self) -> None:
        """To the present."""
        self.desk.go_back()

    def action_queue(self, place: int) -> None:
        """Choose a queue by its place."""
        self.hands.hush()
        self.queue = _NAMES[place]
        self.query_one(QueueBar).tell(self._counts(), self.queue)
        self.go(self.then)

    def do_next_queue(self) -> None:
        """The queue after this one."""
        self.action_queue((_NAMES.index(self.queue) + 1) % len(_NAMES))

    def do_previous_queue(self) -> None:
        """The queue before this one."""
        self.action_queue((_NAMES.index(self.queue) - 1) % len(_NAMES))

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def on_queue_bar_chosen(self, message: QueueBar.Chosen) -> None:
        """A click on a queue."""
        message.stop()
        self.action_queue(_NAMES.index(message.name))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Nothing follows the cursor here."""
        message.stop()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order as it stood."""
        message.stop()
        held = self.table.line_at_cursor
        if held is not None and isinstance(held.row, OrderRow):
            self.open_details(held.row.line.number, held.row.line)

    # -- showing -----------------------------------------------------------------------------

    def tick(self, at: datetime) -> None:
        """The moment is longer ago; nothing of it changes."""
        super().tick(at)
        self.query_one("#moment", PartsBar).renew()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self.table.set_columns(board_columns())
        self.show_then()

    def show_moment(self) -> None:
        """Which one it is, and whether it is still being rebuilt."""
        self.query_one("#moment", PartsBar).renew()

    def show_then(self) -> None:
        """The queues, the orders, and what had happened."""
        found = self.found
        for bar in ("#moment", "#imported", "#happened"):
            self.query_one(bar, PartsBar).renew()
        self.query_one(QueueBar).tell(self._counts(), self.queue)
        if found is not None:
            rows = (
                board_row(line, at=found.at, queue=self.queue, alarms=False) for line in found.lines
            )
            self.table.tick(found.at)
            self.table.hold(HeldRows(tuple(rows)))
            self.table.say_nothing()

    def _counts(self) -> Mapping[str, int] | None:
        return None if self.found is None else self.found.counts

    def _nothing(self) -> tuple[str, ...]:
        from console.render_nothing import nothing

        return () if self.found is None else nothing("past", self.key_sign)

    def _moment(self, width: int, _height: int) -> tuple[Parts, ...]:
        found = self.found if self.is_fresh else None
        at, zone = self.desk.now(), self.desk.zone
        return (past_line(self.then, found, at=at, zone=zone, cells=width),)

    def _imported(self, _width: int, _height: int) -> tuple[Parts, ...]:
        return imported_lines(self.found, at=self.desk.now(), zone=self.desk.zone)

    def _happened(self, _width: int, _height: int) -> tuple[Parts, ...]:
        return happened_lines(self.found, zone=self.desk.zone)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        return (past_keys(width),)


_HERE = frozenset(
    {
        *("past", "command", "help", "language", "quit", "mute", "refresh", "copy_row"),
        *("earlier", "later", "next_queue", "previous_queue"),
    }
)
"""The actions that this screen has."""
