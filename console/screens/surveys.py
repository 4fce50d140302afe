"""Whom to ask about delivered work, and which answers were bad: one key a figure, one a cause."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions import ACTIONS
from console.actions_surveys import finding, rating
from console.corrective_steps import step
from console.i18n import _
from console.looks import spread
from console.render_surveys import (
    how_many,
    key_of,
    keys_told,
    script,
    survey_columns,
    survey_row,
)
from console.screens.commanding import Commanding
from console.screens.sifting import Sifting
from console.widgets.bars import PartsBar
from console.widgets.told_table import beside
from console.words_heard import CAUSE_KEYS, cause_said
from store.domain.heard_figures import CSAT_LEAST, CSAT_MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from textual.widget import Widget

    from console.actions_kinds import Action, Ask, Make, Told
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.commands.heard import MissCustomer, RefuseSurvey
    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.queries.heard import AskLine, BadLine

MISSED, REFUSED = "0", "9"
"""The keys of a customer who was not reached, and of one who does not want to answer."""
OPEN = "0"
"""The key that opens an action for a bad answer."""


class SurveysScreen(Sifting, Commanding):
    """The list above, the script below; Enter opens the order, Esc leads back."""

    NAME = "surveys"
    DEFAULT_CSS = "SurveysScreen > #script { background: $surface; }"
    NOT_HERE = frozenset({"take_back"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace,f4", "back", show=False),
        *(Binding(key, f"figure('{key}')", show=False) for key in "0123456789"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[tuple[AskLine, ...], tuple[BadLine, ...]] | None = None
        self._minute = -1

    def columns(self) -> tuple[Column, ...]:
        """What is told of a row."""
        return survey_columns()

    def below(self) -> Iterable[Widget]:
        """What to say."""
        yield PartsBar(id="script")

    def set_up(self) -> None:
        """The script of the chosen row."""
        super().set_up()
        self.query_one("#script", PartsBar).show(self._script)

    def tick(self, at: datetime) -> None:
        """Once a minute others may have come."""
        super().tick(at)
        minute = self.desk.rota.minute(at)
        if minute != self._minute:
            self._minute = minute
            self.ask_again()

    # -- keys --------------------------------------------------------------------------------

    def _lines(self) -> tuple[AskLine | BadLine, ...]:
        asks, bad = self._found or ((), ())
        return (*asks, *bad)

    def chosen(self) -> AskLine | BadLine | None:
        """The row under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._lines() if key_of(line) == key), None)

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), keys_told()))

    def do_surveys(self) -> None:
        """We are there."""

    def action_figure(self, key: str) -> None:
        """How content, not reached, refused; or which cause a bad answer had."""
        from console.errand import Errand
        from store.queries.heard import AskLine

        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_figure, key))
            return
        self.hands.hush()
        line = self.chosen()
        if line is None:
            self.hands.refuse(_("no row is chosen"))
            return
        action = _of_asked(line, key) if isinstance(line, AskLine) else _of_bad(line, key)
        if action is None:
            self.hands.refuse(_("this key means nothing here; the line below says which do"))
            return
        questions = list(action.questions)
        errand = Errand(action=action, line=None, questions=questions, number=line.number)
        if questions:
            errand.take_up(self.desk.drafts.newest(errand.draft_key))
        self.hands.open_or_go(errand)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order of the row."""
        message.stop()
        line = self.chosen()
        if line is not None:
            self.open_details(line.number)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another row is at hand: another script."""
        message.stop()
        self.query_one("#script", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[tuple[AskLine, ...], tuple[BadLine, ...]]:
        """Both parts."""
        from store.queries.heard import BadAnswers, ToAsk

        return seat.ask(ToAsk()), seat.ask(BadAnswers())

    def take(self, found: tuple[tuple[AskLine, ...], tuple[BadLine, ...]]) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """Bad answers below those to ask, and the script of the chosen one."""
        lines = self._lines()
        self._stay(tuple(map(key_of, lines)))
        self.hold(survey_row(line, place) for place, line in enumerate(lines))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#script", PartsBar).renew()

    def _stay(self, now: Sequence[tuple[int, int]]) -> None:
        """The order just answered keeps the cursor where its answer was bad.

        Else the next one to ask has it, as long as there is one: to those whose answer was bad the
        same digits give causes.
        """
        was = self.table.cursor_key
        if not isinstance(was, tuple) or was in now or was not in self.table.keys:
            return
        number, asked = was
        if asked and (number, 0) in now:
            self.table.cursor_key = number, 0
        elif asked:
            to_ask = [key for key in now if key[1]]
            self.table.cursor_key = beside(was, self.table.keys, to_ask or now)

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are."""
        if self._found is None:
            return ((),)
        text, tone = how_many(*self._found)
        how = _("digits answer, Enter order, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _script(self, width: int, _height: int) -> tuple[Parts, ...]:
        return script(self.chosen(), at=self.desk.now(), zone=self.desk.zone, width=width)


def _of_asked(line: AskLine, key: str) -> Action | None:
    """What a key says of a customer who is to be asked."""
    from store.commands.heard import MissCustomer, RefuseSurvey

    if key == MISSED:
        return replace(
            ACTIONS["survey_missed"], make=_said(MissCustomer, line.number), questions=()
        )
    if key == REFUSED:
        return replace(ACTIONS["survey_refused"], make=_said(RefuseSurvey, line.number))
    if not CSAT_LEAST <= int(key) <= CSAT_MOST:
        return None
    rate = ACTIONS["rate"]

    def making(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        return rating(line.number, {**told, "csat": int(key)}, version=line.version)

    return replace(rate, make=making, label=_chosen(rate, key), questions=rate.questions[1:])


def _chosen(action: Action, what: str) -> str:
    """The prompt asks for the rest, and says what the key has told already."""
    return _("{name}: ").format(name=_(action.label)) + what


def _said(kind: type[MissCustomer | RefuseSurvey], number: int) -> Make:
    return lambda _line, _told, _ask: kind(number=number)  # right however else it has changed


def _of_bad(line: BadLine, key: str) -> Action | None:
    """Which cause a key gives a bad answer, or an action once that is known."""
    if key == OPEN:
        return step("open", line.number)
    if key not in CAUSE_KEYS:
        return None
    cause = ACTIONS["cause"]

    def making(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        named = {**told, "cause": CAUSE_KEYS[key].value}
        return finding(line.number, named, version=line.version)

    label = _chosen(cause, cause_said(CAUSE_KEYS[key].value))
    return replace(cause, make=making, label=label, questions=cause.questions[1:])
