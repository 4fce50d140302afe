"""The driver between Textual and a real terminal: it never blocks the loop and ends with its line.

Stock Textual queues thirty writes and then blocks the event loop until the terminal reads; it spins
when the input ends, and dies of one byte that is not UTF-8. Here `write` always returns at once,
`backlog` tells how much waits (the frugal terminal then draws without writing), and the end of the
input is reported through `on_line_lost`.

A driver for another kind of line fits the frugal terminal when it has `write`, `backlog` and calls
`app.forget_screen()` when it starts; `serve/driver.py` is one, over a socket.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

from textual import events
from textual.drivers.linux_driver import LinuxDriver

from console.reading import Reading
from console.unrecorded import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.message import Message

_READ_SIZE = 4096
_FAREWELL_S = 1.0
"""How long the last bytes may take when the console closes."""

_FORGETTABLE = {"\a"}
_DEAF_AFTER = 4096
"""Waiting bytes from which on bells are dropped: nobody hears them in time."""


class PatientWriter:
    """Writes to a terminal at once or, where that would block, from a thread of its own."""

    def __init__(self, descriptor: int, on_lost: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._impatient = _own_description(descriptor)
        """The same terminal, without waiting; None where it cannot be had."""
        self._on_lost = on_lost
        self._texts: deque[bytes] = deque()
        self._waiting = 0
        self.written = 0
        """Bytes given to us so far."""
        self._change = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None
        """Made when something must wait for the first time."""

    @property
    def backlog(self) -> int:
        """Bytes given to us that the terminal has not taken yet."""
        return self._waiting

    def write(self, text: str) -> None:
        """Take the text; it is written as soon as the terminal reads."""
        # A lone surrogate must not kill the writer; the gate should have stopped it before.
        data = text.encode("utf-8", "replace")
        self.written += len(data)
        if not self._waiting:  # only the loop makes it wait: the thread has nothing to write
            data = data[self._write_now(data) :]
        elif self._waiting > _DEAF_AFTER and text in _FORGETTABLE:
            return
        if data:
            with self._change:
                self._texts.append(data)
                self._waiting += len(data)
                self._change.notify()
            self._ready_thread()

    def stop(self) -> None:
        """Write what is left, waiting a moment for a terminal that does not read."""
        with self._change:
            self._closing = True
            self._change.notify()
        if self._thread is not None:
            self._thread.join(_FAREWELL_S)
        if self._impatient is not None:
            os.close(self._impatient)
            self._impatient = None

    def _write_now(self, data: bytes) -> int:
        """How many bytes the terminal took without waiting: a thread would have to be woken."""
        if self._impatient is None:
            return 0
        try:
            return os.write(self._impatient, data)
        except BlockingIOError:
            return 0
        except OSError:
            self._on_lost()
            return 0

    def _ready_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="paidan-terminal")
            self._thread.start()

    def _run(self) -> None:
        try:
            while (data := self._next()) is not None:
                self._write_all(data)
                with self._change:
                    self._waiting -= len(data)
        except OSError:
            self._on_lost()

    def _next(self) -> bytes | None:
        with self._change:
            while not self._texts:
                if self._closing:
                    return None
                self._change.wait()
            data = b"".join(self._texts)
            self._texts.clear()
            return data

    def _write_all(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._descriptor, view) :]
            except BlockingIOError:
                # Whoever shares the terminal with us has made it non-blocking.
                select.select([], [self._descriptor], [], 1.0)


def _own_description(descriptor: int) -> int | None:
    """The terminal of a descriptor, opened anew: ours alone may be set not to wait."""
    try:
        name = os.ttyname(descriptor)
        return os.open(name, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return None


def _output_descriptor() -> int:
    """Where the screen is: stderr as Textual has it, or stdout when stderr goes to a file."""
    for stream in (sys.__stderr__, sys.__stdout__):
        if stream is not None and stream.isatty():
            return stream.fileno()
    return 2


class Tape(Protocol):
    """Records what a terminal shows."""

    def drawn(self, data: bytes) -> None:
        """Bytes have gone to it."""

    def resized(self, columns: int, rows: int) -> None:
        """It has another size."""


class DeskDriver(LinuxDriver):
    """Textual's driver for Linux and macOS with a patient writer and a reader that can end."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # Textual does both wherever the signal finds it, as in the midst of a frame, of which the
        # rest is then taken for painted; and when the loop has ended it can do neither.
        self._loop.add_signal_handler(signal.SIGTSTP, self._sigtstp_application)
        self._loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)
        self._output = _output_descriptor()
        self._writer: PatientWriter | None = None
        self.tape: Tape | None = None
        """What records all that is drawn; None where nothing does."""
        self._reading: Reading | None = None

    @property
    def backlog(self) -> int:
        """Bytes the terminal has not taken yet."""
        return self._writer.backlog if self._writer else 0

    @property
    def written(self) -> int:
        """Bytes that were meant for the terminal so far."""
        return self._writer.written if self._writer else 0

    def write(self, data: str) -> None:
        """Hand the text over; never blocks."""
        if self._writer is None:
            self._writer = PatientWriter(self._output, self._line_lost)
        self._writer.write(plain(data))
        if self.tape is not None:
            self.tape.drawn(data.encode("utf-8", "replace"))

    def start_application_mode(self) -> None:
        """Take the terminal over, at the start and again after a suspension."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual left it bare
        self._retire_stock_writer()
        forget = getattr(self._app, "forget_screen", None)
        if forget is not None:
            forget()

    def _retire_stock_writer(self) -> None:
        """Stop the blocking writer the stock driver has just started; nothing was given to it."""
        if self._writer_thread is not None:
            self._writer_thread.stop()
            self._writer_thread = None

    def close(self) -> None:
        """Write what is left and let the thread go."""
        super().close()
        if self._writer is not None:
            self._writer.stop()
            self._writer = None

    def _enable_mouse_support(self) -> None:
        """Ask for clicks, drags and the wheel, not for every move: each move repaints a hover."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1002h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1002l\x1b[?1006l")

    def _line_lost(self) -> None:
        """Tell the app, from any thread, that nobody is at the other end any more."""
        lost = getattr(self._app, "on_line_lost", None)
        if lost is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lost)

    # -- input -------------------------------------------------------------------------------

    def send_message(self, message: Message) -> None:
        """Hand an event to the app; it came on the loop, so nothing need be woken."""
        if self.tape is not None and isinstance(message, events.Resize):
            self.tape.resized(*message.size)
        self._app.post_message(message)

    def disable_input(self) -> None:
        """Read no more."""
        if self._reading is not None:
            self._reading.stop()
        self._loop.remove_reader(self.fileno)
        super().disable_input()

    def _run_input_thread(self) -> None:
        """Called in the stock driver's thread, which ends here: the loop itself reads."""
        self._loop.call_soon_threadsafe(self._listen)

    def _listen(self) -> None:
        self._reading = Reading(self.process_message, self._loop, debug=self._debug)
        self._loop.add_reader(self.fileno, self._read_input)

    def _read_input(self) -> None:
        """Read what is typed; end when the terminal is gone."""
        try:
            data = os.read(self.fileno, _READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.remove_reader(self.fileno)
            self._line_lost()
        elif self._reading is not None:
            self._reading.take(data)
