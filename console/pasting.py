"""Reads what a terminal sends, a paste as one whole: nothing inside it is a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import events

from console.escaping import LoneEscapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
_MOST: Final = 1_000_000
"""Characters kept of one paste."""


class WholePastes(LoneEscapes):
    """Textual's parser, which itself takes an escape sequence within a paste for keys."""

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        self._tail = ""
        """The last characters read, in which a paste may begin."""
        self._pasted: str | None = None
        """What was pasted so far; None outside a paste."""

    def feed(self, data: str) -> Iterable[Message]:
        """The events in the data; a paste only when its end has come."""
        while data:
            if self._pasted is None:
                known = len(self._tail)
                found = (self._tail + data).find(_BEGIN)
                end = len(data) if found < 0 else found + len(_BEGIN) - known
                self._tail = (self._tail + data[:end])[1 - len(_BEGIN) :] if found < 0 else ""
                yield from super().feed(data[:end])
                self._pasted = None if found < 0 else ""
            else:
                before = len(self._pasted)
                text = self._pasted + data
                found = text.find(_END, max(0, before - len(_END)))
                if found < 0:
                    self._pasted = text if len(text) <= _MOST else text[:_MOST] + text[-len(_END) :]
                    return
                end = found + len(_END) - before
                self._pasted = None
                for message in super().feed(_END):  # it has heard the beginning, too
                    if not isinstance(message, events.Paste):
                        yield message
                yield events.Paste(text[:found].replace("\x00", ""))
            data = data[end:]
