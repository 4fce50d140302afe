"""A page of text to scroll: an order's card, a ledger, the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from console.widgets.direct import Direct
from console.widgets.parts_painter import PartsPainter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.selection import Selection

    from console.looks import Parts

_WHEEL: Final = 3


class PartsPage(Direct, can_focus=True):
    """Lines of parts, wrapped to the width, in a pane that scrolls."""

    DEFAULT_CSS = "PartsPage { width: 1fr; height: 1fr; }"
    BINDINGS: ClassVar = [
        Binding("j", "turn(1)", show=False, id="page.down"),
        Binding("k", "turn(-1)", show=False, id="page.up"),
        Binding("ctrl+d", "leaf(1)", show=False, id="page.half_down"),
        Binding("ctrl+u", "leaf(-1)", show=False, id="page.half_up"),
        Binding("g", "turn(-1000000)", show=False, id="page.first"),
        Binding("G", "turn(1000000)", show=False, id="page.last"),
        Binding("down", "turn(1)", show=False),
        Binding("up", "turn(-1)", show=False),
        Binding("pagedown", "leaf(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("home", "turn(-1000000)", show=False),
        Binding("end", "turn(1000000)", show=False),
    ]

    class Appeared(Message):
        """The page has room on the screen now, where it had none."""

    def __init__(self, *, can_focus: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.can_focus = can_focus
        self.top = 0
        """Which row is the first on the screen."""
        self._lines: tuple[Parts, ...] = ()
        self._rows: Sequence[Strip] = ()
        self._painters: dict[int, PartsPainter] = {}
        self._bar: list[Segment] = []

    @property
    def room(self) -> int:
        """How many rows the screen shows."""
        return self.content_size.height

    def tell(self, lines: tuple[Parts, ...]) -> None:
        """Show these lines; what is shown already costs nothing."""
        if lines == self._lines:
            return
        self._lines = lines
        before = self._on_screen()
        self._fit()
        after = self._on_screen()
        changed = [y for y, row in enumerate(after) if row != before[y]]
        if changed:
            width = self.content_size.width
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_show(self) -> None:
        """Tell the screen: what a page without room was not asked for is wanted now."""
        self.post_message(self.Appeared())

    # -- scrolling ---------------------------------------------------------------------------

    def action_turn(self, rows: int) -> None:
        """Go some rows down, or up."""
        top = self._clamped(self.top + rows)
        if top != self.top:
            self.top = top
            self.refresh()

    def bring(self, first: int, last: int) -> None:
        """Have the lines from one to before the other on the screen, the first of them surely."""
        width = self.content_size.width - bool(self._bar)
        if width > 1:
            rows = self._painter(width).rows
            above, under = len(rows(self._lines[:first])), len(rows(self._lines[:last]))
            self.action_turn(min(above, max(self.top, under - self.room)) - self.top)

    def action_leaf(self, screens: int) -> None:
        """Go some screenfuls down, or up."""
        self.action_turn(screens * self.room)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel turns the page."""
        event.stop()
        self.action_turn(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel turns the page."""
        event.stop()
        self.action_turn(-_WHEEL)

    def on_click(self, event: events.Click) -> None:
        """The bar at the right jumps."""
        if self._bar and event.x == self.outer_size.width - self.gutter.right - 1:
            self.action_turn(len(self._rows) * event.y // max(1, self.room - 1) - self.top)

    def _clamped(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - self.room))

    # -- selecting with the mouse ------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, as text."""
        return selection.extract("\n".join(row.text.rstrip() for row in self._rows)), "\n"

    def in_sight(self) -> Sequence[Strip]:
        """The rows that are on the screen."""
        return self._rows[self.top : self.top + self.room]

    def render_line(self, y: int) -> Strip:
        """A line that knows which characters it shows, for the mouse."""
        return self.content_line(y).apply_offsets(0, self.top + y)

    def _selected(self, row: Strip, number: int) -> Strip:
        """A row with its selected part marked."""
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if span is None:
            return row
        text = row.text
        start, end = span[0], len(text) if span[1] == -1 else span[1]
        left, right = cell_len(text[:start]), cell_len(text[:end])
        look = self.screen.get_component_rich_style("screen--selection")
        parts = row.divide([left, right, row.cell_length])
        marked = Strip([Segment(text, (style or look) + look) for text, style, _ in parts[1]])
        return Strip.join([parts[0], marked, *parts[2:]])

    # -- drawing -----------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Break the lines for another width."""
        self._fit()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the looks of the theme before."""
        super().notify_style_update()
        self._painters.clear()
        self._rows = ()

    def content_line(self, y: int) -> Strip:
        """One row of the page."""
        width = self.content_size.width
        if self._lines and not self._rows:
            self._fit()
        number = self.top + y
        if number >= len(self._rows):
            return self._painter(width).blank
        row = self._selected(self._rows[number], number)
        return Strip([*row, self._bar[self._thumb_at(y)]], width) if self._bar else row

    def _fit(self) -> None:
        """Break the lines, leaving room for a bar where there are more than fit."""
        width = self.content_size.width
        if width < 2:
            return
        self._bar = []
        self._rows = self._painter(width).rows(self._lines)
        if len(self._rows) > self.room:
            painter = self._painter(width - 1)
            self._rows = painter.rows(self._lines)
            looks = painter.look(""), painter.look("on $primary")
            self._bar = self.finish([Segment(" ", look) for look in looks])
        self.top = self._clamped(self.top)

    def _on_screen(self) -> list[tuple[int, bool]]:
        """What each row of the screen shows: which row of the page, and whether the bar's thumb."""
        shown = self._rows[self.top : self.top + self.room]
        ids = [id(row) for row in shown] + [0] * (self.room - len(shown))
        return [(row, bool(self._bar) and self._thumb_at(y)) for y, row in enumerate(ids)]

    def _thumb_at(self, y: int) -> bool:
        count, rows = len(self._rows), self.room
        if count <= rows:
            return False  # the screen has grown, and the lines are not broken anew yet
        size = max(1, rows * rows // count)
        start = round(self.top / (count - rows) * (rows - size))
        return start <= y < start + size

    def _painter(self, width: int) -> PartsPainter:
        if width not in self._painters:
            self._painters = {w: p for w, p in self._painters.items() if abs(w - width) < 2}
            self._painters[width] = PartsPainter(self, width)
        return self._painters[width]
