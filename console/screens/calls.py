"""Whom to call now, with a script and one key for what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.actions_calls import REVISIT_ASKS, recorded, revisited
from console.i18n import _
from console.looks import spread
from console.outcomes import KEYS, REVISIT_KEYS
from console.render_calls import call_columns, call_row, how_many, key_of, script
from console.screens.commanding import Commanding
from console.screens.sifting import Sifting
from console.widgets.bars import PartsBar
from store.domain.calls import CallReason, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from textual.widget import Widget

    from console.actions_kinds import Ask, Told
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.queries.calls import CallLine, Proposals
    from store.queries.revisits import RevisitSheet


class CallsScreen(Sifting, Commanding):
    """The list above, the script below; Enter opens the order, Esc leads back."""

    NAME = "calls"
    DEFAULT_CSS = "CallsScreen > #script { background: $surface; }"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace,C", "back", show=False),
        *(Binding(key, f"outcome('{key}')", show=False) for key in KEYS),
    ]

    class Proposed(Message):
        """When each outcome would have a customer called again; of a revisit, what is known."""

        def __init__(
            self, key: object, proposals: Proposals, sheet: RevisitSheet | None = None
        ) -> None:
            super().__init__()
            self.key = key
            self.proposals = proposals
            self.sheet = sheet

    def __init__(self) -> None:
        super().__init__()
        self._calls: tuple[CallLine, ...] | None = None
        self._proposed: CallsScreen.Proposed | None = None
        self._asks: tuple[str, ...] = ()
        self._minute = -1

    def columns(self) -> tuple[Column, ...]:
        """What is told of a call."""
        return call_columns()

    def below(self) -> Iterable[Widget]:
        """What to say."""
        yield PartsBar(id="script")

    def set_up(self) -> None:
        """The script of the chosen call."""
        from console.own_texts import own_questions

        super().set_up()
        self._asks = own_questions(())
        self.query_one("#script", PartsBar).show(self._script)

    def action_act(self, name: str) -> None:
        """What came of a call needs an order elsewhere, and here what is chosen."""
        if name == "outcome":
            self.do_outcome()
        else:
            super().action_act(name)

    def tick(self, at: datetime) -> None:
        """Once a minute others may have fallen due."""
        super().tick(at)
        minute = self.desk.rota.minute(at)
        if minute != self._minute:
            self._minute = minute
            self.ask_again()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> CallLine | None:
        """The call under the cursor."""
        key = self.table.cursor_key
        return next((call for call in self._calls or () if key_of(call) == key), None)

    def do_calls(self) -> None:
        """We are there."""

    def do_outcome(self) -> None:
        """By hand: which outcome, when again, what was said."""
        self._record(None)

    def action_outcome(self, key: str) -> None:
        """Note what came of the call; a new promise is asked for its time first."""
        self._record(key)

    def _record(self, key: str | None) -> None:
        from console.errand import Errand

        if self._calls is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self._record, key))
            return
        self.hands.hush()
        call = self.chosen()
        if call is None:
            self.hands.refuse(_("no call is chosen"))
            return

        if key is not None and call.why is CallReason.REVISIT:
            self._record_revisit(call, key)
            return
        outcome = None if key is None else KEYS[key]

        def making(_line: BoardLine | None, answers: Told, _ask: Ask) -> Command:
            return recorded(call, outcome, answers)

        action = replace(ACTIONS["outcome"], make=making)
        questions = list(action.questions)
        if outcome is not None:
            questions = questions[1:2] if outcome is Outcome.PROMISED else []
        errand = Errand(action=action, line=None, questions=questions, number=call.number)
        if questions:
            errand.take_up(self.desk.drafts.newest(errand.draft_key))
        self.hands.open_or_go(errand)

    def _record_revisit(self, call: CallLine, key: str) -> None:
        from console.errand import Errand

        outcome = REVISIT_KEYS.get(key)
        if outcome is None:
            self.hands.refuse(_("a revisit has no such outcome; its keys stand below"))
            return

        def making(_line: BoardLine | None, answers: Told, _ask: Ask) -> Command:
            return revisited(call, outcome, answers)

        questions = list(REVISIT_ASKS.get(outcome, ()))
        action = replace(ACTIONS["outcome"], questions=tuple(questions), make=making)
        errand = Errand(action=action, line=None, questions=questions, number=call.number)
        self.hands.open_or_go(errand)

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

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[CallLine, ...]:
        """All of them."""
        from store.queries.calls import Calls

        return seat.ask(Calls())

    def take(self, found: tuple[CallLine, ...]) -> None:
        """As the store sorts them."""
        self._calls = found

    def show_rows(self) -> None:
        """The calls, and the script of the chosen one."""
        at, calls = self.desk.now(), self._calls or ()
        self.hold(call_row(call, place, at=at) for place, call in enumerate(calls))
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
        from store.queries.revisits import ShowRevisit

        sheet = None
        try:
            proposals = seat.ask(NextCalls(number=call.number))
            if call.why is CallReason.REVISIT and call.place is not None:
                sheet = seat.ask(ShowRevisit(number=call.number, place=call.place, limit=2))
        except Refusal:  # the list tells of a store that does not answer
            return
        self.post_message(self.Proposed(key_of(call), proposals, sheet))

    def on_calls_screen_proposed(self, message: Proposed) -> None:
        """Tell when each outcome would have him called again."""
        message.stop()
        self._proposed = message
        self.query_one("#script", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are."""
        if self._calls is None:
            return ((),)
        text, tone = how_many(self._calls)
        how = _("1-5 outcome, Enter order, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _script(self, width: int, _height: int) -> tuple[Parts, ...]:
        call, told = self.chosen(), self._proposed
        if call is None or told is None or told.key != key_of(call):
            told = None
        return script(
            call,
            None if told is None else told.proposals,
            at=self.desk.now(),
            zone=self.desk.zone,
            width=width,
            sheet=None if told is None else told.sheet,
            questions=self._asks,
        )
