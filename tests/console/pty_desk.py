"""A real pseudo-terminal with a program behind it and an emulator in front of it.

    with Desk([sys.executable, "-m", "tests.console.apps.plain"], size=(80, 24)) as desk:
        desk.sees("ready")
        desk.press("j")
        assert "row 2" in desk.line(3)

Everything waits for output with a time limit; nothing sleeps. While no method of the desk runs, the
terminal does not read: that is a stalled line.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pyte
from wcwidth import wcwidth

from tests.warm import ignoring_hangup, take_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable

_QUERIES = re.compile(rb"\x1b\[(\?\d+\$p|[<>=]\d*u|\?2026[hl])|\x1bPtmux;[^\\]*\x1b\\")
"""Sequences a terminal swallows and the emulator would print."""

_TAIL = re.compile(rb"\x1b[^a-zA-Z]{0,12}$")
_UNFINISHED = re.compile(rb"\x1b(?:\[[?><]?[0-9;]*\$?|\][^\x07\x1b]*)?\Z")
"""A sequence of which the terminal has only the beginning yet."""

_READ_SIZE = 65536
PATIENCE_S = 30.0
"""How long what must come is waited for; a healthy machine needs a fraction of a second."""
_REST_WITHIN_S = 2.0
"""How long the rest of a sequence may take; what never ends is handed over as it is."""


class Emulator(pyte.Screen):
    """pyte, mended: half of a wide character never stays behind, as on real terminals."""

    def draw(self, data: str) -> None:
        """Write text at the cursor."""
        row = self.buffer[self.cursor.y]
        if data.isascii() and all(cell.data for cell in row.values()):
            super().draw(data)
            return
        for character in data:
            self._spare_no_halves(2 if wcwidth(character) == 2 else 1)
            super().draw(character)

    def _spare_no_halves(self, width: int) -> None:
        row, x = self.buffer[self.cursor.y], self.cursor.x
        if x > 0 and row[x].data == "":
            row[x - 1] = row[x - 1]._replace(data=" ")
        if row[x + width].data == "":
            row[x + width] = row[x + width]._replace(data=" ")


def _environment(extra: Mapping[str, str | None]) -> dict[str, str]:
    """A plain terminal's environment: nothing of the machine that runs the tests shines through."""
    base: dict[str, str | None] = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": None,
        "SSH_CONNECTION": None,
        "COLUMNS": None,
        "LINES": None,
        **extra,
    }
    return {name: value for name, value in base.items() if value is not None}


class Desk:
    """One program on one pseudo-terminal."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        ignore_hangup: bool = False,
    ) -> None:
        self.master, slave = pty.openpty()
        self.screen = Emulator(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._size(size)
        self.raw = bytearray()
        self._fed = 0
        self._mark = 0
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=_environment(env or {}),
            start_new_session=True,
            # A controlling terminal can only be taken in the child.
            preexec_fn=ignoring_hangup if ignore_hangup else take_terminal,  # noqa: PLW1509
        )
        os.close(slave)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    # -- hands -------------------------------------------------------------------------------

    def press(self, text: str) -> None:
        """Type; escape sequences stand for keys."""
        os.write(self.master, text.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Pull the window to another size, as a terminal does."""
        self.screen.resize(rows, columns)
        self._size((columns, rows))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGWINCH)

    def hang_up(self) -> None:
        """Close the terminal."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def _size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    # -- eyes --------------------------------------------------------------------------------

    def read(self, timeout: float) -> bool:
        """Read what is there, waiting at most `timeout` seconds; whether anything came."""
        ready, _, _ = select.select([self.master], [], [], max(0.0, timeout))
        if not ready:
            return False
        try:
            data = os.read(self.master, _READ_SIZE)
        except OSError:
            return False
        self.raw += data
        return bool(data)

    def feed(self) -> None:
        """Let the emulator catch up with what has been read, up to an unfinished sequence."""
        data = bytes(self.raw[self._fed :])
        if tail := _TAIL.search(data):
            data = data[: tail.start()]
        self._fed += len(data)
        self._stream.feed(_QUERIES.sub(b"", data))

    def until(self, seen: Callable[[], Any], timeout: float = PATIENCE_S) -> None:
        """Read until `seen()`; raises with the screen's text when the time is over."""
        end = monotonic() + timeout
        self.feed()
        while not seen():
            if (left := end - monotonic()) <= 0:
                raise AssertionError("not seen in time; the screen:\n" + self.text())
            self.read(left)
            self.feed()

    def sees(self, text: str, timeout: float = PATIENCE_S) -> None:
        """Read until the text stands on the screen."""
        self.until(lambda: text in self.text(), timeout)

    def settle(self, quiet: float = 0.15) -> None:
        """Read until nothing has come for `quiet` seconds."""
        while self.read(quiet):
            pass
        self.feed()

    def take(self) -> bytes:
        """The bytes read since the last call, and what ends a sequence that they began.

        A busy machine hands over half of one; its escape alone would look like a stranger's.
        """
        while _UNFINISHED.search(self.raw, self._mark) and self.read(_REST_WITHIN_S):
            pass
        data = bytes(self.raw[self._mark :])
        self._mark = len(self.raw)
        return data

    def line(self, y: int) -> str:
        """One line of the screen."""
        return str(self.screen.display[y])

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.screen.display)

    def cells(self) -> list[list[Any]]:
        """Every cell with its character and looks, for comparing two terminals."""
        buffer = self.screen.buffer
        return [
            [buffer[y][x] for x in range(self.screen.columns)] for y in range(self.screen.lines)
        ]

    def exit_code(self, timeout: float = PATIENCE_S) -> int:
        """Wait for the program to end, reading what it says on the way."""
        end = monotonic() + timeout
        while self.process.poll() is None and monotonic() < end:
            if self.master < 0 or not self.read(0.02):
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.02)
        if self.process.returncode is None:
            raise AssertionError("still running")
        while self.master >= 0 and self.read(0.0):
            pass  # its last words came between the last look and its end
        return self.process.returncode

    def cpu_seconds(self) -> float:
        """Processor time the program has used so far, all threads."""
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9
