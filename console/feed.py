"""News of the journal as messages of the app: from the feed's thread to every mounted screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from store.persistence.feed import News
    from store.records import Records


_TOLD_TO_ALL: Final = frozenset({"notice_sent", "pack_written"})
"""Facts that every console is told in a line above the hands."""


class NewsArrived(Message):
    """Something was committed; whoever shows it asks its own question again."""

    def __init__(
        self,
        head: int,
        numbers: frozenset[int],
        *,
        reload: bool,
        registers: bool = True,
        own: bool = False,
    ) -> None:
        super().__init__()
        self.head = head
        """The journal's highest sequence number."""
        self.numbers = numbers
        """The orders that changed."""
        self.reload = reload
        """Whether the numbers may not be all."""
        self.registers = registers or reload
        """Whether it may be about something else than orders: a view, a register, a rule."""
        self.own = own
        """Whether it was done here: it is shown at once, however many hear of it."""

    def concerns(self, number: int | None) -> bool:
        """Whether an order may have changed."""
        return self.reload or number in self.numbers

    def can_replace(self, message: Message) -> bool:
        """Whether the one that waits behind this stands for it: Textual asks the earlier one."""
        if not isinstance(message, NewsArrived):
            return False
        return message.reload and (message.own or not self.own)


class PresenceMoved(Message):
    """Somebody has come to an order, gone, or begun to write about it; nothing was committed."""

    def can_replace(self, message: Message) -> bool:
        """Who is where is asked as a whole."""
        return isinstance(message, PresenceMoved)


class NoticeSent(Message):
    """An administrator may have told every console something."""

    def can_replace(self, message: Message) -> bool:
        """What was told of late is asked as a whole."""
        return isinstance(message, NoticeSent)


def follow(records: Records, app: App[Any]) -> Callable[[], None]:
    """Post all news of a store to an app, from the feed's thread; returns how to stop."""

    def heard(news: News) -> None:
        if news.presence or news.reload:
            app.post_message(PresenceMoved())
        if not news.changes and not news.reload:
            return
        if news.reload or any(one.fact in _TOLD_TO_ALL for one in news.changes):
            app.post_message(NoticeSent())
        numbers = frozenset(c.number for c in news.changes if c.number is not None)
        registers = any(c.number is None for c in news.changes)
        app.post_message(NewsArrived(news.head, numbers, reload=news.reload, registers=registers))

    return records.on_change(heard)
