"""Orders moved and swapped on the schedule board: what it would cost is shown before it is done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS
from console.actions_kinds import ONLY_LOOKS
from console.carrying import told
from console.errand import TO_READ
from console.i18n import _, fill
from console.screens.commanding import Commanding
from console.screens.lifting import Lifting
from store.domain.dispatch.rules import Rule
from store.queries.days import BarKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.actions_kinds import Ask, Told
    from console.panes.hand_bar import HandBar
    from console.render_days import Span
    from console.seat import Seat
    from store.domain.intents import Command, Query
    from store.queries.arrange import Arrangement
    from store.queries.board import BoardLine
    from store.queries.days import Bar


class Arranging(Lifting, Commanding):
    """One order is lifted; the arrows say where it would come, Enter puts it there."""

    NOT_HERE = frozenset({"take_back", "customer"})

    BINDINGS: ClassVar = [
        Binding("m", "lift", show=False),
        Binding("s", "swap", show=False),
        Binding("comma,，", "lock", show=False),
        Binding("ctrl+k", "unlock", show=False),
    ]

    class Weighed(Message):
        """What a move would come to, or why that cannot be told."""

        def __init__(self, found: Arrangement | Exception, question: int) -> None:
            super().__init__()
            self.found = found
            self.question = question

    def __init__(self) -> None:
        super().__init__()
        self._of: object = None  # out of whose day it is lifted
        self.swaps = False
        """Whether it is to change places with the one at hand."""
        self.weighed: Arrangement | None = None
        self._slot: int | None = None
        self._told_at: datetime | None = None
        """When the operator was told what to look at before it is done; None while not."""
        self._told_of: object = None
        """The move that this was about, and the rules that it breaks: news weigh it anew."""
        self._asked = 0
        """The number of the newest question; the answers to others come too late."""
        self._pending = False
        """Whether it is not answered yet."""
        self._weighed_at = 0.0
        """When the answer came: a key that was read before it was pressed unseeing."""
        self._why_not = ""

    # -- to be filled by the screen ----------------------------------------------------------

    def job(self) -> Bar | None:
        """The order at hand."""
        raise NotImplementedError

    def show_weighed(self) -> None:
        """What is known of the move is another."""
        raise NotImplementedError

    def landed(self, bar: Bar) -> None:
        """What was lifted is with whom the cursor stands on."""
        raise NotImplementedError

    # -- keys --------------------------------------------------------------------------------

    def action_lift(self) -> None:
        """Take the order at hand up, to put it elsewhere."""
        self._take_up(swaps=False)

    def action_swap(self) -> None:
        """Take the order at hand up, to change places with the one that is chosen next."""
        self._take_up(swaps=True)

    def action_lock(self) -> None:
        """Whoever has the order at hand keeps it."""
        self._lock("lock")

    def action_unlock(self) -> None:
        """It may go to others."""
        self._lock("unlock")

    def _lock(self, name: str) -> None:
        from store.commands.locks import LockOrder, UnlockOrder

        bar = self._at_hand()
        if bar is not None:
            kind = LockOrder if name == "lock" else UnlockOrder
            self.run_command(name, lambda: kind(number=bar.number, version=bar.version))

    def _at_hand(self) -> Bar | None:
        """The order at hand, unless nothing can be done to it, which is said."""
        bar = self.job()
        if self.desk.standing.only_looks:
            self.hands.refuse(partial(_, ONLY_LOOKS))
        elif bar is None or bar.kind is BarKind.DONE:
            self.hands.refuse(_("no open job is chosen; the arrows choose one"))
        else:
            return bar
        return None

    def _take_up(self, *, swaps: bool) -> None:
        if self.lifted is not None:
            self.put_down()
            return
        bar = self._at_hand()
        if bar is None:
            return
        if bar.kind is BarKind.NOW:
            said = _("order {number} is under way; it stays where it is")
            self.hands.refuse(said.format(number=bar.number))
            return
        self.hands.hush()
        self.lifted, self.swaps, self._slot, self._of = bar, swaps, None, self.table.cursor_key
        self.weigh()

    def put_down(self) -> None:
        """Leave all as it is."""
        self.lifted = self.weighed = self._told_at = None
        self.hands.hush()
        self.show_weighed()

    def action_back(self) -> None:
        """Put down what was taken up; else to the screen below."""
        if self.lifted is not None:
            self.put_down()
        else:
            super().action_back()

    def shift_slot(self, step: int) -> None:
        """One place earlier or later among what he has."""
        found = self._known(partial(self.shift_slot, step))
        if found is None:
            return
        one = found.placed[0]
        slot = one.slot + step
        if 0 <= slot < one.slots:
            self._slot = slot
            self.weigh()

    def other_person(self) -> None:
        """It would go to another one, where it costs least there."""
        self._slot = None
        self.weigh()

    def look_back(self, then: datetime | None) -> None:
        """The board as it stood then."""
        from console.screens.past import PastScreen

        self.desk.go_to(PastScreen(then or self.desk.now()))

    # -- weighing ----------------------------------------------------------------------------

    def weigh(self) -> None:
        """Ask what it would come to."""
        seat, query = self.desk.seat, self._question()
        self.weighed, self._asked = None, self._asked + 1
        waited, self._pending = self._pending, seat is not None and query is not None
        if seat is None:
            self._refuse(_("the store is not open yet"))
        elif query is not None:
            work = partial(self._fetch_weighed, seat, query, self._asked)
            self.run_worker(work, thread=True, group="weigh", exit_on_error=False)
        else:
            self._why_not = _("choose the job to swap with; the arrows do")
            if waited:
                self.desk.typed.go_on()
        self.show_weighed()

    def _refuse(self, why: str) -> None:
        self._why_not = why
        self.hands.refuse(why)

    def _known(self, then: Callable[[], None]) -> Arrangement | None:
        """What it comes to; else `then` is done once that is known, or why it cannot be is said."""
        if self.weighed is None and self._pending:
            self.desk.typed.after(then)
        elif self.weighed is None and self.lifted is not None:
            self.hands.refuse(self._why_not)
        return self.weighed

    def _question(self) -> Query[Arrangement] | None:
        from store.queries.arrange import Arrange, Placing, Swap

        lifted, who, of = self.lifted, self.table.cursor_key, self._of
        if lifted is None or not isinstance(who, int) or not isinstance(of, int):
            return None
        if not self.swaps:
            slot = self._slot
            one = Placing(number=lifted.number, technician=who, slot=slot, instead=of)
            return Arrange(placings=(one,))
        other = self.job()
        if other is None or other.kind is not BarKind.PLAN or other.number == lifted.number:
            return None
        return Swap(one=lifted.number, other=other.number, one_of=of, other_of=who)

    def _fetch_weighed(self, seat: Seat, query: Query[Any], question: int) -> None:
        found: Arrangement | Exception
        try:
            found = seat.ask(query)
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Weighed(found, question))

    def on_arranging_weighed(self, message: Weighed) -> None:
        """Show it, unless the operator is elsewhere by now."""
        message.stop()
        if message.question != self._asked:
            return
        self._pending, self._weighed_at = False, message.time
        if self.lifted is not None and isinstance(message.found, Exception):
            self._refuse(told(message.found))
        elif self.lifted is not None and not isinstance(message.found, Exception):
            self.weighed = message.found
            self.show_weighed()
        self.desk.typed.go_on()

    def lifted_to(self, who: int) -> Span | None:
        """Where an order would come in somebody's day."""
        for one in self.weighed.placed if self.weighed else ():
            if one.who.id == who and one.start_at is not None and one.done_at is not None:
                return one.start_at, one.done_at
        return None

    # -- doing -------------------------------------------------------------------------------

    def make(self) -> None:
        """Do what is shown; what gets worse must be seen first, and a lock is not broken at all."""
        if self.lifted is None or self.hands.busy_with(self.lifted.number):
            return
        found = self._known(self.make)
        if found is None:
            return
        unseen = self.desk.typed.taken_at <= self._weighed_at
        move = self._question(), tuple(rule.rule for rule in found.broken)
        if move != self._told_of:
            self._told_at, self._told_of = None, move
        locked = next((one for one in found.broken if one.rule is Rule.LOCKED), None)
        look = ""
        if found.broken:
            look = _("this breaks the rules above; Enter again does it all the same")
        elif found.worse and (unseen or self._told_at):
            look = _("look at what it costs; Enter again does it")
        if locked is not None:
            why = fill(locked.sentence, locked.facts)
            self.hands.refuse(_("{why}; unlock it first").format(why=why))
        elif look and not self._has_read():
            self.hands.refuse(look)
        else:
            self._run(found)

    def _has_read(self) -> bool:
        """Whether he was told before, and the key is none that is held or was pressed twice."""
        at, told_at = self.desk.now(), self._told_at
        self._told_at = at
        return told_at is not None and at - told_at >= TO_READ

    def _run(self, found: Arrangement) -> None:
        from console.arranged import arranged
        from console.errand import Errand

        def make(_line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
            return arranged(found)

        action = replace(ACTIONS["assign"], make=make, questions=())
        self.hands.run(Errand(action=action, line=None, questions=[]))
        self._told_at = None
        self.weigh()  # where it is refused, the days are others than they were

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """It is where it was to be."""
        if message.name == "assign" and self.lifted is not None:
            self.landed(self.lifted)
            self.lifted = self.weighed = self._told_at = None
