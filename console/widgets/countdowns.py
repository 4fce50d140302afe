"""What the clock of each row on the screen shows, and until when it stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from console.render_time import countdown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from console.widgets.window import Line, Row


class Shown(NamedTuple):
    """The clock of one row."""

    row: Row
    text: str
    look: str
    since: datetime
    until: datetime | None
    """None for ever."""


class Countdowns:
    """The clocks of one table, by the row of the widget that they are drawn in."""

    def __init__(self) -> None:
        self._shown: dict[int, Shown] = {}

    def draw(self, y: int, line: Line, at: datetime) -> Shown:
        """The clock of a line, which is drawn with it now."""
        shown = self._shown.get(y)
        if shown is None or not _holds(shown, line, at):
            shown = self._shown[y] = _shown(line, at)
        return shown

    def changed(
        self, lines: Iterable[tuple[int, Line]], at: datetime
    ) -> list[tuple[int, Line, Shown]]:
        """Those of these lines whose clocks are to be drawn anew, which they are now."""
        changed = []
        for y, line in lines:
            shown = self._shown.get(y)
            if shown is not None and _holds(shown, line, at):
                continue
            now = self._shown[y] = _shown(line, at)
            if shown is None or now.text != shown.text or now.look != shown.look:
                changed.append((y, line, now))
        return changed


def _holds(shown: Shown, line: Line, at: datetime) -> bool:
    same = shown.row is line.row and shown.since <= at
    return same and (shown.until is None or at < shown.until)


def _shown(line: Line, at: datetime) -> Shown:
    row = line.row
    if row.due_at is None:
        return Shown(row, row.still, "", at, None)
    text, look, until = countdown(row.due_at, at)
    return Shown(row, text, look, at, until)
