"""The work table: a list of any length, drawn line by line, that never waits and never jumps.

    table = WorkTable(columns, source, at=now, waiting_text=words)   # words(window) -> str
    table.tick(at)             # once a second: redraws only countdowns whose text changed
    table.reload()             # the list has news: asks again, keeps the operator's place
    table.set_source(other)    # another queue or order; the chosen row stays chosen if it is there
    table.jump_to(key), table.cursor_key, table.line_at_cursor, table.set_columns(columns)

Rows come from a `Source` (`console/widgets/window.py`, where the rule of the list is written) in
worker threads; rows not there yet are drawn as placeholders. The table is told the time by `tick`.
Messages: `OrderHighlighted(key)` when the cursor has come to another row, `OrderChosen(key)` on
enter or a double click, `FetchFailed(error)` when the source raised (the rows shown stay).

Looks stand in `table_looks.py`: those of the table's own parts, and the tones of `Tinted` cells.
The cursor also has a `>` and a gone row a `~`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from rich.style import Style as RichStyle
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.style import Style

from console.strokes import Spot
from console.terminal import FrugalApp
from console.widgets.countdowns import Countdowns
from console.widgets.line_painter import Held, LinePainter
from console.widgets.signed_list import SignedList
from console.widgets.table_looks import LOOKS, WHOLE
from console.widgets.window import Ask, Key, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from textual import events
    from textual.strip import Strip

    from console.widgets.columns import Column
    from console.widgets.countdowns import Shown
    from console.widgets.window import Line, Source, Window

_WHEEL = 3


class WorkTable(SignedList, can_focus=True):
    """A scrolling list of orders with a cursor and a countdown column."""

    ALLOW_SELECT = False
    needs: Mapping[str, int] | None = None
    """How wide the cells of each column are, where all rows are at hand."""
    DEFAULT_CSS = "WorkTable { height: 1fr; background: $surface; color: $foreground; }"
    BINDINGS: ClassVar = [
        Binding("down,j", "step(1)", "Down", show=False, id="table.down"),
        Binding("up,k", "step(-1)", "Up", show=False, id="table.up"),
        Binding("pagedown", "leaf(2)", "Page down", show=False, id="table.page_down"),
        Binding("pageup", "leaf(-2)", "Page up", show=False, id="table.page_up"),
        Binding("ctrl+d", "leaf(1)", "Half page down", show=False, id="table.half_down"),
        Binding("ctrl+u", "leaf(-1)", "Half page up", show=False, id="table.half_up"),
        Binding("home,g", "first", "First", show=False, id="table.first"),
        Binding("end,G", "last", "Last", show=False, id="table.last"),
        Binding("enter", "choose", "Open", show=False, id="table.choose"),
        Binding("full_stop", "apply", "Show what is new", show=False, id="table.apply"),
    ]

    class OrderChosen(Message):
        """The operator has opened a row."""

        def __init__(self, key: Key | None) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source,
        *,
        at: datetime,
        waiting_text: Callable[[Window], str] = "{0.new} new, {0.gone} gone".format,
        **kwargs: Any,
    ) -> None:
        super().__init__(source, **kwargs)
        self.columns = tuple(columns)
        self._at = at
        self.waiting_text = waiting_text
        self._painter: LinePainter | None = None
        self._clocks = Countdowns()
        self._frame: tuple[int, int] | None = None
        """The width and the rows of what is being painted, asked for once a paint."""

    def on_mount(self) -> None:
        """Ask for the first rows."""
        self.jump_to(self.cursor_key)

    # -- time and looks ----------------------------------------------------------------------

    def tick(self, at: datetime) -> None:
        """It is now `at`: redraw the countdowns whose text or look changed."""
        self._at = at
        if changed := self._clocks.changed(self._on_screen(), at):
            painter = self._ready_painter(self.size.width)
            self.redraw_parts(self._clock_part(painter, *one) for one in changed)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, or the same in another language."""
        self.columns = tuple(columns)
        self._painter = None
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the looks of the theme before."""
        super().notify_style_update()
        self._painter = None

    def on_resize(self) -> None:
        """Keep the cursor on the screen, whatever the size."""
        self._reveal()
        self._fill()

    def on_focus(self) -> None:
        """Show where the keys go now."""
        self._redraw_rows(self.cursor)

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self._redraw_rows(self.cursor)

    def _on_screen(self) -> Iterator[tuple[int, Line]]:
        """The lines on the screen with the row of the widget they are drawn in."""
        window, rows = self.window, self.rows_shown
        first = self.top - window.start
        for y, line in enumerate(window.lines[max(0, first) : max(0, first + rows)], 1):
            yield y - min(0, first), line

    def _clock_part(self, painter: LinePainter, y: int, line: Line, shown: Shown) -> Spot:
        held = self._held(self.top + y - 1)
        return Spot(y, *painter.countdown(line, shown.text, shown.look, held))

    def _held(self, index: int) -> Held:
        return "" if index != self.cursor else "cursor" if self.has_focus else "blurred"

    def _redraw_rows(self, *indexes: int) -> None:
        rows = {index - self.top + 1 for index in indexes}
        regions = [Region(0, y, self.size.width, 1) for y in rows if 0 < y <= self.rows_shown]
        if regions:
            self.refresh(*regions)

    # -- drawing -----------------------------------------------------------------------------

    def _shown(self) -> list[object]:
        window, rows = self.window, self.rows_shown
        shown: list[object] = [()]
        for y in range(max(0, self.size.height - 1)):
            if y >= rows:
                shown.append((window.new, window.pressing, window.gone))
                continue
            index = self.top + y
            line = window.line(index)
            drawn = index < window.count if line is None else line.drawn
            shown.append((index == self.cursor, self._bar_at(y, rows), drawn))
        return shown

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """How large it is."""
        self._frame = (self.size.width, self.rows_shown)
        try:
            yield
        finally:
            self._frame = None

    def content_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        width, rows = self._frame or (self.size.width, self.rows_shown)
        painter = self._ready_painter(width)
        if y == 0:
            return painter.header()
        if y > rows:
            return painter.notice(self.waiting_text(self.window))
        index = self.top + y - 1
        held = self._held(index)
        line = self.window.line(index)
        bar = self._bar_at(y - 1, rows)
        if line is not None:
            shown = self._clocks.draw(y, line, self._at)
            sign = self._sign(line)
            return painter.line(line, shown.text, shown.look, held, bar=bar, sign=sign)
        return painter.missing(held, bar=bar) if index < self.window.count else painter.blank()

    def _ready_painter(self, width: int) -> LinePainter:
        if self._painter is None or self._painter.width != width:
            looks = {"base": self.rich_style, **{name: self._look(name) for name in LOOKS}}
            self._painter = LinePainter(self.columns, width, looks, self.finish, self.needs)
        return self._painter

    def _look(self, name: str) -> RichStyle:
        own = Style.parse(LOOKS[name])
        if name in WHOLE:
            return (self.visual_style + own).rich_style
        ink = own.rich_style
        return ink.without_color + RichStyle.from_color(ink.color)

    def _bar_at(self, y: int, rows: int) -> bool:
        """Whether the scroll bar's thumb covers a row of the screen."""
        count = self.window.count
        if count <= rows:
            return False
        size = max(1, rows * rows // count)
        start = round(self.top / (count - rows) * (rows - size))
        return start <= y < start + size

    # -- keys and mouse ----------------------------------------------------------------------

    def action_step(self, rows: int) -> None:
        """Move the cursor; a step up from the first row shows what is new."""
        if self.cursor + rows < 0 and self.window.stale:
            self.action_apply()
        else:
            self.move_to(self.cursor + rows)
            self._paint_now()

    def action_leaf(self, halves: int) -> None:
        """Move by half pages, the screen with the cursor."""
        rows = max(1, self.rows_shown * abs(halves) // 2) * (1 if halves > 0 else -1)
        self.top = self._clamp_top(self.top + rows)
        self.refresh()
        self.move_to(self.cursor + rows)
        self._paint_now()

    def action_first(self) -> None:
        """Go to the first row and show what is new."""
        if self.window.at_top and not self.window.stale:
            self.move_to(0)
            self._paint_now()
        else:
            self._jump(Ask(where=Where.TOP, limit=self._page_size))

    def action_last(self) -> None:
        """Go to the last row."""
        if self.window.at_end:
            self.move_to(self.window.count - 1)
            self._paint_now()
        else:
            self._jump(Ask(where=Where.END, limit=self._page_size))

    def _paint_now(self) -> None:
        """Show at once what a key did, where the app can."""
        if isinstance(self.app, FrugalApp):
            self.app.paint_now(self)

    def action_choose(self) -> None:
        """Open the row under the cursor, or that which it waits for."""
        if self.cursor_key is not None or not self.settled:
            self._tell()
            self.post_message(self.OrderChosen(self.cursor_key))

    def action_apply(self) -> None:
        """Bring the list up to date, above the cursor too; the cursor stays on its row."""
        self._reask("apply")

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the list; the cursor stays on its row."""
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the list; the cursor stays on its row."""
        event.stop()
        self.scroll_rows(-_WHEEL)

    def on_click(self, event: events.Click) -> None:
        """A row takes the cursor, twice opens it; what stands around the rows shows what is new."""
        rows = self.rows_shown
        if not 0 < event.y <= rows:
            self.action_apply()
        elif event.x == self.size.width - 1 and rows > 1:
            self.scroll_rows(self.window.count * (event.y - 1) // (rows - 1) - self.top)
        elif (index := self.top + event.y - 1) < self.window.count:
            self.move_to(index)
            if event.chain == 2:
                self.action_choose()
