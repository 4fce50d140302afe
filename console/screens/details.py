"""One order on a screen of its own: its card, its whole trace, and every key that is about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.actions import ACTIONS
from console.carrying import told
from console.feed import NewsArrived
from console.i18n import _, fill
from console.pacing import Newest
from console.panes.hand_bar import HandBar
from console.render_bars import QUEUE_KEYS
from console.render_page import card_page, counts_seconds
from console.screens.commanding import Commanding
from console.screens.touring import ON_THE_BOARD
from console.trail import NOTHING_AFTER, Trail
from console.widgets.bars import PartsBar
from console.widgets.pages import PartsPage

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.actions_kinds import Situation
    from console.palette import Hit
    from console.seat import Seat
    from store.domain.intents import Command, Done
    from store.queries.board import BoardLine
    from store.queries.card import Card, TraceEntry
    from store.queries.people import TechnicianLine


class DetailsScreen(Commanding):
    """Everything about one order; Esc or Enter leads back."""

    CSS = """
    DetailsScreen #status, DetailsScreen #keys { height: 1; background: $panel; }
    DetailsScreen #page { height: 1fr; background: $surface; padding: 0 1; }
    """
    BINDINGS = [
        ("escape,enter,backspace", "back", "Back"),
        (",".join((*QUEUE_KEYS[:-1], "minus", "full_stop")), "astray", "Elsewhere"),
    ]
    says_back = True

    class Arrived(Message):
        """What was asked about the order has come back."""

        def __init__(
            self,
            found: tuple[Card, tuple[TraceEntry, ...]] | None,
            line: BoardLine | None,
            question: int,
            error: Exception | None = None,
        ) -> None:
            super().__init__()
            self.question = question
            self.found = found
            self.line = line
            self.error = error

    def __init__(self, number: int, line: BoardLine | None = None) -> None:
        super().__init__()
        self.number = number
        self._found: tuple[Card, tuple[TraceEntry, ...]] | None = None
        self._questions = Newest()
        self._line = line
        """The order as the screen below shows it, until it has been asked for."""

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsPage(id="page")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    def set_up(self) -> None:
        """The arrows scroll the page."""
        super().set_up()
        self.hands.home = self.query_one(PartsPage)
        self.desk.focus_on(self.hands.home)
        self.hands.people = self._people
        self.desk.heard("details")

    def _people(self) -> tuple[TechnicianLine, ...]:
        """Who may go, as the board below knows it."""
        board = self.desk.screen_stack[0]
        return board.hands.people() if isinstance(board, Commanding) else ()

    def line(self) -> BoardLine | None:
        """The order shown."""
        return self._line

    def unsettled(self) -> bool:
        """Also while it is not known which order this is."""
        return self._line is None or super().unsettled()

    def seated(self, seat: Seat) -> None:
        """Ask for the order."""
        super().seated(seat)
        self.hands.get_ready()
        self._ask()

    def hear(self, news: NewsArrived) -> None:
        """Ask again when it is about this order."""
        if news.concerns(self.number):
            self._ask()

    def tick(self, at: datetime) -> None:
        """Countdowns go on here too; what counts minutes is written once a minute."""
        super().tick(at)
        if self._found is not None and (not at.second or counts_seconds(self._found[0], at)):
            self._show()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self._show()

    def action_back(self) -> None:
        """To the board, but not before our last command is told of."""
        if self.hands.busy_with(self.number):
            self.desk.typed.after(self.action_back)
        else:
            self.desk.go_back()

    def do_details(self) -> None:
        """We are there."""

    def open_details(self, number: int, line: BoardLine | None = None) -> None:
        """Another order, on a screen above this one."""
        if number != self.number:
            self.desk.go_to(DetailsScreen(number, line))

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def look_back(self, then: datetime | None) -> None:
        """The board as it stood then."""
        from console.screens.past import PastScreen

        self.desk.go_to(PastScreen(then or self.desk.now()))

    def do_explain(self) -> None:
        """Why this deadline."""
        from console.screens.ledger import LedgerScreen

        self.desk.go_to(LedgerScreen(self.number))

    def situation(self) -> Situation:
        """About this order alone; what is about the list is to be found on the board."""
        lacks = {
            name: ON_THE_BOARD
            for name, action in ACTIONS.items()
            if not action.about_order and not hasattr(self, f"do_{name}")
        }
        return replace(super().situation(), only_it=True, lacks=lacks)

    def action_act(self, name: str) -> None:
        """The alarm of the order is silenced once it is known whether it rings."""
        if name == "acknowledge" and self.unsettled():
            self.desk.typed.after(partial(self.action_act, name))
        else:
            super().action_act(name)

    def action_astray(self) -> None:
        """A key of the list, which is not here."""
        self.hands.refuse(partial(_, ON_THE_BOARD))

    def do_acknowledge(self) -> None:
        """The alarm of this order."""
        line = self.line()
        if line is not None:
            self.run_command("acknowledge", partial(_silence, line))

    def do_refresh(self) -> None:
        """Ask for the order again."""
        self._ask()

    def do_new(self) -> None:
        """A customer calls while another's order is open."""
        from console.carrying import Outcome
        from console.screens.new_order import NewOrderScreen

        def made(done: Done | Outcome | None) -> None:
            self.hands.take_keys()
            if isinstance(done, Outcome):
                self.hands.say_it_waits(done)
            elif done is not None:
                self.hands.say(partial(fill, done.sentence, done.facts), "good")
                self.desk.pass_on(NewsArrived(0, frozenset(done.numbers), reload=False, own=True))
            self.desk.typed.forget()  # keys meant for the new order would hit this one

        self.desk.go_to(NewOrderScreen(), made)

    def do_palette(self) -> None:
        """Jump on to something else, which the board then shows; keys about an order stay here."""
        from console.screens.palette import PaletteScreen

        def chosen(hit: Hit | None) -> None:
            if hit is None:
                self.hands.take_keys()
            elif hit.kind == "action" and hit.target not in self.situation().lacks:
                self.hands.take_keys()
                self.action_act(hit.target)
            else:
                self.desk.go_back(hit)

        self.desk.go_to(PaletteScreen(()), chosen)

    def do_earlier(self) -> None:
        """To what was looked at before: another order, or the board that it was opened from."""
        self._look_on("earlier")

    def do_later(self) -> None:
        """To what one came back from."""
        board, *above = self.desk.screen_stack
        trail = getattr(board, "trail", None)
        if above == [self] and isinstance(trail, Trail) and trail.ahead:
            self._look_on("later")
        else:
            self.hands.refuse(partial(_, NOTHING_AFTER))

    def _look_on(self, way: str) -> None:
        from console.palette import Hit

        if self.hands.busy_with(self.number):
            self.desk.typed.after(partial(self._look_on, way))
        else:
            self.desk.go_back(Hit(kind=way, target=self.number, what="", name=""))

    def _ask(self) -> None:
        if self.desk.seat is not None:
            work = partial(self._fetch, self.desk.seat, self._questions.ask())
            self.run_worker(work, thread=True, group="card", exclusive=True, exit_on_error=False)

    def _fetch(self, seat: Seat, question: int) -> None:
        from store.queries.board import LineOf
        from store.queries.card import OrderCard, Trace

        try:
            line = seat.ask(LineOf(number=self.number))
            card = seat.ask(OrderCard(number=self.number))
            found = (card, seat.ask(Trace(number=self.number)))
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived(None, None, question, error))
        else:
            self.post_message(self.Arrived(found, line, question))

    def on_details_screen_arrived(self, message: Arrived) -> None:
        """Show it; what was shown stays when nothing came."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if message.error is not None:
            self.hands.refuse(told(message.error))
            return
        self.desk.typed.go_on()
        self._found, self._line = message.found, message.line
        self._show()
        self.renew_bars()

    def _show(self) -> None:
        if self._found is not None:
            at = self.desk.now()
            here = self.desk.attention.at_order(self.number, at=at)
            page = card_page(self._found, at=at, zone=self.desk.zone, here=here)
            self.query_one(PartsPage).tell(page)

    def looked_at(self) -> int | None:
        """This order."""
        return self.number

    def show_presence(self) -> None:
        """Above the card."""
        super().show_presence()
        self._show()

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """Shown here at once, and told to the board below."""
        message.stop()
        self._ask()
        self.desk.committed(message.done)


def _silence(line: BoardLine) -> Command:
    from store.commands.alarms import Acknowledge

    return Acknowledge(numbers=(line.number,), rings=line.rings, alarm=line.alarm)
