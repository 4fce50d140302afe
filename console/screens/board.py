"""The board: queues, the orders of one, technicians, alarms; what an operator looks at all day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container

from console.i18n import _, coded, tell
from console.panes.hand_bar import HandBar
from console.panes.people_table import PeopleTable
from console.panes.queue_bar import QueueBar
from console.render import OrderRow, board_columns
from console.render_bars import QUEUE_KEYS, SHORT_LABELS
from console.render_empty import why_empty, why_shut
from console.render_keys import unsent_said
from console.screens.doing import Doing
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.pages import PartsPage
from console.widgets.work_table import WorkTable
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.window import Window
    from store.queries.board import BoardLine
    from store.queries.views import View

_NAMES = tuple(QUEUES)
_LOOK_AFTER_S = 0.3
"""Where no order comes to set off the first look."""


class BoardScreen(Doing):
    """One full screen for twelve hours."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-mid"), (120, "-wide"), (150, "-rich")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    BINDINGS: ClassVar = [
        Binding("escape", "unfilter", show=False, id="filter.clear_all"),
        *(
            Binding(key if key != "-" else "minus", f"queue({place})", show=False)
            for place, key in enumerate(QUEUE_KEYS)
        ),
    ]

    def __init__(self, size: Size | None = None) -> None:
        super().__init__()
        self._hands_asked = False
        if size is not None:
            # Known before the first layout, they spare the first frame a second one.
            across = self._get_breakpoint_classes(size.width, self.HORIZONTAL_BREAKPOINTS)
            down = self._get_breakpoint_classes(size.height, self.VERTICAL_BREAKPOINTS)
            self.add_class(*across, *down, update=False)

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        with Container(id="main"):
            with Container(id="left"):
                yield QueueBar(id="queues")
                with Container(id="middle"):
                    yield WorkTable(
                        board_columns(),
                        HeldRows(),
                        at=self.desk.now(),
                        waiting_text=_waiting,
                        id="orders",
                    )
                    yield PartsBar(id="empty")
                    yield PeopleTable(at=self.desk.now(), id="people")
            yield PartsPage(id="card", can_focus=False)
        yield PartsBar(id="alarms")
        yield PartsBar(id="repair")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> WorkTable:
        """The orders of the chosen queue."""
        return self.query_one("#orders", WorkTable)

    def set_up(self) -> None:
        """The keys belong to the orders."""
        super().set_up()
        self.hands.home = self.table
        self.hands.people = lambda: self.overview.people if self.overview else ()
        self.query_one("#empty", PartsBar).show(self._empty)
        self.people.nothing = self._nobody
        self.desk.focus_on(self.table)
        self.show_overview()

    def make_the_rest(self) -> None:
        """Make now what else waits until rows are there: a board that is drawn for later."""
        self.hands.get_ready()
        self.make_bar()

    def seated(self, seat: Seat) -> None:
        """The store is open: ask for everything."""
        super().seated(seat)
        if self.desk.drill is not None:
            from console.screens.briefing import BriefingScreen

            self.desk.go_to(BriefingScreen(self.desk.drill))
        if self.desk.keys_wrong is not None:
            said = _("{why}; the usual keys are in force")
            self.hands.say(said.format(why=tell(self.desk.keys_wrong)), "overdue")
        elif seat.unread is not None:
            said = _("not all that was kept here could be read; a copy of it is in {path}")
            self.hands.say(said.format(path=seat.unread), "overdue")
        elif seat.new_code:
            who = coded(seat.name, seat.new_code)
            said = _("you sit here as {who}; paidan --as CODE names another operator")
            self.hands.say(said.format(who=who), "good")
        elif seat.left:
            said = _("an order begun here was never written down: {key} goes on with it")
            self.hands.say(said.format(key=self.key_sign("new")), "soon")
        elif seat.unsent_left:
            self.hands.say(unsent_said(seat.unsent_left), "soon")
        elif self.desk.landing is not None and not self.desk.landing.listing.plain:
            self.hands.say(_("you are where you were; Esc leads back to the whole list"), "good")
        self.land()
        self.set_timer(_LOOK_AFTER_S, self._look_first)

    def _look_first(self) -> None:
        """Ask for all that stands around the orders, which were asked for before."""
        if self.overview is None:
            self.look()

    # -- the chosen queue and the chosen order -----------------------------------------------

    def line(self) -> BoardLine | None:
        """The order under the cursor, as it is shown; as it is now where it has left the queue."""
        held = self.table.line_at_cursor
        if held is None or not isinstance(held.row, OrderRow):
            return None
        fresh = self.fresh
        if held.gone and fresh is not None and fresh.number == held.row.line.number:
            return fresh
        return held.row.line

    def marked_technician(self) -> str | None:
        """Who is under the cursor, while that is among the technicians."""
        return self.people.code_at_cursor if self.people.has_focus else None

    def unsettled(self) -> bool:
        """Also while the list is asked where the cursor shall be."""
        return super().unsettled() or not self.table.settled

    def action_queue(self, place: int) -> None:
        """Choose a queue by its place."""
        self.hands.hush()
        self.choose_queue(_NAMES[place])

    def do_next_queue(self) -> None:
        """The list after this one, from the last to the first."""
        self._step(1)

    def do_previous_queue(self) -> None:
        """The list before this one."""
        self._step(-1)

    def _step(self, by: int) -> None:
        places: list[str | View] = [*_NAMES, *self.views]
        here = places.index(self.view or self.queue)
        there = places[(here + by) % len(places)]
        if isinstance(there, str):
            self.choose_queue(there)
        else:
            self.choose_view(there)

    def on_queue_bar_view_chosen(self, message: QueueBar.ViewChosen) -> None:
        """A click on a view."""
        self.jump_to_view(message.view)

    def on_queue_bar_chosen(self, message: QueueBar.Chosen) -> None:
        """A click on a queue."""
        self.choose_queue(message.name)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another order is chosen: other keys make sense, and its card is wanted."""
        message.stop()
        self.fresh = None
        self.query_one("#keys", PartsBar).renew()
        self.settle_tour()
        self.show_empty()
        self._look_first()
        self.card_soon()
        self.foresee_soon()
        if not self._hands_asked:  # one message less for each key after the first
            self._hands_asked = True
            self.call_after_refresh(self.hands.get_ready_soon)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Everything about it."""
        message.stop()
        self.action_act("details")

    def on_work_table_landed(self, message: WorkTable.Landed) -> None:
        """The cursor is where it was sent: keys about the order under it may go on."""
        message.stop()
        if self.number_at_cursor is None:  # no order comes that would set off its card
            self.ask_card()
        if self.is_current:  # else the keys wait for what another screen has asked for
            self.desk.typed.go_on()

    def on_people_table_job_chosen(self, message: PeopleTable.JobChosen) -> None:
        """The job of a technician."""
        message.stop()
        self.open_details(message.number)

    def on_work_table_fetch_failed(self, message: WorkTable.FetchFailed) -> None:
        """The rows stay as they are; the status line says why."""
        message.stop()
        self.failed(message.error)
        if self.desk.typed.held:
            self.desk.typed.forget()

    # -- news and time -----------------------------------------------------------------------

    def hear(self, news: NewsArrived) -> None:
        """Something was committed here or elsewhere."""
        super().hear(news)
        self.look(own=news.own)
        if self.views or news.registers:
            self.look_at_views(own=news.own)
        self.list_again(own=news.own)
        number = self.number_at_cursor
        if number is not None and news.concerns(number):
            self.ask_line()

    def say_again(self) -> None:
        """Another language: columns, rows, bars."""
        super().say_again()
        if self._bar is not None:
            self._bar.renew()
        self.table.set_columns(self.columns())
        self.table.reload()
        self.people.say_again(at=self.desk.now())
        self.query_one("#empty", PartsBar).renew()
        self.show_overview()
        self.show_card()

    # -- what is shown where there is nothing ------------------------------------------------

    def show_empty(self) -> None:
        """Say why the queue is empty, in the place of its rows; an empty desk offers more."""
        if self.overview is not None and self.overview.untouched:
            self.offer_beginnings()
        elif self.overview is not None and not self.overview.empty:
            self.withdraw_beginnings()
        told = self.overview is not None or self.situation().shut
        self.set_class(told and not self.table.window.count, "empty")
        self.query_one("#empty", PartsBar).renew()

    def _nobody(self) -> tuple[str, ...]:
        from console.render_nothing import nothing

        return nothing("people", self.key_sign) if self.overview is not None else ()

    def _empty(self, _width: int, _height: int) -> tuple[Parts, ...]:
        trouble = self.desk.standing.trouble
        if self.seat is None and trouble is not None:
            from console.cli_config import shown  # it brings what no first paint should wait for

            address = str(shown(self.desk.address))
            return why_shut(trouble, address, key=self.key_sign("quit"))
        queue = self.queue if self.listing.plain else None
        return why_empty(queue, self.overview, key=self.key_sign)


def _waiting(window: Window) -> str:
    """The line that tells what waits behind it, the first priority by itself."""
    said, new, first = [], window.new, window.pressing
    if first:
        said.append(_("{count} new, {first} first priority").format(count=new, first=first))
    elif new:
        said.append(_("{count} new").format(count=new))
    if window.gone:
        said.append(_("{count} gone").format(count=window.gone))
    return _(", ").join(said) + _(" - press . to show")


assert SHORT_LABELS.keys() == QUEUES.keys(), "every queue has a short name"
