"""A board whose things go from step to step: the list above, the one at hand whole below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.binding import Binding

from console.i18n import _
from console.looks import spread
from console.screens.commanding import Commanding
from console.screens.sifting import Sifting
from console.widgets.bars import PartsBar
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from textual.widget import Widget

    from console.actions_kinds import Action
    from console.looks import Part, Parts
    from console.seat import Seat
    from console.widgets.window import Row
    from console.widgets.work_table import WorkTable
    from store.domain.intents import Query

Line = TypeVar("Line")


class DeedBoard(Sifting, Commanding, Generic[Line]):
    """A digit does a step of the one at hand; Enter opens its order, Esc leads back."""

    DEFAULT_CSS = "DeedBoard > #action { background: $surface; }"
    NOT_HERE = frozenset({"take_back"})
    HOW: ClassVar[str] = N_("digits do a step, Enter order, Esc back ")
    """What keys do, beside the heading."""
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        *(Binding(key, f"step('{key}')", show=False) for key in "0123456789"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Line, ...] | None = None
        self._minute = -1

    # -- to be filled by the board -----------------------------------------------------------

    def question(self) -> Query[tuple[Line, ...]]:
        """What is asked of the store."""
        raise NotImplementedError

    def id_of(self, line: Line) -> int:
        """By what a line is known."""
        raise NotImplementedError

    def order_of(self, line: Line) -> int | None:
        """The order that it is about; None where it is about none."""
        raise NotImplementedError

    def step(self, key: str, line: Line) -> Action | None:
        """What a digit does to it; None for nothing."""
        raise NotImplementedError

    def begun(self, _key: str) -> Action | None:
        """What a digit begins, whatever is at hand; None for nothing."""
        return None

    def row(self, line: Line, place: int, *, at: datetime) -> Row:
        """How it is listed."""
        raise NotImplementedError

    def how_many(self, lines: tuple[Line, ...], *, at: datetime) -> Part:
        """What the list comes to."""
        raise NotImplementedError

    def told(self, line: Line | None, width: int) -> tuple[Parts, ...]:
        """The one at hand, whole."""
        raise NotImplementedError

    def keys(self) -> Mapping[str, str]:
        """What the digits do, for the help."""
        raise NotImplementedError

    # -- the desk's life ---------------------------------------------------------------------

    def below(self) -> Iterable[Widget]:
        """The one at hand, whole."""
        yield PartsBar(id="action")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#action", PartsBar).show(self._told)

    def tick(self, at: datetime) -> None:
        """Once a minute each is older."""
        super().tick(at)
        minute = self.desk.rota.minute(at)
        if minute != self._minute:
            self._minute = minute
            self.ask_again()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> Line | None:
        """The one under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._found or () if self.id_of(line) == key), None)

    def do_help(self) -> None:
        """The keys of this board before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), self.keys()))

    def action_step(self, key: str) -> None:
        """One step of the one at hand; what it must be told is asked."""
        from console.errand import Errand

        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_step, key))
            return
        self.hands.hush()
        line, action, number = self.chosen(), self.begun(key), None
        if action is None and line is None:
            self.hands.refuse(_("no row is chosen"))
            return
        if action is None and line is not None:
            action, number = self.step(key, line), self.order_of(line)
        if action is not None:
            asks = list(action.questions)
            errand = Errand(action=action, line=None, questions=asks, number=number or 0)
            self.hands.open_or_go(errand)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order that it is about, with its whole story."""
        message.stop()
        line = self.chosen()
        number = None if line is None else self.order_of(line)
        if number is not None:
            self.open_details(number)
        elif line is not None:
            self.hands.refuse(_("this one is about no order"))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another one is at hand."""
        message.stop()
        self.query_one("#action", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Any:
        """Those of which something is still to come."""
        return seat.ask(self.question())

    def take(self, found: Any) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """In the order of the store."""
        at = self.desk.now()
        lines = enumerate(self._found or ())
        self.hold(self.row(line, n, at=at) for n, line in lines)
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#action", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are."""
        if self._found is None:
            return ((),)
        text, tone = self.how_many(self._found, at=self.desk.now())
        return (spread(((f" {text}", tone),), ((_(self.HOW), "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return self.told(self.chosen(), width)
