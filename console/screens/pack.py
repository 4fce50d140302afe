"""One pack as it was written, on a page of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from console import page
from console.carrying import told
from console.hanging import HANG
from console.i18n import _
from console.render_packs import pack_sections, pack_title
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.looks import Parts
    from console.seat import Seat
    from store.queries.packs import PackLine, PackShown


class PackScreen(ReadingScreen):
    """Asked once, when it is opened: what was written never changes."""

    BINDINGS: ClassVar = [Binding("a", "whole", show=False)]

    class Arrived(Message, bubble=False):
        """The pack has come, or why it could not."""

        def __init__(self, shown: PackShown | None, error: Exception | None = None) -> None:
            super().__init__()
            self.shown = shown
            self.error = error

    def __init__(self, line: PackLine) -> None:
        super().__init__()
        self._line = line
        self._told: PackScreen.Arrived | None = None
        self._whole = False
        """Whether every order is listed that it names."""

    def action_whole(self) -> None:
        """All that it names, or only what matters again."""
        self._whole = not self._whole
        self.show_lines()

    def title_line(self) -> str:
        """Which pack this is."""
        return pack_title(self._line)

    def set_up(self) -> None:
        """Ask for it."""
        super().set_up()
        if self.desk.seat is not None:
            work = partial(self._ask, self.desk.seat)
            self.run_worker(work, thread=True, group="pack", exit_on_error=False)

    def _ask(self, seat: Seat) -> None:
        from store.queries.packs import ShowPack

        try:
            shown = seat.ask(ShowPack(kind=self._line.kind, period=self._line.period))
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived(None, error))
            return
        self.post_message(self.Arrived(shown))

    def on_pack_screen_arrived(self, message: Arrived) -> None:
        """Show it."""
        message.stop()
        self._told = message
        self.show_lines()

    def lines(self) -> tuple[Parts, ...]:
        """Every part, its tables as wide as the screen."""
        if self._told is None:
            return (((_("asking the store ..."), "muted"),),)
        if self._told.error is not None:
            return (((f"\u2717 {told(self._told.error)}", "overdue"),),)
        if self._told.shown is None:
            return ()
        width = max(40, (self.size.width or 80) - 4)
        parts = pack_sections(self._told.shown, whole=self._whole)
        lines = page.text("", parts, width=width, at=self._line.due_at)
        headings = {part.heading for part in parts}
        return tuple(
            (HANG, (line, "strong" if line in headings else "")) for line in list(lines)[1:]
        )
