"""Turns the bytes of a line into events, for every driver: a stray byte or half a key ends nothing.

Stock Textual dies of one byte that is not UTF-8, and takes half a character for the end of input.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual._parser import ParseError
from textual.constants import ESCAPE_DELAY

from console.pasting import WholePastes

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle
    from collections.abc import Callable, Iterable

    from textual.message import Message

_SLACK_S = 0.01


class Reading:
    """What is typed on one line, from its first byte to `stop`."""

    def __init__(
        self, post: Callable[[Message], None], loop: AbstractEventLoop, *, debug: bool = False
    ) -> None:
        self._post = post
        self._loop = loop
        self._parser = WholePastes(debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._overdue: TimerHandle | None = None
        """Waits for the rest of a key."""
        self._stopped = False

    def take(self, data: bytes) -> None:
        """Turn what came into events."""
        # Half a character decodes to nothing, and nothing means the end to a parser.
        if text := self._decode(data):
            self._deliver(self._parser.feed(text))
        if self._overdue is not None:
            self._overdue.cancel()
        self._overdue = self._loop.call_later(ESCAPE_DELAY + _SLACK_S, self._give_up)

    def stop(self) -> None:
        """What has only begun comes to nothing."""
        self._stopped = True
        if self._overdue is not None:
            self._overdue.cancel()

    def _give_up(self) -> None:
        """What began like a key and never ended is what it looks like."""
        self._overdue = None
        if not self._stopped:
            self._deliver(self._parser.tick())

    def _deliver(self, messages: Iterable[Message]) -> None:
        """Post what was read together; it carries one instant, so that a burst can be known."""
        first = None
        try:
            for message in messages:
                first = message.time = first or message.time
                self._post(message)
        except ParseError:
            return
