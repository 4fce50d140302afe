"""A work table that says what to do where it has no rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.widgets.work_table import WorkTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.strip import Strip


class ToldTable(WorkTable):
    """The first line says why there is nothing, the second which key leads on."""

    nothing: Callable[[], tuple[str, ...]] = staticmethod(tuple)
    """The lines for no rows; none of them while it is not known whether there are any."""

    def content_line(self, y: int) -> Strip:
        """A line of what is said, where there are no rows."""
        if y and not self.window.count:
            said = self.nothing()
            if y <= len(said):
                painter = self._ready_painter(self.size.width)
                return painter.told(said[y - 1], "strong" if y == 1 else "muted")
        return super().content_line(y)

    def say_nothing(self) -> None:
        """It is known now whether there are rows."""
        if not self.window.count:
            self.refresh()
