"""The frugal terminal: a Textual app that writes only the cells that changed, and only safe ones.

    class Desk(FrugalApp): ...
    app = Desk(colours="auto", log_file=path)
    app.run(mouse=not over_ssh)
    sys.exit(app.return_code)

What the base class gives:

- `colours`: "auto" (NO_COLOR, COLORTERM, TERM decide), "truecolor", "256", "16" or "none".
- Frames are compared with what the terminal shows (`console/frames.py`). While the terminal does
  not read, nothing is queued and the loop goes on; the net change follows when it reads again.
- `forget_screen()` paints everything anew, as after a suspension; ctrl+l does it by hand.
- Every line passes the gate (`console/gate.py`).
- SIGHUP, SIGTERM, the end of the input: the app exits with 128 + signal (`console/hangup.py`).
- A fault ends the app with one sentence on the terminal (`farewell`), the traceback without local
  variables in `log_file`, and return code 1.

Textual's private `_display` is overridden; the pinned version is part of the contract, and
`tests/console/test_terminal_screen.py` compares every screen with the stock one.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal

from rich.color import ColorSystem
from rich.text import Text
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.binding import Binding

from console import composing, gate, pumps
from console.cli_guard import LONGEST_STORY
from console.driver import DeskDriver
from console.frames import Frame
from console.hangup import LINE_LOST, Hangup
from console.i18n import _
from console.strokes import Strokes
from console.terminal_env import TEXTUAL_CAME_FIRST
from console.wire import SYNC_END, SYNC_START
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.widget import Widget

_LOG = logging.getLogger("paidan.console")
_LOG.addHandler(logging.NullHandler())  # else the last resort prints on the screen

_MOST_WAITING = 2048
"""Bytes that may wait for the terminal before frames are held back."""

_TRY_AGAIN_S = 0.05
_SYNC_FROM = 256
"""Frames shorter than this arrive in one piece anyway."""

ColourChoice = Literal["auto", "truecolor", "256", "16", "none"]
_SYSTEMS: dict[gate.Colours, ColorSystem] = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
    "none": ColorSystem.TRUECOLOR,  # no colour reaches it
}
_DETECTED: dict[str | None, gate.Colours] = {"truecolor": "truecolor", "256": "256"}


class FrugalApp(App[ReturnType], Generic[ReturnType]):
    """An app for slow and untrusted lines; see the head of this module."""

    BINDINGS: ClassVar = [
        Binding("ctrl+l", "repaint", "Repaint", show=False, priority=True, id="desk.repaint")
    ]

    def __init__(
        self, *, colours: ColourChoice = "auto", log_file: Path | None = None, **kwargs: Any
    ) -> None:
        composing.mend()
        pumps.mend()
        if TEXTUAL_CAME_FIRST:
            _LOG.warning("Textual was imported before the console: its key settings are stock")
        super().__init__(**kwargs)
        self.log_file = log_file
        self.colours: gate.Colours = self._detect() if colours == "auto" else colours
        self._gate = gate.Gate()
        self._colour_filters = gate.colour_filters(self.colours)
        self._frame: Frame | None = None
        self._held_back = False
        self.strokes = Strokes(self._draw_rows)
        """Rows that are drawn together as soon as what changes them is done."""
        self._hangup: Hangup | None = None

    def _detect(self) -> gate.Colours:
        if self.no_color:
            return "none"
        return _DETECTED.get(self.console.color_system, "16")

    # -- the line ----------------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        """Our driver, unless the environment names another."""
        stock = super().get_driver_class()
        return DeskDriver if issubclass(DeskDriver, stock) else stock

    def on_mount(self) -> None:
        """Begin to watch for the end of the line; a test without a terminal has none."""
        if not self.is_headless:
            self._hangup = Hangup(self, asyncio.get_running_loop())
            self._hangup.watch()

    def watch_anew(self) -> None:
        """In a process that was forked since: signals are nobody's there."""
        if self._hangup is not None:
            self._hangup.watch()

    def on_line_lost(self) -> None:
        """Called by the driver, on the loop, when the terminal is gone."""
        if self._hangup is not None:
            self._hangup.end()
        else:
            self.exit(return_code=LINE_LOST)

    # -- looks -------------------------------------------------------------------------------

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the theme anew; before there is a screen, only its colours need be known."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    # -- frames ------------------------------------------------------------------------------

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The gate, before Textual's filters lose the mark of control segments; then colours."""
        return [self._gate, *super().get_line_filters(), *self._colour_filters]

    def forget_screen(self) -> None:
        """Take nothing on the terminal for granted any more, and paint it soon."""
        if self._frame is not None:
            self._frame.forget()
            self.call_later(self._send)

    def action_repaint(self) -> None:
        """Paint the whole screen again."""
        self.forget_screen()

    def paint_now(self, widget: Widget) -> None:
        """Paint what changed in a widget: what a key did does not wait for its turn in the loop."""
        screen = self.screen
        self._draw_rows()
        if widget._repaint_required and widget.screen is screen and not self._batch_count:  # noqa: SLF001
            screen._compositor.update_widgets(screen._dirty_widgets | {widget})  # noqa: SLF001  as its timer does
            screen._compositor_refresh()  # noqa: SLF001
            widget._repaint_required = False  # noqa: SLF001

    def _draw_rows(self) -> None:
        """Draw and send the rows that have changed, past Textual's messages and its timer."""
        try:
            if self.strokes.lay(self._frame):
                self._send()
        except Exception as error:  # noqa: BLE001  ends the app, as a fault in a paint of Textual's does
            self._handle_exception(error)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Take over what Textual would have written."""
        driver = self._driver
        if driver is None or self.is_headless or driver.is_inline:
            super()._display(screen, renderable)
            return
        try:
            if renderable is not None and not self._batch_count and self._running:
                self._draw(renderable)
                self._send()
        finally:
            self.post_display_hook()

    def _draw(self, renderable: RenderableType) -> None:
        frame = self._sized_frame()
        if isinstance(renderable, LayoutUpdate):
            for y, strips in enumerate(renderable.strips, renderable.region.y):
                if y < frame.height:
                    frame.draw(y, strips)
        elif isinstance(renderable, ChopsUpdate):
            for y, pieces in enumerate(renderable.chops[: frame.height]):
                for x, strip in pieces.items():
                    if strip is not None:
                        frame.put(x, y, strip)

    def _sized_frame(self) -> Frame:
        """The frame for the screen's present size; a new size starts from nothing."""
        width, height = self.screen.outer_size
        frame = self._frame
        if frame is None or (frame.width, frame.height) != (width, height):
            frame = self._frame = Frame(width, height, _SYSTEMS[self.colours])
            self.strokes.ready = True
        return frame

    def _send(self) -> None:
        """Write the difference, or try again later if the terminal does not read."""
        driver, frame = self._driver, self._frame
        if driver is None or frame is None or self._closed or not self._running:
            return
        if _waiting(driver) > _MOST_WAITING:
            self._hold_back()
            return
        # Where its line is now: one that was moved by a layout since tells nobody.
        place = getattr(self.focused, "cursor_screen_offset", self.cursor_position)
        cursor = self.screen.outer_size.clamp_offset(place)
        text = frame.flush((max(0, cursor.x - _overshoot(self.focused)), cursor.y))
        if text:
            in_step = self._sync_available and len(text) >= _SYNC_FROM
            driver.write(f"{SYNC_START}{text}{SYNC_END}" if in_step else text)
            driver.flush()

    def _hold_back(self) -> None:
        if not self._held_back:
            self._held_back = True
            self.set_timer(_TRY_AGAIN_S, self._catch_up)

    def _catch_up(self) -> None:
        self._held_back = False
        self._send()

    # -- faults ------------------------------------------------------------------------------

    def farewell(self) -> str:
        """What a fault leaves on the terminal: one sentence, and where the details are."""
        sentence = _("The console met a fault and closed.")
        if self.log_file is None:
            return sentence
        return sentence + " " + _("The details are in {file}").format(file=self.log_file)

    def _handle_exception(self, error: Exception) -> None:
        """Write the fault down and close; what Textual would print shows local variables."""
        if (self._exit or not self.is_running) and _is_of_parts_gone(error):
            _LOG.info("a screen was at work while it was taken down: %r", error)
            return
        if self._exit:  # it closes as it was told to, and all is kept: the log alone hears of it
            self._write_down(error)
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._write_down(error)
        self._fatal_error()

    def _fatal_error(self) -> None:
        if not self._exit_renderables:
            self._exit_renderables.append(Text(self.farewell()))
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 # Textual's signature
        """Close with the farewell; the renderables may hold a traceback."""
        self._return_code = 1
        self._fatal_error()

    def _write_down(self, error: Exception) -> None:
        _LOG.error("the console met a fault", exc_info=error)
        if self.log_file is None:
            return
        # What is told may quote text from outside, and a log is read in a terminal.
        story = "".join(traceback.format_exception(error))
        told = safe(story, multiline=True, limit=LONGEST_STORY).rstrip()
        try:
            self.log_file.parent.mkdir(parents=True, exist_ok=True)
            with self.log_file.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(f"{told}\n")
        except OSError:
            _LOG.warning("the log file cannot be written")


def _is_of_parts_gone(error: Exception) -> bool:
    """Whether a part of a screen was asked for that had been taken down: no harm at the end."""
    from textual.css.query import NoMatches
    from textual.widget import MountError

    return isinstance(error, NoMatches | MountError)


def _overshoot(focused: Widget | None) -> int:
    """How far right of its caret an input at its end puts the cursor, making room to scroll."""
    # Told by its looks: importing Textual's Input here would delay the first paint of every start.
    value, caret = getattr(focused, "value", None), getattr(focused, "cursor_position", None)
    return 1 if isinstance(value, str) and caret == len(value) else 0


def _waiting(driver: Driver) -> int:
    """How many bytes the terminal has not taken yet; 0 for a driver that cannot tell."""
    return int(getattr(driver, "backlog", 0))
