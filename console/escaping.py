"""Reads an Esc and the key after it as two keys, however fast they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual._xterm_parser import XTermParser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

_ESC: Final = "\x1b"
_TORN: Final = "[O\x1b"
"""What may go on a sequence that a slow link has torn apart behind its Esc."""
_WHOLE: Final = _TORN + "bf\x7f\t" + "P]_^X\\"
"""What goes on one that came whole: words are jumped over and wiped, and terminals reply."""


_SHIFTED_F3: Final = ("\x1b[1;2R", "\x1b[13;2~")
"""What xterm and those like it send for Shift+F3, and kitty, which has it from where F13 was."""


class ShiftedF3(XTermParser):
    """Textual's parser, which takes Shift+F3 for a terminal that says where its caret stands.

    That is asked by nobody who has the whole screen.
    """

    def feed(self, data: str) -> Iterable[Message]:
        """The events in the data."""
        for message in super().feed(data):
            stands = isinstance(message, events.CursorPosition) and (message.x, message.y)
            yield events.Key("f15", None) if stands == (1, 0) else message

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if sequence in _SHIFTED_F3:
            yield events.Key("f15", None)
        else:
            yield from super()._sequence_to_key_events(sequence, alt)


class LoneEscapes(ShiftedF3):
    """Textual's parser, which takes both for one key with Alt, that nobody has asked for."""

    _last = ""
    """What came from the last Esc on, its first three characters."""

    def feed(self, data: str) -> Iterable[Message]:
        """The events in the data."""
        sent, going_on = 0, _TORN
        for place, sign in enumerate(data):
            if self._last == _ESC and sign not in going_on:
                yield from super().feed(data[sent:place]) if place > sent else ()
                yield from self._let_go()
                sent = place
            self._last = _ESC if sign == _ESC else (self._last + sign)[:3] if self._last else ""
            going_on = _WHOLE
        yield from super().feed(data[sent:])

    def tick(self) -> Iterable[Message]:
        """What never went on."""
        found = list(super().tick())
        if found and self._last in {"\x1b[", "\x1bO"}:
            found = [events.Key("escape", _ESC), *self._sequence_to_key_events(self._last[1])]
        if found:
            self._last = ""
        yield from found

    def _let_go(self) -> Iterator[Message]:
        """The Esc that is held back, if it is held back still."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
            yield from super().tick()
