"""Choose what a list is sorted by: one key names the column, the same again turns it round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.screens.reading import ReadingScreen
from store.domain.finding.sorts import SORTS

if TYPE_CHECKING:
    from textual import events

    from console.looks import Parts

KEYS = dict(zip("1234567890abc", SORTS, strict=True))
"""A key for every column, in the order of the table."""

OWN = "o"
"""The key of the list's own order."""


class SortingScreen(ReadingScreen):
    """A column a line."""

    def __init__(self, sort: str, descending: bool) -> None:
        super().__init__()
        self._sort = sort
        self._descending = descending

    def title_line(self) -> str:
        """What is chosen here."""
        return _("Sort by")

    def lines(self) -> tuple[Parts, ...]:
        """Key, column, and how the list stands now."""
        rows: list[Parts] = [()]
        for key, column in KEYS.items():
            held = column == self._sort
            now = (_("down") if self._descending else _("up")) if held else ""
            rows.append(
                (
                    (f"  {key}  ", "key"),
                    (_(SORTS[column]), "held" if held else ""),
                    (f"  {now}", ""),
                )
            )
        own = _("the list's own order")
        rows.append(((f"  {OWN}  ", "key"), (own, "" if self._sort else "held")))
        return tuple(rows)

    def on_key(self, event: events.Key) -> None:
        """A column was named."""
        column = "" if event.key == OWN else KEYS.get(event.key)
        if column is not None:
            event.stop()
            self.desk.go_back(column)
