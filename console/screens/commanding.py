"""A screen with a command line: what is typed is looked at, done, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from console.actions import ACTIONS
from console.actions_kinds import ONLY_LOOKS
from console.i18n import _, language
from console.screens.recommending import Recommending

if TYPE_CHECKING:
    from datetime import datetime

    from console.actions_kinds import Action, Ask
    from console.dashboard_cut import Cut
    from console.grammar.understand import Understood
    from console.panes.command_bar import CommandBar
    from console.taking_back import Fresh
    from store.domain.intents import Command

_PROPOSED: Final = timedelta(hours=1)
"""How long ago the moment is that the time machine proposes, about."""
_ROUND: Final = 5
"""To so many minutes, down."""


class Commanding(Recommending):
    """Keys and typed lines lead to the same commands."""

    # -- opening the line --------------------------------------------------------------------

    def do_command(self) -> None:
        """Type a command; half of one that an earlier console left is gone on with."""
        self._open("" if self.hands.command.is_open else self.desk.drafts.left_line())

    def do_who(self) -> None:
        """Who should go to the order; without one, who masters a skill."""
        if not self.recommend_chosen():
            self._open_at("who")

    def do_seen(self) -> None:
        """Somebody who was recalled knows it; who that is, where only one can be meant."""
        recalled = [line.code for line in self.hands.people() if line.recalled is not None]
        self._open_at("seen", recalled[0] if len(recalled) == 1 else "")

    def do_here(self) -> None:
        """Somebody is back; who that is, where he is marked, or only one is absent."""
        absent = [line.code for line in self.hands.people() if line.absent]
        marked = [code for code in absent if code == self.marked_technician()]
        likely = marked or absent
        self._open_at("here", likely[0] if len(likely) == 1 else "")

    def do_absent(self) -> None:
        """Somebody is away from now on: who is marked, else whoever has the chosen order."""
        line = self.situation().line
        holder = line.technician_code if line is not None else None
        self._open_at("absent", self.marked_technician() or holder or "")

    def marked_technician(self) -> str | None:
        """Whose row the cursor stands on, by code; None where the rows are no technicians."""
        return None

    def do_past(self) -> None:
        """Ask which moment; an hour ago is proposed, and typing replaces it."""
        ago = self.desk.now() - _PROPOSED
        self.ask_when(ago - timedelta(minutes=ago.minute % _ROUND))

    def look_back(self, then: datetime | None) -> None:
        """The board as it stood then; to be filled by the screen."""
        raise NotImplementedError

    def ask_when(self, then: datetime) -> None:
        """The line of the time machine with a time in it, marked."""
        from textual.widgets.input import Selection

        from console.render_time import here

        zone = self.desk.zone
        recent = self.desk.now() - then < timedelta(days=1)
        said = here(then, zone).strftime("%H:%M" if recent else "%Y-%m-%d %H:%M")
        self._open_at("past", f"at {said}" if language() == "en" else said)
        line = self.hands.command.line
        if line.wanted:
            line.selection = Selection(len(line.value) - len(said), len(line.value))

    def _open_at(self, name: str, text: str = "") -> None:
        from console.grammar.verbs import word_for

        word = word_for(ACTIONS[name], chinese=language() != "en")
        self._open(f"{word} {text}")

    def _open(self, text: str) -> None:
        if self.desk.seat is None:
            self.hands.refuse(_("the store is not open yet"))
            return
        bar = self.hands.command
        if bar.is_open:  # the arrows find what stands there now
            self.desk.history.add(bar.line.value)
        self.desk.take_edited_line()
        bar.open(text)

    def edit_line(self, waiting: str, text: str) -> None:
        """A line that waits stands in the command line; it is gone once that is sent."""
        self._open(text)
        self.desk.edited_line = waiting

    def on_command_bar_left(self, message: CommandBar.Left) -> None:
        """The keys belong to the screen again."""
        message.stop()
        self.desk.take_edited_line()
        self.hands.take_keys()

    # -- what was typed ----------------------------------------------------------------------

    def set_up(self) -> None:
        """The command line gives what is typed to this screen."""
        super().set_up()
        self.hands.given = self._given

    def _given(self, told: Understood) -> None:
        """Show it, do it, or look first at what it would change."""
        self.hands.take_keys()
        if told.is_for_the_screen:
            self.desk.take_edited_line()
            self._show_it(told)
        elif self.desk.standing.only_looks:
            self.hands.refuse(partial(_, ONLY_LOOKS))
        elif told.may_be_a_set:
            self.look_ahead(told)
        else:
            self.carry_out(told)

    def _show_it(self, told: Understood) -> None:
        parsed = told.parsed
        if parsed.action.id == "who" and "skill" not in parsed.told:
            self.recommend(parsed.orders[0], parsed.told.get("about"))
        elif parsed.action.id == "who":
            from console.screens.who import WhoScreen

            self.desk.go_to(WhoScreen(told))
        elif parsed.action.id == "past":
            self.look_back(parsed.told.get("then"))
        elif parsed.action.id == "dashboard":
            self.show_dashboard(parsed.told.get("cut"))
        elif parsed.action.id == "baselines":
            self.show_baseline(parsed.told.get("which"), parsed.told.get("period"))
        elif parsed.action.id == "plans" and parsed.told:
            self.write_plan(parsed.told["texts"], parsed.told.get("plan"))
        elif parsed.orders:
            self.show_order(parsed.action.id, parsed.orders[0])
        else:
            self.action_act(parsed.action.id)

    def show_dashboard(self, _cut: Cut | None) -> None:
        """The figures of what is asked for; to be filled by the screens that have them."""
        self.action_act("dashboard")

    def show_baseline(self, _which: int | None, _period: str | None) -> None:
        """Outcomes beside a baseline; filled by the screens that lead there."""
        self.action_act("baselines")

    def show_order(self, name: str, number: int) -> None:
        """One of the screens about an order."""
        from console.screens.ledger import LedgerScreen

        self.desk.visited.add(number)
        if name == "explain":
            self.desk.go_to(LedgerScreen(number))
        elif name == "customer":
            self._show_customer(number)
        elif name == "copy":
            self.copy_order(number)
        elif name == "take_back":
            self._choose_deed(number)
        elif name == "checklist":
            self.show_checklist(number)
        elif name == "related":
            self.show_related(number)
        else:
            self.open_details(number)

    def do_checklist(self) -> None:
        """The steps of the order at hand."""
        line = self.line()
        if line is not None:
            self.show_checklist(line.number)

    def show_checklist(self, number: int) -> None:
        """The steps of an order; the board, which lies below every screen, has theirs."""
        board = self.desk.screen_stack[0]
        if isinstance(board, Commanding) and board is not self:
            board.show_checklist(number)

    def do_customer(self) -> None:
        """Everything of the order's customer."""
        line = self.line()
        if line is not None:
            self._show_customer(line.number)

    def _show_customer(self, number: int) -> None:
        from console.screens.customer import CustomerScreen

        self.desk.go_to(CustomerScreen(number=number))

    # -- taking back -------------------------------------------------------------------------

    def do_figures(self) -> None:
        """How the desk's own alarms do."""
        from console.screens.figures import FiguresScreen

        self.desk.go_to(FiguresScreen())

    def do_undo(self) -> None:
        """At once what was just done to few; else after a look at it."""
        self._again("undo", self.desk.fresh)

    def do_redo(self) -> None:
        """At once what was just taken back of few; else after a look at it."""
        self._again("redo", self.desk.fresh_again)

    def _again(self, name: str, fresh: Fresh | None) -> None:
        if fresh is None or not fresh.seconds(at=self.desk.now()):
            self.look_ahead(_unnamed(name))
        elif fresh.orders > 1:  # of several some may refuse: Enter does the others
            self.look_ahead(_unnamed(name, fresh.entry))
        else:
            self._take_back(fresh.entry, name)

    def do_take_back(self) -> None:
        """Choose among all that was done to the order."""
        line = self.line()
        if line is not None:
            self._choose_deed(line.number)

    def _choose_deed(self, number: int) -> None:
        from console.screens.take_back import TakeBackScreen

        def chosen(entry: int | None) -> None:
            self.hands.take_keys()
            if entry is not None:
                self.look_ahead(_unnamed("undo", entry))

        self.desk.go_to(TakeBackScreen(number), chosen)

    def _take_back(self, entry: int, name: str = "undo") -> None:
        from console.errand import Errand

        self.hands.run(Errand(action=_about(name, entry), line=None, questions=[]))


def _about(name: str, entry: int) -> Action:
    """Taking back, or doing again, what a journal entry tells."""

    def make(_line: Any, told: Any, _ask: Ask) -> Command:
        from store.commands.undo import Undo

        return Undo(entry=entry, partly=bool(told.get("partly")))

    return replace(ACTIONS[name], make=make)


def _unnamed(verb: str, entry: int | None = None) -> Understood:
    """What a key means that names no orders; with the entry, the operator has just seen which."""
    from console.grammar.parse import Parsed
    from console.grammar.spoken import SENTENCES, WITHOUT_ORDERS
    from console.grammar.understand import Understood

    said = _(WITHOUT_ORDERS.get(verb, SENTENCES[verb]))
    action, seen = ACTIONS[verb], entry is not None
    parsed = Parsed(action=action if entry is None else _about(verb, entry))
    return Understood(line="", parsed=parsed, lines={}, said=said, why_not=None, by_sight=seen)
