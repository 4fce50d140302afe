"""The driver between Textual and a socket: no terminal, no thread, no signal.

Frames of `wire.py` go both ways. It has what the frugal terminal asks of a driver: `write` returns
at once, and `backlog` tells how much waits. A client that does not read is drawn for and not
written to; it gets the net change when it reads again. The end of the line ends the app as a
hang-up does, so that what was typed is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.driver import Driver
from textual.geometry import Size

from console.reading import Reading
from console.serve import wire

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from textual.app import App
    from textual.message import Message

    from console.serve.key_times import KeyTimes

_READ_SIZE: Final = 65536
_FORGETTABLE: Final = frozenset({"\a"})
_DEAF_AFTER: Final = 4096
"""Waiting bytes from which on bells are dropped: nobody hears them in time."""
_MOST: Final = 8 << 20
"""Waiting bytes that no drawing makes; a line so far behind is given up."""

_ENTER: Final = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
_LEAVE: Final = "\x1b[?2004l\x1b[?7h\x1b[?1004l\x1b[?1049l\x1b[?25h"
_MOUSE: Final = (1000, 1002, 1006)
"""Clicks, drags and the wheel; not every move, for each would repaint a hover."""


class SocketDriver(Driver):
    """One session's line; `line` is its end of a socket pair.

    Where there is none yet, what is drawn goes nowhere, and `drawn` hears of it.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        line: socket.socket | None,
        drawn: Callable[[], object] = lambda: None,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line = line
        self._drawn = drawn
        self._waiting = bytearray()
        self._lost = False
        self._unframer = wire.Unframer()
        self._reading: Reading | None = None
        self.written = 0
        """Bytes that were meant for the terminal so far."""
        self.times: KeyTimes | None = None
        """Where it is measured how soon keys are answered."""

    @property
    def backlog(self) -> int:
        """Bytes that the line has not taken yet."""
        return len(self._waiting)

    # -- output ------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Take the text; it goes as soon as the line takes it."""
        if self._line is None:
            self._drawn()
            return
        if self._lost or (data in _FORGETTABLE and len(self._waiting) > _DEAF_AFTER):
            return
        # A lone surrogate must end nothing; the gate should have stopped it before.
        told = data.encode("utf-8", "replace")
        self.written += len(told)
        if self.times is not None:
            self.times.painted()
        self._put(wire.frames(wire.Kind.OUTPUT, told))

    def tell(self, kind: wire.Kind) -> None:
        """Have whoever holds the line know something."""
        if not self._lost:
            self._put(wire.frame(kind))

    def _put(self, data: bytes) -> None:
        idle = not self._waiting
        self._waiting += data
        if idle:
            self._drain()
            if self._waiting and not self._lost:
                self._loop.add_writer(self._there, self._drain)
        elif len(self._waiting) > _MOST:
            self._lose()

    def _drain(self) -> None:
        try:
            while self._waiting:
                sent = self._there.send(memoryview(self._waiting)[:_READ_SIZE])
                del self._waiting[:sent]
        except BlockingIOError:
            return
        except OSError:
            self._lose()
            return
        self._loop.remove_writer(self._there)

    # -- life --------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        size = self._size or (80, 24)
        if self._line is None:
            self._tell_size(size)
        else:
            self._begin(size)

    def take(self, line: socket.socket, size: tuple[int, int], *, mouse: bool) -> None:
        """Somebody has come: draw for him what was drawn for nobody."""
        self._line, self._mouse = line, mouse
        self._begin(None if size == self._size else size)

    def _begin(self, size: tuple[int, int] | None) -> None:
        self._there.setblocking(False)
        self.write(_ENTER + self._mouse_modes("h"))
        self._reading = Reading(self.process_message, self._loop, debug=self._debug)
        self._loop.add_reader(self._there, self._read)
        if size is not None:
            self._tell_size(size)  # for which everything is painted anew
            return
        self._forget()

    def _forget(self) -> None:
        forget = getattr(self._app, "forget_screen", None)
        if forget is not None:
            forget()

    @property
    def _there(self) -> socket.socket:
        assert self._line is not None, "nobody is there"
        return self._line

    def disable_input(self) -> None:
        """Read no more."""
        if self._reading is not None:
            self._reading.stop()
            self._loop.remove_reader(self._there)
            self._reading = None

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        self.write(self._mouse_modes("l") + _LEAVE)

    def close(self) -> None:
        """Let the line go; who forked us sends what is left."""
        if self._line is not None:
            self._loop.remove_writer(self._line)

    @property
    def left(self) -> bytes:
        """What the line has not taken when the app ends."""
        return b"" if self._lost else bytes(self._waiting)

    def _mouse_modes(self, letter: str) -> str:
        return "".join(f"\x1b[?{mode}{letter}" for mode in _MOUSE) if self._mouse else ""

    # -- input -------------------------------------------------------------------------------

    def send_message(self, message: Message) -> None:
        """Hand an event to the app; it came on the loop, so nothing need be woken."""
        self._app.post_message(message)

    def _read(self) -> None:
        try:
            data = self._there.recv(_READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lose()
            return
        try:
            for kind, body in self._unframer.feed(data):
                self._hear(kind, body)
        except wire.Broken:
            self._lose()

    def _hear(self, kind: wire.Kind, body: bytes) -> None:
        if kind is wire.Kind.INPUT and self._reading is not None:
            if self.times is not None:
                self.times.typed()
            self._reading.take(body)
        elif kind is wire.Kind.RESIZE:
            self._is_pulled(wire.size_in(body))
        elif kind is wire.Kind.RECORDED:
            self._app.call_later(getattr(self._app, "tell_recorded", bool), body == b"\1")
        elif kind is wire.Kind.EXIT:
            self._end()

    def _is_pulled(self, size: tuple[int, int]) -> None:
        """To another size; told the same, the terminal wants to be painted anew."""
        if size == self._size:
            self._forget()
        else:
            self._tell_size(size)

    def _tell_size(self, size: tuple[int, int]) -> None:
        self._size = size  # the app asks the driver first
        told = Size(*size)
        self.send_message(events.Resize(told, told))

    def _lose(self) -> None:
        """Nobody is at the other end any more."""
        if not self._lost:
            self._lost = True
            self._waiting.clear()
            self._loop.remove_writer(self._there)
            self._loop.remove_reader(self._there)
            self._end()

    def _end(self) -> None:
        """End the app as a hang-up does: it keeps what was typed."""
        ended = getattr(self._app, "on_line_lost", None)
        if ended is None:
            self._app.exit(return_code=1)
        else:
            self._loop.call_soon(ended)

    # -- what is not done at a server --------------------------------------------------------

    def open_url(self, url: str, new_tab: bool = True) -> None:  # Textual's signature
        """Nothing: the browser would open where nobody sits."""
