"""Hands one's own terminal to the fork server and stays until the session ends.

For OpenSSH with `command="paidan attach CODE"`: its server has done the asking who it is.
"""

from __future__ import annotations

import os
import select
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from console.serve import opening, wire
from console.serve.reset import RESET
from store import clock

if TYPE_CHECKING:
    from types import FrameType

LOST: Final = 255
"""The exit code where the server went away."""
KILLED: Final = 128
"""Above this, the number of the signal that ended a session."""
CUT: Final = frozenset({LOST, KILLED + signal.SIGHUP, KILLED + signal.SIGTERM})
"""How a session ends that ends with its server."""
_STREAMS: Final = {wire.Kind.OUTPUT: 1, wire.Kind.ERROR: 2}
"""Where what a command says goes."""


def carry_out(path: str, told: opening.Opening, *, seconds: float) -> int:
    """Have a command carried out, what it says said here; its exit code.

    `OSError` without a server, and `TimeoutError` where it takes longer (0 for as long as it may).
    """
    ours, theirs = socket.socketpair()
    with ours, theirs:
        held = opening.ask(path, told, theirs.fileno())
        theirs.close()
        with held:  # whose end is a hang-up
            return _heard(ours, clock.monotonic() + seconds if seconds else None)


def _heard(line: socket.socket, end: float | None) -> int:
    code, unframer = LOST, wire.Unframer()
    while True:
        if end is not None:
            line.settimeout(max(0.001, end - clock.monotonic()))
        if not (data := line.recv(opening.LONGEST)):
            return code
        for kind, body in unframer.feed(data):
            if kind is wire.Kind.EXIT:
                code, _said = wire.end_in(body)
            elif kind in _STREAMS:
                _write(_STREAMS[kind], body)


def _write(number: int, body: bytes) -> None:
    left = memoryview(body)
    while left:
        left = left[os.write(number, left) :]


def attach(path: str, told: opening.Opening) -> int:
    """Hold the terminal of standard input in a session; its exit code.

    A session that ends by itself resets the terminal before its last sentence; else we do.
    `OSError` without a server.
    """
    import termios

    attributes = termios.tcgetattr(0)
    held = opening.ask(path, told, 0)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(wake)
    for name in opening.SIGNALS:
        signal.signal(signal.Signals[f"SIG{name}"], _nothing)
    code = None
    try:
        code = _until_end(held, woken)
    finally:
        signal.set_wakeup_fd(-1)
        held.close()
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, attributes)
        if code is None or code < 0:
            with suppress(OSError):
                os.write(1, RESET.encode())
    if code is None:
        return LOST
    return code if code >= 0 else KILLED - code


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Having a handler is what wakes us."""


def _until_end(held: socket.socket, woken: int) -> int | None:
    """How it ended, below 0 by a signal; None where that was not told."""
    names = {int(signal.Signals[f"SIG{name}"]): name for name in opening.SIGNALS}
    while True:
        ready, _, _ = select.select([held.fileno(), woken], [], [])
        if woken in ready:
            for number in os.read(woken, 64):
                if number in names:
                    with suppress(OSError):
                        held.send(opening.signal_told(names[number]))
        if held.fileno() in ready:
            data = held.recv(opening.LONGEST)
            if not data:
                return None
            if (code := opening.exit_in(data)) is not None:
                return code
