"""Every alarm that stands, on a screen of its own: the strip of the board shows only the worst."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.actions_alarms import shelving, unshelving
from console.carrying import told
from console.i18n import _
from console.looks import spread
from console.pacing import Newest, Paced
from console.panes.hand_bar import HandBar
from console.render_alarms import alarm_columns, how_many, listed, ringing_first
from console.screens.commanding import Commanding
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.work_table import WorkTable
from store.domain.bells import AlarmState
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.app import ComposeResult

    from console.actions_kinds import Ask, Situation, Told
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from store.domain.intents import Command
    from store.queries.alarms import AlarmLine
    from store.queries.board import BoardLine

MOST = 500
_APART_S = 0.5
_OF_THE_CHOSEN = frozenset({"shelve", "unshelve"})
"""What needs an order elsewhere, and here what is under the cursor."""
_THERE = N_("Enter opens the order of the alarm; this is to be done there")
_ABOUT_ORDERS = frozenset({"take_back"})
"""What a screen with a command line can do, but only for the order that it shows."""


class AlarmsScreen(Commanding):
    """The list; Enter opens the order of an alarm, Esc leads back."""

    CSS = """
    AlarmsScreen { background: $background; }
    AlarmsScreen #status, AlarmsScreen #keys, AlarmsScreen #heading { height: 1; }
    AlarmsScreen #status, AlarmsScreen #keys { background: $panel; }
    AlarmsScreen #heading { background: $surface; }
    """
    BINDINGS: ClassVar = [Binding("escape,backspace,A", "back", show=False)]
    shows_alarms = True

    class Arrived(Message):
        """The alarms have come back."""

        def __init__(
            self, found: tuple[AlarmLine, ...], question: int, error: Exception | None = None
        ) -> None:
            super().__init__()
            self.found = found
            self.question = question
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self._alarms: tuple[AlarmLine, ...] | None = None
        self._next: AlarmLine | None = None
        """Which one follows the alarm that is being acknowledged."""
        self._opened: set[str] = set()
        """Groups of a flood whose alarms are listed."""
        self._questions = Newest()
        self._ask = Paced(self, _APART_S, self._look)

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsBar(id="heading")
        yield WorkTable(alarm_columns(), HeldRows(), at=self.desk.now(), id="standing")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> WorkTable:
        """The alarms."""
        return self.query_one(WorkTable)

    def on_mount(self) -> None:
        """The arrows go through the alarms."""
        self.table.follow = True
        super().on_mount()
        self.hands.home = self.table
        self.query_one("#heading", PartsBar).show(self._heading)
        self.desk.focus_on(self.table)

    def line(self) -> None:
        """No order: an alarm is chosen."""

    def situation(self) -> Situation:
        """What is about an order is done where it is shown whole."""
        lacks = {
            name: _THERE
            for name in ACTIONS
            if name != "quit" and (name in _ABOUT_ORDERS or not hasattr(self, f"do_{name}"))
        }
        return replace(super().situation(), lacks=lacks)

    def action_act(self, name: str) -> None:
        """What this screen can; else say where it can be done."""
        lacking = self.situation().lacks.get(name)
        if lacking is not None:
            self.hands.refuse(partial(_, lacking))
        elif name in _OF_THE_CHOSEN and self._alarms is None:
            self.desk.typed.after(partial(self.action_act, name))
        elif name in _OF_THE_CHOSEN:
            self.hands.hush()
            getattr(self, f"do_{name}")()
        else:
            super().action_act(name)

    def seated(self, seat: Seat) -> None:
        """Ask for them."""
        super().seated(seat)
        self._ask()

    def tick(self, at: datetime) -> None:
        """They grow older."""
        super().tick(at)
        self.table.tick(at)

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any news may ring or silence
        """Ask again."""
        self._ask()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self.table.set_columns(alarm_columns())
        self._show()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> AlarmLine | None:
        """The alarm under the cursor."""
        key = self.table.cursor_key
        held = (alarm for alarm in self._alarms or () if key in {alarm.number, alarm.calendar})
        return next(held, None) if key is not None else None

    def action_back(self) -> None:
        """To the board."""
        self.desk.go_back()

    def do_alarms(self) -> None:
        """We are there."""

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def do_refresh(self) -> None:
        """Ask again."""
        self._ask.now()

    def open_details(self, number: int, line: BoardLine | None = None) -> None:
        """Everything about an order that was named in a typed line."""
        from console.screens.details import DetailsScreen

        self.desk.go_to(DetailsScreen(number, line))

    def do_acknowledge(self) -> None:
        """Silence the alarm under the cursor."""
        alarm = self.chosen()
        if alarm is None:
            self.hands.refuse(_("no alarm is chosen; Enter opens a group"))
        elif alarm.state in {AlarmState.ACKNOWLEDGED, AlarmState.SHELVED}:
            shelved = alarm.state is AlarmState.SHELVED
            said = _("this alarm is on the shelf; {key} takes it off")
            done = _("this alarm was acknowledged already")
            self.hands.refuse(said.format(key=self.key_sign("unshelve")) if shelved else done)
        else:
            after = iter(self._alarms or ())
            self._next = next((one for one in after if one is alarm), None) and next(after, None)
            self.run_command("acknowledge", partial(_silence, alarm))

    def do_shelve(self) -> None:
        """Put the alarm under the cursor aside, once it is known until when and why."""
        self._about_chosen("shelve", shelving)

    def do_unshelve(self) -> None:
        """Have the alarm under the cursor ring again."""
        self._about_chosen("unshelve", unshelving)

    def _about_chosen(self, name: str, make: Callable[[AlarmLine, Told], Command]) -> None:
        from console.errand import Errand

        alarm = self.chosen()
        if alarm is None or alarm.number is None:
            self.hands.refuse(_("choose the alarm of an order"))
            return

        def making(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
            return make(alarm, told)

        action = replace(ACTIONS[name], make=making)
        self.hands.open_or_go(Errand.begin(action, None, {}, None))

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order of the alarm, or the alarms of the group."""
        message.stop()
        alarm, key = self.chosen(), self.table.cursor_key
        if alarm is None and isinstance(key, str):
            self._opened ^= {key}
            self._show()
        elif alarm is not None and alarm.number is not None:
            self.open_details(alarm.number)
        elif alarm is not None:
            self.hands.refuse(_("this alarm is about a calendar, not about an order"))

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """Shown here at once, and told to the board below."""
        message.stop()
        self._ask.now()
        self.desk.committed(message.done)

    # -- asking and showing ------------------------------------------------------------------

    def _look(self) -> None:
        if self.desk.seat is not None:
            work = partial(self._fetch, self.desk.seat, self._questions.ask())
            self.run_worker(work, thread=True, group="alarms", exit_on_error=False)

    def _fetch(self, seat: Seat, question: int) -> None:
        from store.queries.lists import ListAlarms

        try:
            found = seat.ask(ListAlarms(limit=MOST))
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived((), question, error))
        else:
            self.post_message(self.Arrived(found, question))

    def on_alarms_screen_arrived(self, message: Arrived) -> None:
        """Show them; what was shown stays when nothing came."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if message.error is not None:
            self.hands.refuse(told(message.error))
            return
        self._alarms = tuple(sorted(message.found, key=ringing_first))
        self._show()
        self.renew_bars()
        self.desk.typed.go_on()

    def _show(self) -> None:
        at, zone = self.desk.now(), self.desk.zone
        rows = listed(self._alarms or (), self._opened, at=at, zone=zone)
        chosen, following = self.chosen(), self._next
        if following is not None and (
            chosen is None or chosen.state is not AlarmState.UNACKNOWLEDGED
        ):
            self._next = None
            self.table.cursor_key = following.number or following.calendar
        self.table.set_source(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()

    def _heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        if self._alarms is None:
            return ((),)
        text, tone = how_many(self._alarms, MOST)
        how = _("Enter its order, a acknowledges, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)


def _silence(alarm: AlarmLine) -> Command:
    from store.commands.alarms import Acknowledge

    return Acknowledge(
        numbers=() if alarm.number is None else (alarm.number,),
        calendars=() if alarm.calendar is None else (alarm.calendar,),
        rings=alarm.rings,
    )
