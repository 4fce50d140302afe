"""A list that can put a sign before some of its rows, whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.widgets.news_list import NewsList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.widgets.window import Key, Line


class SignedList(NewsList):
    """Signs come and go without a look at the store."""

    signs: Mapping[Key, str] = {}
    """What stands before some rows, by their keys: one cell each."""

    def _sign(self, line: Line) -> str:
        return self.signs.get(line.row.key, "")

    def mark(self, signs: Mapping[int, str]) -> None:
        """Put a sign before these rows, and before no others."""
        if signs != self.signs:
            self.signs = dict(signs.items())
            self.refresh()
