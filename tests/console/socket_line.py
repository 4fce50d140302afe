"""A program behind a bare socket that speaks frames, and an emulator in front of it.

    with SocketLine([PYTHON, "-m", "tests.console.apps.lined", file, "{line}"]) as line:
        line.sees("ready")

While no method runs, nobody reads: that is a stalled client.
"""

from __future__ import annotations

import select
import socket
import subprocess
from time import monotonic
from typing import TYPE_CHECKING

import pyte

from console.serve import wire
from tests.console.pty_desk import _QUERIES, PATIENCE_S, ROOT, Emulator, _environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST_BUFFER = 4096


class SocketLine:
    """One session's other end."""

    def __init__(self, command: Sequence[str], *, size: tuple[int, int] = (80, 24)) -> None:
        self.screen = Emulator(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._unframer = wire.Unframer()
        self.ended: tuple[int, str] | None = None
        self.raw = bytearray()
        self.line, theirs = socket.socketpair()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LEAST_BUFFER)
        words = [word.format(line=theirs.fileno()) for word in command]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=_environment({}), pass_fds=[theirs.fileno()]
        )
        theirs.close()

    def __enter__(self) -> SocketLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def type(self, data: bytes) -> None:
        """Type bytes, as one frame."""
        self.line.sendall(wire.frame(wire.Kind.INPUT, data))

    def resize(self, columns: int, rows: int) -> None:
        """Pull the window to another size."""
        self.screen.resize(rows, columns)
        self.line.sendall(wire.resize(columns, rows))

    def read(self, timeout: float) -> bool:
        """Read what is there; whether anything came before the time was over."""
        if not select.select([self.line], [], [], max(0.0, timeout))[0]:
            return False
        data = self.line.recv(65536)
        for kind, body in self._unframer.feed(data):
            if kind is wire.Kind.OUTPUT:
                self.raw += body
                self._stream.feed(_QUERIES.sub(b"", body))
            elif kind is wire.Kind.EXIT:
                self.ended = wire.end_in(body)
        return bool(data)

    def until(self, seen: Callable[[], bool], timeout: float = PATIENCE_S) -> None:
        """Read until `seen()`."""
        end = monotonic() + timeout
        while not seen():
            left = end - monotonic()
            if left <= 0 or not (self.read(left) or seen()):
                raise AssertionError("not seen; the screen:\n" + self.text())

    def sees(self, text: str) -> None:
        """Read until the text stands on the screen."""
        self.until(lambda: text in self.text())

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.screen.display)
