"""Every alarm that stands, on a screen of its own: the strip of the board shows only the worst."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding

from console.actions import ACTIONS
from console.actions_alarms import shelving, silencing, unshelving
from console.i18n import _
from console.looks import spread
from console.render_alarms import (
    alarm_columns,
    alarm_key,
    alarm_mark,
    how_many,
    list_keys,
    shelf_told,
    why_no_order,
    why_no_shelf,
)
from console.render_flood import Flood, group_said
from console.screens.alarm_sets import AlarmSets
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store.domain.bells import AlarmState
from store.domain.floods import CALM
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from datetime import datetime

    from textual.widget import Widget

    from console.actions_kinds import Ask, Told
    from console.looks import Parts
    from console.panes.hand_bar import HandBar
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.window import Window
    from console.widgets.work_table import WorkTable
    from store.domain.floods import Storm
    from store.domain.intents import Command
    from store.queries.alarms import AlarmLine
    from store.queries.board import BoardLine

MOST = 500
STILL = timedelta(seconds=3)
"""So long the cursor must have stayed on a row before others may move."""
_OF_THE_CHOSEN = frozenset({"shelve", "unshelve"})
"""What needs an order elsewhere, and here what is under the cursor."""
_OF_THE_ROW = _OF_THE_CHOSEN | {"acknowledge"}


class AlarmsScreen(Telling, AlarmSets):
    """The list; Enter opens the order of an alarm, Esc leads back."""

    NAME = "alarms"
    DEFAULT_CSS = "AlarmsScreen > #shelf { background: $surface; }"

    BINDINGS: ClassVar = [Binding("escape,backspace,A", "back", show=False)]
    THERE = N_("Enter opens the order of the alarm; this is to be done there")
    NOT_HERE = frozenset({"take_back", "customer"})
    FOLLOWS = False
    shows_alarms = True

    def __init__(self, storm: Storm = CALM) -> None:
        super().__init__()
        self._alarms: tuple[AlarmLine, ...] | None = None
        self._flood = Flood(storm)
        self._silencing: Hashable | None = None
        """The row of the alarm that is being acknowledged: the one below it is next."""
        self._moved_at: datetime | None = None
        """When the cursor came to its row."""
        self._did = False
        """Whether something was done here that the rows may not show yet."""
        self._deeds = self._told = 0
        """How often that was, and how much of it was done when the store was asked last."""

    def columns(self) -> tuple[Column, ...]:
        """What is told of an alarm."""
        return alarm_columns()

    def action_act(self, name: str) -> None:
        """Some actions are here about the alarm under the cursor, which must be known."""
        if name in _OF_THE_ROW and self._is_behind():
            # Behind what tells of the command that the key waits for.
            self.desk.typed.after(partial(self._act_later, name))
        elif name not in _OF_THE_CHOSEN:
            super().action_act(name)
        else:
            self.hands.hush()
            getattr(self, f"do_{name}")()

    def _act_later(self, name: str) -> None:
        self.call_later(self.action_act, name)

    def below(self) -> Iterable[Widget]:
        """Why the alarm at hand stands on the shelf, whole."""
        yield PartsBar(id="shelf")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.table.waiting_text = _waiting
        self.query_one("#shelf", PartsBar).show(self._shelf)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another alarm is at hand."""
        message.stop()
        self._moved_at, self._did = self.desk.now(), False
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#shelf", PartsBar).renew()

    def on_hand_bar_did(self, _message: HandBar.Did) -> None:
        """What one's own hands moved is shown where it belongs."""
        self._did = True
        self._deeds += 1

    def _is_behind(self) -> bool:
        """Whether a key would be about a row that what was done has moved on from."""
        busy = self._alarms is None or self.hands.busy_with(None)
        return busy or self._told < self._deeds

    def tick(self, at: datetime) -> None:
        """Once the hands rest, what is worse comes to the top."""
        super().tick(at)
        if self._rests(at):
            self.table.let_in()

    def _rests(self, at: datetime) -> bool:
        return self._moved_at is not None and not timedelta() <= at - self._moved_at < STILL

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> AlarmLine | None:
        """The alarm under the cursor."""
        key = self.table.cursor_key
        held = (alarm for alarm in self._alarms or () if key == alarm_key(alarm))
        return next(held, None) if key is not None else None

    def do_alarms(self) -> None:
        """We are there."""

    def do_acknowledge(self) -> None:
        """Silence the alarm under the cursor."""
        alarm = self.chosen()
        if alarm is None:
            self._about_group("acknowledge")
        elif alarm.state in {AlarmState.ACKNOWLEDGED, AlarmState.SHELVED}:
            shelved = alarm.state is AlarmState.SHELVED
            said = _("this alarm is on the shelf; {key} takes it off")
            done = _("this alarm was acknowledged already")
            self.hands.refuse(said.format(key=self.key_sign("unshelve")) if shelved else done)
        else:
            self._silencing = self.table.cursor_key
            self.run_command("acknowledge", partial(silencing, alarm, {}))

    def do_shelve(self) -> None:
        """Put the alarm under the cursor aside, once it is known until when and why."""
        self._about_chosen("shelve", shelving)

    def do_unshelve(self) -> None:
        """Have the alarm under the cursor ring again."""
        self._about_chosen("unshelve", unshelving)

    def _about_chosen(self, name: str, make: Callable[[AlarmLine, Told], Command]) -> None:
        from console.errand import Errand

        alarm = self.chosen()
        if alarm is None:
            self._about_group(name)
            return
        if (why := why_no_shelf(alarm)) is not None:
            self.hands.refuse(why)
            return

        def making(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
            return make(alarm, told)

        action = replace(ACTIONS[name], make=making)
        errand = Errand(action=action, line=None, questions=list(action.questions))
        errand.number = alarm.number or 0
        if errand.questions:
            errand.take_up(self.desk.drafts.newest(errand.draft_key))
        self.hands.open_or_go(errand)

    def _about_group(self, name: str) -> None:
        """All alarms of the group under the cursor, as they were last shown."""
        found = self._flood.group(self.table.cursor_key)
        line = self.table.line_at_cursor
        if line is not None and line.gone:
            self.hands.refuse(_("this alarm is no more; . brings the list up to date"))
        elif found is None or name == "unshelve":
            self.hands.refuse(_("no alarm is chosen; Enter opens a group"))
        else:
            group, alarms = found
            self.over_group(name, group_said(group), alarms)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order of the alarm, or the alarms of the group."""
        message.stop()
        alarm, key = self.chosen(), self.table.cursor_key
        if alarm is None and isinstance(key, str):
            self._flood.turn(key)
            self.show_rows()
        elif alarm is not None and alarm.number is not None:
            self.open_details(alarm.number)
        elif isinstance(key, int):
            self.open_details(key)
        elif alarm is not None and alarm.complaint is not None:
            from console.screens.voices import VoicesScreen

            self.desk.go_to(VoicesScreen())
        elif alarm is not None and alarm.project is not None:
            from console.screens.project import ProjectScreen

            self.desk.go_to(ProjectScreen(alarm.project))
        elif alarm is not None:
            self.hands.refuse(why_no_order(alarm))

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[tuple[AlarmLine, ...], int]:
        """As many as can be shown, and how much was done here by then."""
        from store.queries.lists import ListAlarms

        deeds = self._deeds
        return seat.ask(ListAlarms(limit=MOST)), deeds

    def take(self, found: tuple[tuple[AlarmLine, ...], int]) -> None:
        """What rings comes first."""
        alarms, self._told = found
        self._alarms = tuple(sorted(alarms, key=alarm_mark))

    def show_rows(self) -> None:
        """The groups of a flood, and alarms; the next one is chosen once one is acknowledged.

        As on the board nothing moves at or above the cursor while hands are at work: what is worse
        is counted below, and comes in once they rest. The cursor stays on its alarm.
        """
        at, zone = self.desk.now(), self.desk.zone
        alarms, key = self._alarms or (), self.table.cursor_key
        rows = HeldRows(self._flood.rows(alarms, key, at=at, zone=zone))
        if (below := self._below(key)) is not None:
            self._silencing = None
            self.table.cursor_key = below
            self.table.hold(rows)
        elif (left := self._flood.left_by(key, alarms, self.table.keys)) is not None:
            self.table.cursor_key = left
            self.table.hold(rows)
        elif self._did and self.table.keys != tuple(row.key for row in rows.rows):
            self._did = False
            self.table.hold(rows)
        else:
            self.table.renew(rows)
            if self._rests(at):
                self.table.let_in()
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#shelf", PartsBar).renew()

    def _below(self, key: Hashable | None) -> Hashable | None:
        """Where the cursor goes from the alarm that was just acknowledged."""
        chosen = self.chosen()
        if key is None or key != self._silencing:
            return None
        if chosen is not None and chosen.state is AlarmState.UNACKNOWLEDGED:
            return None
        return self._flood.below(key, self._alarms or (), self.table.keys)

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are, and which keys are for the row under the cursor."""
        if self._alarms is None:
            return ((),)
        text, tone = how_many(self._alarms, MOST)
        opened = self._flood.is_opened(self.table.cursor_key)
        how = list_keys(width - cell_len(text) - 2, opened=opened)
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _shelf(self, _width: int, _height: int) -> tuple[Parts, ...]:
        alarm = self.chosen()
        if alarm is None or alarm.state is not AlarmState.SHELVED:
            return ()
        return shelf_told(alarm, at=self.desk.now(), zone=self.desk.zone)


def _waiting(window: Window) -> str:
    """The line that tells what waits to come in above the cursor."""
    said = [_("{count} worse above").format(count=window.new)] if window.new else []
    gone = [_("{count} not here any more").format(count=window.gone)] if window.gone else []
    return _(", ").join(said + gone) + _(" - press . to show")
