"""The queues with their counts: a list beside the table, or tabs above it where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from console.render_bars import queue_list, queue_tabs
from console.widgets.bars import PartsBar
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from console.looks import Parts
    from console.render_bars import ViewLine

_LIST_UNDER = 40
"""Narrower than this the bar stands beside the table, and lists the queues."""

_OTHER_LINES = 10
"""Of a screen, those that stand above and below the list with its headings."""


class QueueBar(PartsBar):
    """All queues, the chosen one marked; a click chooses."""

    class Chosen(Message):
        """The operator has clicked on a queue."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class ViewChosen(Message):
        """The operator has clicked on a saved view."""

        def __init__(self, view: int) -> None:
            super().__init__()
            self.view = view

    views: tuple[ViewLine, ...] = ()
    """The saved views, to be shown below the queues with the next counts."""

    def tell(self, counts: Mapping[str, int] | None, chosen: str) -> None:
        """Show these counts, and which queue is open."""
        views = self.views

        def make(width: int, height: int) -> tuple[Parts, ...]:
            if width < _LIST_UNDER:
                room = max(1, height - len(QUEUES) - _OTHER_LINES)
                return queue_list(counts, chosen, width, views, room)
            return queue_tabs(counts, chosen, width, views)

        self.show(make)

    def on_click(self, event: events.Click) -> None:
        """In the list a line is a queue, or below them a view."""
        if self.size.width >= _LIST_UNDER:
            return
        names, below = tuple(QUEUES), event.y - len(QUEUES) - 1
        if event.y < len(names):
            self.post_message(self.Chosen(names[event.y]))
        elif 0 <= below < len(self.views):
            self.post_message(self.ViewChosen(self.views[below].id))
