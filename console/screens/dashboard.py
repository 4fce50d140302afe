"""The desk's figures: each with what it was and twelve months; Enter lists exactly its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.dashboard_cut import FIELDS, Cut
from console.i18n import _, language
from console.looks import spread
from console.looks import width as cells_of
from console.render_dashboard import (
    FIRST,
    KEYS,
    LAST,
    OTHERS,
    SHOWN,
    Known,
    dashboard_columns,
    dashboard_row,
    definition,
    heading_said,
    plot_told,
)
from console.screens.beside_baseline import BesideBaseline
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.zones import called, zone_here

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.domain.kpi.baseline import Change
    from store.queries.kpi import Figure

_ASKED_BY_KEY = {"2": "site", "3": "kind", "4": "person", "5": "customer"}
_TALL, _TALLER = 34, 46
"""From so many rows of the screen on there is room for higher bars."""


class DashboardScreen(Telling, BesideBaseline):
    """The figures above, the months of the chosen one below; Esc leads back."""

    NAME = "dashboard"
    APART_S = 30.0
    """A figure of a month is no other one every second."""
    DEFAULT_CSS = """
    DashboardScreen > #heading { height: auto; }
    DashboardScreen > #months { background: $surface; }
    """
    NOT_HERE = frozenset({"take_back"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding("left", "month(-1)", show=False),
        Binding("right", "month(1)", show=False),
        *(Binding(key, f"digit('{key}')", show=False) for key in "0123456789"),
    ]

    def __init__(self, cut: Cut | None = None) -> None:
        super().__init__()
        self._cut = cut or Cut()
        self._known = Known()
        self._good: tuple[Cut, Known] | None = None
        """What was shown last of what could be answered."""
        self._month: str | None = None
        """Which month Enter means; None for the period."""

    def columns(self) -> tuple[Column, ...]:
        """What is told of a figure."""
        return dashboard_columns()

    def below(self) -> Iterable[Widget]:
        """The months of the chosen figure."""
        yield PartsBar(id="months")

    def set_up(self) -> None:
        """The months of the chosen figure, and the keys."""
        super().set_up()
        self.query_one("#months", PartsBar).show(self._months)

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> str | None:
        """The figure under the cursor."""
        key = self.table.cursor_key
        return key if isinstance(key, str) else None

    def do_dashboard(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def show_dashboard(self, cut: Cut | None) -> None:
        """Other figures, or those that the dashboard begins with."""
        self._show_of(cut or Cut())

    def period_shown(self) -> str:
        """The same days beside the baseline."""
        return self._cut.period

    def do_help(self) -> None:
        """The keys of this screen before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), KEYS))

    def action_digit(self, key: str) -> None:
        """Another period, other orders, another month, or what the figure says."""
        self.hands.hush()
        if key in _ASKED_BY_KEY:
            self._ask_for(_ASKED_BY_KEY[key])
        elif key in "78":
            self.action_month(-1 if key == "7" else 1)
        elif key == "0":
            self._define()
        else:
            bare = Cut(period=self._cut.period)
            cuts = {"1": self._cut.after(), "6": self._cut.other_cohort(), "9": bare}
            self._show_of(cuts[key])

    def _ask_for(self, field: str) -> None:
        """The line that says of which orders, with all that it says already."""
        from console.grammar.dashboards import cut_words

        name = FIELDS[field][language() != "en"]
        self._open_at("dashboard", " ".join([*cut_words(self._cut, without=field), f"{name}:"]))

    def action_month(self, step: int) -> None:
        """One month to the left or right; beyond both ends lies the whole period."""
        name = self.chosen()
        months = [None, *self._known.months.get(name or "", {})]
        place = months.index(self._month) if self._month in months else 0
        self._month = months[(place + step) % len(months)]
        self._renew()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Exactly the rows that the figure is of."""
        message.stop()
        name = self.chosen()
        if name is None or self.desk.seat is None:
            return
        from console.screens.behind import BehindScreen

        months = self._known.months.get(name, {})
        figure = months.get(self._month) if self._month else self._known.now.get(name)
        if figure is None:
            self.hands.refuse(_("this figure is still being reckoned"))
            return
        screen = BehindScreen(name, self._cut.told(self._days(), self._zone()), figure)
        self.desk.go_to(screen)
        screen.ask_ahead()

    def _days(self) -> tuple[date, date]:
        """Those of the chosen month, else of the period."""
        today = self._today()
        if self._month is None:
            return self._cut.days(today)
        first, last = replace(self._cut, period=self._month).days(today)
        return first, min(last, self._cut.days(today)[1])

    def _define(self) -> None:
        name = self.chosen()
        if name is None:
            self.hands.refuse(_("no row is chosen"))
            return
        from console.screens.defined import DefinedScreen

        figure = self._known.now.get(name)
        lines = tuple(definition(name, self._cut, self._today(), figure))
        self.desk.go_to(DefinedScreen(lines))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another figure, other months."""
        message.stop()
        self.query_one("#months", PartsBar).renew()

    def _show_of(self, cut: Cut) -> None:
        if cut == self._cut:
            return
        self._cut, self._known, self._month = cut, Known(), None
        self.show_rows()
        self.ask_again.now()

    # -- asking and showing ------------------------------------------------------------------

    def _zone(self) -> str:
        zone = self.desk.zone
        return zone_here() if zone is None else called(zone, self.desk.now())

    def _today(self) -> date:
        return self.desk.now().astimezone(self.desk.zone).date()

    def _fetch(self, seat: Seat, question: int) -> None:
        """Part by part, each shown as it comes: the main figures wait for no others."""
        cut, zone, today = self._cut, self._zone(), self._today()
        days, before, year = cut.days(today), cut.before(today), cut.year(today)
        from store.queries.kpi import By, Kpis

        known = Known()
        parts: list[tuple[str, Kpis]] = []
        for names in (FIRST, OTHERS, LAST):
            parts += [("now", cut.asks(days, zone, names=names))]
            parts += [("before", cut.asks(before, zone, names=names))]
            parts += [("months", cut.asks(year, zone, names=names, by=By.MONTH))]
        try:
            for place, (what, query) in enumerate(parts):
                if cut is not self._cut:
                    return  # something else is asked for by now
                figures = seat.ask(query).figures
                whole = place == len(parts) - 1
                known = _with(known, what, figures, whole=whole)
                self.post_message(self.Arrived((cut, known), question))
            if cut == Cut(period=cut.period) and cut is self._cut:
                changes = _held_against(seat, days, zone)
                self.post_message(self.Arrived((cut, replace(known, changes=changes)), question))
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived((cut, None), question))
            self.post_message(self.Arrived(error, question))

    def take(self, found: tuple[Cut, Known | None]) -> None:
        """What has come of it; of figures that are asked for anew the old ones stay until then."""
        cut, known = found
        if cut is not self._cut:
            return
        if known is None:  # there is no such site or whatever was named: as it was before
            if self._good is not None and cut is not self._good[0]:
                self._cut, self._known = self._good
            return
        self._known = known if known.whole else _over(self._known, known)
        self._good = self._cut, self._known

    def show_rows(self) -> None:
        """Every figure in its place, also one that is still reckoned."""
        rows = tuple(dashboard_row(name, n, self._known) for n, name in enumerate(SHOWN))
        self.table.hold(HeldRows(rows))
        self._renew()

    def _renew(self) -> None:
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#months", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """Of which orders and days."""
        text, tone = heading_said(self._cut, self._known, self._today())
        how = _("Enter lists, Esc back ")
        left, right = ((f" {text}", tone),), ((how, "muted"),)
        if cells_of(left) + cells_of(right) < width:
            return (spread(left, right, width),)
        return (left, ((f" {how}", "muted"),))

    def _months(self, width: int, height: int) -> tuple[Parts, ...]:
        rows = 3 if height < _TALL else 6 if height < _TALLER else 10
        return plot_told(self.chosen(), self._known, self._month, width=width, rows=rows)


def _held_against(seat: Seat, days: tuple[date, date], zone: str) -> dict[str, Change]:
    """What each figure comes to against the baseline; nothing where none is frozen."""
    from store.domain.kpi.baseline import change_of
    from store.queries.packs import ShowBaseline, SureFigures

    baseline = seat.ask(ShowBaseline())
    if baseline is None or baseline.period is None:
        return {}
    now = seat.ask(SureFigures(first=days[0], last=days[1], zone=zone)).figures
    was = baseline.period.figures
    return {name: change_of(now[name], was[name])[0] for name in now.keys() & was.keys()}


def _with(known: Known, what: str, figures: Iterable[Figure], *, whole: bool) -> Known:
    if what != "months":
        told = {figure.name: figure for figure in figures}
        now, before = {**known.now}, {**known.before}
        (now if what == "now" else before).update(told)
        return replace(known, now=now, before=before, whole=whole)
    months = {**known.months}
    for figure in figures:
        months[figure.name] = {**months.get(figure.name, {}), figure.of: figure}
    return replace(known, months=months, whole=whole)


def _over(old: Known, new: Known) -> Known:
    """What is known anew, and the rest as it was."""
    return Known(
        now={**old.now, **new.now},
        before={**old.before, **new.before},
        months={**old.months, **new.months},
        changes=new.changes or old.changes,
    )
