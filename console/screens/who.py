"""Who masters a skill, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message

from console.actions import ACTIONS, first_sign
from console.carrying import told as worded
from console.i18n import _
from console.render_who import who_heads, who_rows
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.grammar.understand import Understood
    from console.looks import Parts
    from store.queries.named import Candidate

_GAP = 2


class WhoScreen(ReadingScreen):
    """Asked once, when it is opened."""

    class Arrived(Message, bubble=False):
        """The answer has come."""

        def __init__(self, found: tuple[Candidate, ...] | Exception) -> None:
            super().__init__()
            self.found = found

    def __init__(self, told: Understood) -> None:
        super().__init__()
        self._told = told
        self._found: tuple[Candidate, ...] | Exception | None = None

    def title_line(self) -> str:
        """What was asked."""
        return self._told.said

    def set_up(self) -> None:
        """Ask."""
        super().set_up()
        seat, parsed = self.desk.seat, self._told.parsed
        if seat is None:
            return

        def work() -> None:
            from store.queries.named import WhoCan

            number = parsed.orders[0] if parsed.orders else None
            asked = WhoCan(skill=parsed.told["skill"], site=parsed.told.get("site"), number=number)
            try:
                found: tuple[Candidate, ...] | Exception = seat.ask(asked)
            except Exception as error:  # noqa: BLE001  whatever a store raises is told
                found = error
            self.post_message(self.Arrived(found))

        self.run_worker(work, thread=True, exit_on_error=False)

    def on_who_screen_arrived(self, message: Arrived) -> None:
        """Show it."""
        message.stop()
        self._found = message.found
        self.show_lines()

    def lines(self) -> tuple[Parts, ...]:
        """A row a person."""
        if self._found is None:
            return (((_("asking the store ..."), "muted"),),)
        if isinstance(self._found, Exception):
            return (((f"✗ {worded(self._found)}", "overdue"),),)
        if not self._found:
            key = first_sign(ACTIONS["command"], self.desk.keys)
            hint = _("Esc leads back; {key} who there asks for another skill").format(key=key)
            return (((_("nobody"), "strong"),), ((hint, "muted"),))
        rows = who_rows(self._found, at=self.desk.now())
        widths = [max(map(cell_len, cells)) for cells in zip(who_heads(), *rows, strict=True)]
        heads = ((_line(who_heads(), widths), "heading"),)
        return (heads, *(((_line(row, widths), ""),) for row in rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (c + " " * (w - cell_len(c) + _GAP) for c, w in zip(cells, widths, strict=True))
    return "".join(padded).rstrip()
