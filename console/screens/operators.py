"""Operators: who may do what, at which sites, and by which keys the one at hand comes in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from console.actions_operators import DEED_WORDS, GOOD_FOR, Offered, offering
from console.i18n import _, language
from console.looks import spread
from console.render_operators import code_lines, key_lines, operator_columns, operator_row
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store.domain.who import Right
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from textual.widget import Widget

    from console.looks import Parts
    from console.panes.hand_bar import HandBar
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.operator_keys import KeyLine
    from store.queries.people import OperatorLine

    Found = tuple[tuple[OperatorLine, ...], tuple[KeyLine, ...]]

KEYS: Final[Mapping[str, str]] = {
    "n": N_("make somebody an operator: his code, a role, his name, his sites"),
    "r Enter": N_("give the operator another role"),
    "s": N_("give the operator other sites"),
    "t": N_("take the newest of his keys from him"),
    "c": N_("show a one-time code by which he gives his own key"),
    "b": N_("show a one-time code by which he comes in by a browser"),
    "x": N_("retire the operator, with all his keys"),
}
"""What the keys of this list do: each begins a line that Enter carries out."""
_MOST: Final = 500


class OperatorsScreen(Telling, Commanding):
    """The list above, the keys of the one at hand below; Esc leads back."""

    NAME = "operators"
    says_back = True
    DEFAULT_CSS = "OperatorsScreen > #his_keys { background: $surface; }"
    THERE = N_("this is done to an order")
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace,vertical_line", "back", show=False),
        Binding("n", "deed('add')", show=False),
        Binding("r", "deed('role')", show=False),
        Binding("s", "deed('sites')", show=False),
        Binding("t", "deed('take')", show=False),
        Binding("x", "deed('revoke')", show=False),
        Binding("b", "offer(True)", show=False),
        Binding("c", "offer(False)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[OperatorLine, ...] | None = None
        self._keys_of: tuple[KeyLine, ...] = ()
        self._offering: Offered | None = None
        """What is about to be offered."""
        self._offered: Offered | None = None
        """What stands there to be told, until it is no good or another operator is at hand."""

    def columns(self) -> tuple[Column, ...]:
        """What is told of an operator."""
        return operator_columns()

    def below(self) -> Iterable[Widget]:
        """The keys of the operator at hand."""
        yield PartsBar(id="his_keys")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#his_keys", PartsBar).show(self._his)

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> OperatorLine | None:
        """The operator under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._people or () if line.id == key), None)

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), KEYS))

    def do_operators(self) -> None:
        """We are there."""

    def action_deed(self, deed: str) -> None:
        """Begin the line that does it, once it is known who there is."""
        if self._people is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_deed, deed))
            return
        self.hands.hush()
        word, line = DEED_WORDS[deed][language() != "en"], self.chosen()
        if deed == "add":
            self._open_at("operators", f"{word} ")
        elif line is None:
            self.hands.refuse(_("no operator is chosen"))
        elif deed == "revoke":
            self._open_at("operators", f"{word} {line.code}")
        elif deed == "take":
            self._take_key(word, line)
        else:
            self._open_at("operators", f"{word} {line.code} ")

    def _take_key(self, word: str, line: OperatorLine) -> None:
        key = next((key for key in reversed(self._of(line)) if not key.revoked), None)
        if key is None:
            said = _("no key of operator {code} is known here").format(code=line.code)
            self.hands.refuse(said)
            return
        self._open_at("operators", f"{word} {line.code} {key.fingerprint}")

    def action_offer(self, browser: bool) -> None:
        """Ask once, and show a code."""
        from store.domain.one_time_codes import new_code

        if self._people is None:
            self.desk.typed.after(partial(self.action_offer, browser))
            return
        line = self.chosen()
        if line is None:
            self.hands.refuse(_("no operator is chosen"))
            return
        until = self.desk.now() + GOOD_FOR
        self._offering = Offered(operator=line.code, code=new_code(), until=until, browser=browser)
        self.hands.begin(offering(self._offering), self.situation())

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """A code is shown once the store knows it."""
        offered = self._offering
        if offered is not None and message.done.facts.get("until") == offered.until:
            self._offered, self._offering = offered, None
            self.query_one("#his_keys", PartsBar).renew()

    def tick(self, at: datetime) -> None:
        """What is good no more is not shown."""
        super().tick(at)
        if self._offered is not None and at >= self._offered.until:
            self._offered = None
            self.query_one("#his_keys", PartsBar).renew()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Enter: his role."""
        message.stop()
        self.action_deed("role")

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another operator is at hand."""
        message.stop()
        line, offered = self.chosen(), self._offered
        if offered is not None and line is not None and line.code != offered.operator:
            self._offered = None
        self.query_one("#his_keys", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Found:
        """All of them, and their keys as far as the asker is told of them."""
        from store.queries.operator_keys import KeysOf
        from store.queries.people import ListOperators

        with seat.asking() as ask:
            return ask(ListOperators(limit=_MOST)), ask(KeysOf(limit=_MOST))

    def take(self, found: Found) -> None:
        """Those who work here first."""
        people, self._keys_of = found
        self._people = tuple(sorted(people, key=lambda line: (not line.active, line.code)))

    def show_rows(self) -> None:
        """The operators, and the keys of the one at hand."""
        rows = (operator_row(line, place) for place, line in enumerate(self._people or ()))
        self.table.hold(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#his_keys", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are, and the keys."""
        if self._people is None:
            return ((),)
        here = sum(line.active for line in self._people)
        said = _("operators who work here: {count}").format(count=here)
        how = _("n new, r role, s sites, t take, c b code, x retire ")
        return (spread(((f" {said}", "strong"),), ((how, "muted"),), width),)

    def _of(self, line: OperatorLine) -> list[KeyLine]:
        return [key for key in self._keys_of if key.operator == line.id]

    def _his(self, width: int, _height: int) -> tuple[Parts, ...]:
        line, seat = self.chosen(), self.desk.seat
        told = () if self._offered is None else code_lines(self._offered, self.desk.zone)
        if line is None or seat is None:
            return told
        who, came_by, hidden = seat.who, "", False
        if line.id != who.operator:
            hidden = not (who.may(Right.ADMINISTER) and who.scope.sites is None)
        elif who.origin is not None:
            came_by = who.origin.key
        return (*told, *key_lines(self._of(line), width, came_by=came_by, hidden=hidden))
