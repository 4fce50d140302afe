"""A fork server over a small desk, and sessions on it through sockets of ours."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from time import monotonic
from typing import TYPE_CHECKING

import pyte

from console.serve import forks_words, opening, wire
from tests.console.pty_desk import _QUERIES, PATIENCE_S, ROOT, Emulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def environment(home: Path) -> dict[str, str]:
    """A server's, with all its files in one folder."""
    places = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    return {
        **dict.fromkeys(places, str(home)),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TZ": "UTC",
    }


class Forked:
    """A fork server of one's own."""

    def __init__(
        self,
        store: str,
        home: Path,
        *words: str,
        most: int | None = None,
        measures: Path | None = None,
        module: str = "console.serve.forks",
        counter_module: str = "console.serve.counter",
        **env: str,
    ) -> None:
        self.store = store
        self.path, counter = str(home / "sessions.sock"), str(home / "counter.sock")
        told = {"store": store, "counter": counter}
        if most is not None:
            told["sessions"] = str(most)
        if measures is not None:
            told["measures"] = str(measures)
        env = {**environment(home), **env}
        with _listening(counter, socket.SOCK_STREAM) as listener:
            self.counter = _started(counter_module, listener, told, env, *words)
        with _listening(self.path, socket.SOCK_SEQPACKET) as listener:
            self.process = _started(module, listener, told, env, *words)

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self.process, self.counter):
            assert one.stdin is not None
            assert one.stdout is not None
            one.kill()
            one.wait()
            one.stdin.close()
            one.stdout.close()

    def children(self) -> list[int]:
        """The processes of sessions."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as told:
            return [int(word) for word in told.read().split()]


def _listening(path: str, kind: socket.SocketKind) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, kind)
    listener.bind(path)
    listener.listen(64)
    return listener


def _started(
    module: str, listener: socket.socket, told: dict[str, str], env: dict[str, str], *words: str
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(listener.fileno()), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[listener.fileno()],
        cwd=ROOT,
        env=env,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(told).encode() + b"\n")
    process.stdin.flush()
    assert process.stdout.readline() == forks_words.READY
    return process


class Session:
    """One session's other end."""

    def __init__(
        self,
        forked: Forked,
        operator: str = "ana",
        *,
        size: tuple[int, int] = (110, 30),
        **environ: str,
    ) -> None:
        self.screen = Emulator(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._unframer = wire.Unframer()
        self.ended: tuple[int, str] | None = None
        self.raw = bytearray()
        self.gone = False
        before = set(forked.children())
        self.line, theirs = socket.socketpair()
        told = opening.Opening(
            operator=operator,
            environ={"TERM": "xterm-256color", **environ},
            size=size,
            address="192.0.2.7",
        )
        self.held = opening.ask(forked.path, told, theirs.fileno())
        theirs.close()
        self.until(lambda: bool(set(forked.children()) - before))
        self.pid = next(iter(set(forked.children()) - before))

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()
        self.held.close()

    def press(self, text: str) -> None:
        """Type."""
        self.line.sendall(wire.frame(wire.Kind.INPUT, text.encode()))

    def read(self, timeout: float) -> bool:
        """Read what is there."""
        if self.gone or not select.select([self.line], [], [], max(0.0, timeout))[0]:
            return False
        data = self.line.recv(65536)
        self.gone = not data
        for kind, body in self._unframer.feed(data):
            if kind is wire.Kind.OUTPUT:
                self.raw += body
                self._stream.feed(_QUERIES.sub(b"", body))
            elif kind is wire.Kind.EXIT:
                self.ended = wire.end_in(body)
        return bool(data)

    def until(self, seen: Callable[[], bool]) -> None:
        """Read until `seen()`."""
        end = monotonic() + PATIENCE_S
        while not seen():
            assert monotonic() < end, "not seen; the screen:\n" + self.text()
            self.read(0.05)

    def sees(self, text: str) -> None:
        """Read until the text stands on the screen."""
        self.until(lambda: text in self.text())

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.screen.display)

    def exit_code(self) -> int | None:
        """What the fork server says of its end."""
        self.held.settimeout(PATIENCE_S)
        return opening.exit_in(self.held.recv(opening.LONGEST))
