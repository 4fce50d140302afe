"""Now beside a frozen baseline, and beside what others claim; Enter lists the rows of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_baselines import choosing, freezing
from console.dashboard_cut import Cut
from console.i18n import _
from console.looks import spread
from console.looks import width as cells_of
from console.render_baselines import (
    KEYS,
    baseline_columns,
    baseline_heading,
    baseline_rows,
    baseline_told,
)
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.zones import called

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.widget import Widget

    from console.actions_kinds import Action
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.domain.kpi.baseline import Period
    from store.queries.packs import BaselineLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the store has told."""

    lines: tuple[BaselineLine, ...]
    """All of them, the newest first."""
    line: BaselineLine | None
    """The one that is shown, with its figures."""
    cut: Cut
    now: Period


class BaselinesScreen(Telling, Commanding):
    """A figure a line, the chosen one whole below; a digit freezes, chooses, or moves the days."""

    NAME = "baselines"
    APART_S = 30.0
    """A figure of a month is no other one every second."""
    DEFAULT_CSS = """
    BaselinesScreen > #heading { height: auto; }
    BaselinesScreen > #chosen { background: $surface; }
    """
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        *(Binding(key, f"digit('{key}')", show=False) for key in "0123456789"),
    ]

    def __init__(self, which: int | None = None, period: str | None = None) -> None:
        super().__init__()
        self._which = which
        self._cut = Cut() if period is None else Cut(period=period)
        self._held: Held | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a figure."""
        return baseline_columns()

    def below(self) -> Iterable[Widget]:
        """The chosen figure, whole."""
        yield PartsBar(id="chosen")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#chosen", PartsBar).show(self._chosen)

    # -- keys --------------------------------------------------------------------------------

    def do_baselines(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def show_baseline(self, which: int | None, period: str | None) -> None:
        """Another one, or beside other days; as it begins where neither is said."""
        self._which = which
        self._cut = Cut() if period is None else Cut(period=period)
        self.ask_again.now()

    def do_help(self) -> None:
        """The keys of this screen before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), KEYS))

    def action_digit(self, key: str) -> None:
        """Other days, another baseline, one more, or what the figure says."""
        if self._held is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_digit, key))
            return
        self.hands.hush()
        held = self._held
        if key == "1":
            self._cut = self._cut.after()
            self.ask_again.now()
        elif key == "2":
            self._turn(held)
        elif key == "3":
            before = self._today().replace(day=1) - timedelta(days=1)
            self._begin(freezing(f"{before:%Y-%m}", self._today, self._zone()))
        elif key == "4" and held.line is not None:
            self._begin(choosing(held.line.id))
        elif key == "0":
            self._define(held)

    def _turn(self, held: Held) -> None:
        """The one frozen before it; behind the first the newest again."""
        ids = [line.id for line in held.lines]
        if len(ids) < 2:
            self.hands.refuse(_("there is no other baseline; 3 freezes one"))
            return
        place = ids.index(held.line.id) if held.line is not None and held.line.id in ids else -1
        self._which = ids[(place + 1) % len(ids)]
        self.ask_again.now()

    def _begin(self, action: Action) -> None:
        from console.errand import Errand

        asks = list(action.questions)
        self.hands.open_or_go(Errand(action=action, line=None, questions=asks, number=0))

    def _define(self, held: Held) -> None:
        name = self.chosen()
        if name is None:
            self.hands.refuse(_("no row is chosen"))
            return
        from console.render_dashboard import definition
        from console.screens.defined import DefinedScreen

        lines = tuple(definition(name, held.cut, self._today(), held.now.figures.get(name)))
        self.desk.go_to(DefinedScreen(lines))

    def chosen(self) -> str | None:
        """The figure under the cursor."""
        key = self.table.cursor_key
        return key if isinstance(key, str) else None

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Exactly the rows that the figure of now is of."""
        message.stop()
        name, held = self.chosen(), self._held
        if name is None or held is None:
            return
        from console.screens.behind import BehindScreen

        days = held.now.first, held.now.last
        screen = BehindScreen(name, held.cut.told(days, self._zone()), held.now.figures[name])
        self.desk.go_to(screen)
        screen.ask_ahead()

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another figure."""
        message.stop()
        self.query_one("#chosen", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def _zone(self) -> str:
        return called(self.desk.zone, self.desk.now())

    def _today(self) -> date:
        return self.desk.now().astimezone(self.desk.zone).date()

    def asked(self, seat: Seat) -> Held:
        """The baseline that is shown, or the one that counts, and the figures of now."""
        from store.queries.packs import ListBaselines, ShowBaseline, SureFigures

        which, cut = self._which, self._cut
        first, last = cut.days(self._today())
        with seat.asking() as ask:
            lines = ask(ListBaselines())
            line = ask(ShowBaseline(baseline=which))
            if line is None:  # no such one: that which counts
                line = ask(ShowBaseline())
            now = ask(SureFigures(first=first, last=last, zone=self._zone()))
        return Held(lines=lines, line=line, cut=cut, now=now)

    def take(self, found: Held) -> None:
        """As the store has it."""
        self._held = found
        if self._which is not None and found.line is not None:
            if found.line.id != self._which:
                said = _("there is no baseline {number}").format(number=self._which)
                self.hands.refuse(said)
            self._which = found.line.id

    def show_rows(self) -> None:
        """Every figure in its place."""
        held = self._held
        if held is not None:
            was = None if held.line is None else held.line.period
            self.table.hold(HeldRows(tuple(baseline_rows(held.now, was))))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#chosen", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Which one, beside which days."""
        held = self._held
        line, count = (None, 0) if held is None else (held.line, len(held.lines))
        cut = self._cut if held is None else held.cut
        (said, tone), (beside, _tone) = baseline_heading(
            line, count, cut, self._today(), known=held is not None
        )
        how = ((_("Enter lists, Esc back "), "muted"),)
        first: Parts = ((f" {said}", tone),)
        whole: Parts = (*first, (f"  {beside}", ""))
        if cells_of(whole) + cells_of(how) < width:
            return (spread(whole, how, width),)
        return (first, spread(((f" {beside}", ""),), how, width))

    def _chosen(self, width: int, height: int) -> tuple[Parts, ...]:
        held = self._held
        now, line = (None, None) if held is None else (held.now, held.line)
        return baseline_told(self.chosen(), now, line, width=width, height=height)
