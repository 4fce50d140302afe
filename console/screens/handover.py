"""The change of shifts: what the desk leaves, ticked and accepted by who takes it over."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from console.actions import ACTIONS
from console.actions_kinds import Question
from console.i18n import _
from console.render_handover import is_gone, key_of
from console.screens.handing import Handing
from store.domain.handover import TICKED
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from console.panes.hand_bar import HandBar
    from console.widgets.work_table import WorkTable
    from store.domain.intents import Command

_FIRST_NOTE = Question(name="text", label=N_("note for the next shift"), optional=True)
_NOTE = Question(name="text", label=N_("note for the next shift"))


class HandoverScreen(Handing):
    """The list; Enter opens the order of an item or shows a note, Esc leads back."""

    BINDINGS: ClassVar = [
        Binding("escape,backspace,J", "back", show=False),
        Binding("o", "offer", show=False, id="handover.offer"),
        Binding("semicolon,；", "note", show=False, id="handover.note"),
        Binding("space", "tick", show=False, id="handover.tick"),
        Binding("a", "tick_shown", show=False, id="handover.tick_shown"),
        Binding("y", "accept", show=False, id="handover.accept"),
        Binding("w", "withdraw", show=False, id="handover.withdraw"),
    ]

    def do_handover(self) -> None:
        """We are there."""

    def do_refresh(self) -> None:
        """Ask again."""
        self.over = None
        self.ask_again.now()

    def action_offer(self) -> None:
        """Offer the desk, with a note where one is wanted."""
        from store.commands.handover import OfferHandover

        if self._waits(self.action_offer) or self.held is None:
            return
        if self.held.stands:
            self._refuse(_("the hand-over is offered already; w withdraws it"))
        else:
            self._asking(_FIRST_NOTE, lambda text: OfferHandover(note=text))

    def action_note(self) -> None:
        """Write something down for the next shift."""
        from store.commands.handover import NoteHandover

        if self._waits(self.action_note):
            return
        held = self._offered()
        if held is not None:
            handover = held
            self._asking(_NOTE, lambda text: NoteHandover(handover=handover, text=text))

    def action_tick(self) -> None:
        """Tick the risk under the cursor, or take one's own tick away; the next one follows."""
        if self._waits(self.action_tick):
            return
        line = self.chosen()
        if line is None or line.part not in TICKED:
            self._refuse(_("only open risks are ticked"))
            return
        self._tick([line.number], ticked=not line.mine)
        self.table.action_step(1)

    def action_tick_shown(self) -> None:
        """Tick the risks that stand on the screen: what was not shown cannot be read."""
        if self._waits(self.action_tick_shown):
            return
        shown = (self.table.top, self.table.top + self.table.rows_shown)
        keys = {line.row.key for i in range(*shown) if (line := self.table.window.line(i))}
        held = self.held
        risks = (n for n in held.lines if n.part in TICKED) if held else ()
        asked = (n for n in risks if held and not is_gone(n, held))
        open_ = [n for n in asked if not n.mine and key_of(n) in keys]
        if not open_:
            self._refuse(_("no open risk stands here that you have not ticked"))
            return
        self._tick([line.number for line in open_], ticked=True)

    def action_accept(self) -> None:
        """Take the desk over."""
        from store.commands.handover import AcceptHandover

        if self._waits(self.action_accept):
            return
        handover, held = self._offered(), self.held
        if handover is not None and held is not None:
            seen = held.version
            self.run_command("handover", lambda: AcceptHandover(handover=handover, seen=seen))
            self.ask_again.now()  # where it is refused for a risk that came, that stands here

    def action_withdraw(self) -> None:
        """The offer stands no longer."""
        from store.commands.handover import WithdrawHandover

        if self._waits(self.action_withdraw):
            return
        handover = self._offered()
        if handover is not None:
            self.run_command("handover", lambda: WithdrawHandover(handover=handover))

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order of the item, or the whole note."""
        message.stop()
        line, key = self.chosen(), self.table.cursor_key
        if line is not None:
            self.open_details(line.number)
        elif self.held is not None and isinstance(key, str) and key.startswith("note "):
            from console.screens.note import NoteScreen

            self.desk.go_to(NoteScreen(self.held.notes[int(key.split()[1])]))

    def _waits(self, act: Callable[[], None]) -> bool:
        """Whether the store has not answered yet; the key is then done when it has."""
        if self.held is None:
            self.desk.typed.after(act)
        return self.held is None

    def _offered(self) -> int | None:
        """The offer that stands; says so where none does."""
        if self.held is None or not self.held.stands:
            self._refuse(_("nothing is offered; o offers the desk"))
            return None
        return self.held.id

    def _tick(self, numbers: Iterable[int], *, ticked: bool) -> None:
        from store.commands.handover import TickRisks

        handover, wanted = self._offered(), tuple(numbers)
        if handover is not None:
            make = partial(TickRisks, handover=handover, numbers=wanted, ticked=ticked)
            self.run_command("handover", make)

    def _asking(self, question: Question, make: Callable[[str], Command]) -> None:
        def made(_line: Any, answers: Any, _ask: Any) -> Command:
            return make(answers["text"])

        action = replace(ACTIONS["handover"], make=made, questions=(question,))
        self.hands.begin(action, replace(self.situation(), lacks={}))

    def _refuse(self, why: str) -> None:
        self.hands.refuse(why)

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """One that is accepted stays to be looked at."""
        self.over = message.done.facts.get("accepted")
