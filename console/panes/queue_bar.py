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

_LIST_UNDER = 40
"""Narrower than this the bar stands beside the table, and lists the queues."""


class QueueBar(PartsBar):
    """All queues, the chosen one marked; a click chooses."""

    class Chosen(Message):
        """The operator has clicked on a queue."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def tell(self, counts: Mapping[str, int] | None, chosen: str) -> None:
        """Show these counts, and which queue is open."""

        def make(width: int, _height: int) -> tuple[Parts, ...]:
            drawn = queue_list if width < _LIST_UNDER else queue_tabs
            return drawn(counts, chosen, width)

        self.show(make)

    def on_click(self, event: events.Click) -> None:
        """In the list a line is a queue."""
        names = tuple(QUEUES)
        if self.size.width < _LIST_UNDER and event.y < len(names):
            self.post_message(self.Chosen(names[event.y]))
