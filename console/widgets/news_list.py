"""The part of a work table that does nothing about news which change none of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.widgets.keyed_list import KeyedList

if TYPE_CHECKING:
    from console.widgets.window import Errand, Page


class NewsList(KeyedList):
    """Most of what is written in a large desk is not about the rows that one operator has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._merged: tuple[object, ...] = ()
        """The last page of news, and what came of it."""

    def _take(self, errand: Errand, page: Page | Exception) -> None:
        news = errand.purpose == "news" and errand.epoch == self._epoch
        if not news or self._news_again or self._merged != (page, *self._stands()):
            super()._take(errand, page)
            return
        self._asked.discard("news")
        if self.line_at_cursor is None and self.settled:  # else it was before
            self.post_message(self.Landed())

    def _refresh(self, errand: Errand, page: Page) -> None:
        super()._refresh(errand, page)
        merged = errand.purpose == "news" and self._asked.isdisjoint(("news", "jump"))
        self._merged = (page, *self._stands()) if merged else ()

    def _stands(self) -> tuple[object, ...]:
        """All that decides what a page makes of the window."""
        window = self.window
        held = window.lines, window.start, window.count, window.waiting, window.at_end
        return (*held, window.short, self.cursor, self.top, self.follow)
