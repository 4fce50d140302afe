"""Whom to call now, with a script and one key for what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.actions_calls import recorded
from console.carrying import told
from console.i18n import _
from console.looks import spread
from console.outcomes import KEYS
from console.pacing import Newest, Paced
from console.panes.hand_bar import HandBar
from console.render_calls import call_columns, call_row, how_many, key_of, script
from console.screens.commanding import Commanding
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.work_table import WorkTable
from store.domain.calls import Outcome
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.actions_kinds import Ask, Situation, Told
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.queries.calls import CallLine, Proposals

_APART_S = 0.5
_THERE = N_("Enter opens the order; this is to be done there")


class CallsScreen(Commanding):
    """The list above, the script below; Enter opens the order, Esc leads back."""

    CSS = """
    CallsScreen { background: $background; }
    CallsScreen #status, CallsScreen #keys, CallsScreen #heading { height: 1; }
    CallsScreen #status, CallsScreen #keys { background: $panel; }
    CallsScreen #heading, CallsScreen #script { background: $surface; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,backspace,C", "back", show=False),
        *(Binding(key, f"outcome('{one.value}')", show=False) for key, one in KEYS.items()),
    ]

    class Arrived(Message):
        """The calls have come back, or what may come of one."""

        def __init__(self, found: tuple[CallLine, ...] | Exception, question: int) -> None:
            super().__init__()
            self.found = found
            self.question = question

    class Proposed(Message):
        """When each outcome would have a customer called again."""

        def __init__(self, key: object, proposals: Proposals) -> None:
            super().__init__()
            self.key = key
            self.proposals = proposals

    def __init__(self) -> None:
        super().__init__()
        self._calls: tuple[CallLine, ...] | None = None
        self._proposed: tuple[object, Proposals] | None = None
        self._questions = Newest()
        self._minute = -1
        self._ask = Paced(self, _APART_S, self._look)

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsBar(id="heading")
        yield WorkTable(call_columns(), HeldRows(), at=self.desk.now(), id="calls")
        yield PartsBar(id="script")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> WorkTable:
        """The calls."""
        return self.query_one(WorkTable)

    def on_mount(self) -> None:
        """The arrows go through the calls."""
        self.table.follow = True
        super().on_mount()
        self.hands.home = self.table
        self.query_one("#heading", PartsBar).show(self._heading)
        self.query_one("#script", PartsBar).show(self._script)
        self.desk.focus_on(self.table)

    def line(self) -> None:
        """No order: a call is chosen."""

    def situation(self) -> Situation:
        """What is about an order is done where it is shown whole."""
        lacks = {
            name: _THERE
            for name in ACTIONS
            if name != "quit" and (name == "take_back" or not hasattr(self, f"do_{name}"))
        }
        return replace(super().situation(), lacks=lacks)

    def action_act(self, name: str) -> None:
        """What this screen can; else say where it can be done."""
        lacking = self.situation().lacks.get(name)
        if lacking is not None:
            self.hands.refuse(partial(_, lacking))
        elif name == "outcome":  # which needs an order elsewhere, and here what is chosen
            self._record(None)
        else:
            super().action_act(name)

    def seated(self, seat: Seat) -> None:
        """Ask for them."""
        super().seated(seat)
        self._ask()

    def tick(self, at: datetime) -> None:
        """They grow older; once a minute others may have fallen due."""
        super().tick(at)
        self.table.tick(at)
        minute = int(at.timestamp()) // 60
        if minute != self._minute:
            self._minute = minute
            self._ask()

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any news may end a silence
        """Ask again."""
        self._ask()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self.table.set_columns(call_columns())
        self._show()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> CallLine | None:
        """The call under the cursor."""
        key = self.table.cursor_key
        return next((call for call in self._calls or () if key_of(call) == key), None)

    def action_back(self) -> None:
        """To the board."""
        self.desk.go_back()

    def do_calls(self) -> None:
        """We are there."""

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def do_refresh(self) -> None:
        """Ask again."""
        self._ask.now()

    def do_outcome(self) -> None:
        """By hand: which outcome, when again, what was said."""
        self._record(None)

    def action_outcome(self, code: str) -> None:
        """Note what came of the call; a new promise is asked for its time first."""
        self._record(Outcome(code))

    def _record(self, outcome: Outcome | None) -> None:
        from console.errand import Errand

        if self._calls is None:
            self.desk.typed.after(partial(self._record, outcome))
            return
        self.hands.hush()
        call = self.chosen()
        if call is None:
            self.hands.refuse(_("no call is chosen"))
            return

        def making(_line: BoardLine | None, answers: Told, _ask: Ask) -> Command:
            return recorded(call, outcome, answers)

        action = replace(ACTIONS["outcome"], make=making)
        questions = list(action.questions)
        if outcome is not None:
            questions = questions[1:2] if outcome is Outcome.PROMISED else []
        self.hands.open_or_go(Errand(action=action, line=None, questions=questions))

    def open_details(self, number: int, line: BoardLine | None = None) -> None:
        """Everything about an order."""
        from console.screens.details import DetailsScreen

        self.desk.go_to(DetailsScreen(number, line))

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order of the call."""
        message.stop()
        call = self.chosen()
        if call is not None:
            self.open_details(call.number)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another call is at hand: another script."""
        message.stop()
        self._show_script()

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """Shown here at once, and told to the board below."""
        message.stop()
        self._ask.now()
        self.desk.committed(message.done)

    # -- asking and showing ------------------------------------------------------------------

    def _look(self) -> None:
        if self.desk.seat is not None:
            work = partial(self._fetch, self.desk.seat, self._questions.ask())
            self.run_worker(work, thread=True, group="calls", exit_on_error=False)

    def _fetch(self, seat: Seat, question: int) -> None:
        from store.queries.calls import Calls

        try:
            found: tuple[CallLine, ...] | Exception = seat.ask(Calls())
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Arrived(found, question))

    def on_calls_screen_arrived(self, message: Arrived) -> None:
        """Show them; what was shown stays when nothing came."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if isinstance(message.found, Exception):
            self.hands.refuse(told(message.found))
            return
        self._calls = message.found
        self._show()
        self.renew_bars()
        self.desk.typed.go_on()

    def _show(self) -> None:
        rows = tuple(call_row(call, place) for place, call in enumerate(self._calls or ()))
        self.table.set_source(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()
        self._show_script()

    def _show_script(self) -> None:
        call, seat = self.chosen(), self.desk.seat
        self.query_one("#script", PartsBar).renew()
        if call is not None and seat is not None:
            work = partial(self._propose, seat, call)
            self.run_worker(work, thread=True, group="propose", exit_on_error=False)

    def _propose(self, seat: Seat, call: CallLine) -> None:
        from store.domain.errors import Refusal
        from store.queries.calls import NextCalls

        try:
            proposals = seat.ask(NextCalls(number=call.number))
        except Refusal:  # the list tells of a store that does not answer
            return
        self.post_message(self.Proposed(key_of(call), proposals))

    def on_calls_screen_proposed(self, message: Proposed) -> None:
        """Tell when each outcome would have him called again."""
        message.stop()
        self._proposed = message.key, message.proposals
        self.query_one("#script", PartsBar).renew()

    def _heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        if self._calls is None:
            return ((),)
        text, tone = how_many(self._calls)
        how = _("1-5 what came of it, Enter its order, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _script(self, _width: int, _height: int) -> tuple[Parts, ...]:
        call, (key, proposals) = self.chosen(), self._proposed or (None, None)
        known = proposals if call is not None and key == key_of(call) else None
        return script(call, known, at=self.desk.now(), zone=self.desk.zone)
