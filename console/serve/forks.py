"""The fork server: has everything imported, and forks a process for each session.

    python -m console.serve.forks LISTENER    # a listening socket's number; the store on its input

One thread and no loop of asyncio, or a fork would copy locks that nobody lets go; no store is
opened before the fork. It ends when its input does: whoever started it is gone.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final, NoReturn

from console.serve import child, forks_words, holes, often, opening, warm
from console.serve.measures import Measures
from console.serve.peers import is_ours
from store import clock

if TYPE_CHECKING:
    from types import FrameType

GRACE_S: Final = 5.0
"""How long a session that was hung up on may keep what was typed before it is killed."""
_MOST: Final = 1000
"""Connections; whoever is one too many is told so in a session of his own."""


@dataclass(slots=True)
class Held:
    """One session and the connection of whoever asked for it."""

    line: socket.socket
    pid: int = 0
    hung_up: float | None = None
    """When it was told to end."""


class Forks:
    """Forks on demand, hands signals on, and tells how sessions ended."""

    def __init__(self, listener: socket.socket, where: opening.Where) -> None:
        self._listener = listener
        self._where = where
        self._measures = Measures(where.measures)
        self._held: dict[int, Held] = {}
        """By the descriptor of its connection."""
        self._places = count()
        self._selector = selectors.DefaultSelector()
        self._ending = False
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake, False)

    def serve(self) -> None:
        """Until told to end, and then until the last session has ended."""
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _nothing)
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's ^C goes to the front, too
        for file in (self._listener, self._woken, sys.stdin):
            self._selector.register(file, selectors.EVENT_READ)
        self._tell()
        while not self._ending or self._held:
            for key, _events in self._selector.select(1.0 if self._is_waiting() else None):
                self._heard(key.fd)
            self._reap()
            self._insist()

    def _is_waiting(self) -> bool:
        return any(held.hung_up is not None for held in self._held.values())

    def _end(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        self._ending = True
        for held in self._held.values():
            self._hang_up(held)

    def _heard(self, number: int) -> None:
        if number == self._listener.fileno():
            self._accept()
        elif number == self._woken:
            with suppress(BlockingIOError):
                while os.read(self._woken, 512):
                    pass
        elif number == sys.stdin.fileno():
            if not os.read(number, 512):
                self._selector.unregister(sys.stdin)
                self._end()
        elif (held := self._held.get(number)) is not None:
            self._listen(held)

    # -- connections -------------------------------------------------------------------------

    def _accept(self) -> None:
        try:
            line, _address = self._listener.accept()
        except OSError:
            return
        line.setblocking(False)
        if self._ending or len(self._held) >= _MOST or not is_ours(line):
            line.close()
            return
        self._held[line.fileno()] = Held(line)
        self._selector.register(line, selectors.EVENT_READ)

    def _listen(self, held: Held) -> None:
        try:
            data, descriptors, _flags, _address = socket.recv_fds(held.line, opening.LONGEST, 1)
        except BlockingIOError:
            return
        except OSError:
            data, descriptors = b"", []
        try:
            if not data:
                self._gone(held)
            elif held.pid:
                self._send_on(held, data)
            elif descriptors:
                self._begin(held, data, descriptors[0])
            else:
                self._drop(held)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _gone(self, held: Held) -> None:
        if held.pid:
            self._selector.unregister(held.line)
            self._hang_up(held)
        else:
            self._drop(held)

    def _drop(self, held: Held) -> None:
        with suppress(KeyError):
            self._selector.unregister(held.line)
        del self._held[held.line.fileno()]
        held.line.close()

    def _send_on(self, held: Held, data: bytes) -> None:
        name = opening.signal_in(data)
        if name is not None:
            with suppress(ProcessLookupError):
                os.kill(held.pid, signal.Signals[f"SIG{name}"])

    @staticmethod
    def _hang_up(held: Held) -> None:
        if held.pid and held.hung_up is None:
            held.hung_up = clock.monotonic()
            with suppress(ProcessLookupError):
                os.kill(held.pid, signal.SIGHUP)

    # -- processes ---------------------------------------------------------------------------

    def _begin(self, held: Held, data: bytes, descriptor: int) -> None:
        try:
            told = opening.Opening.read(data)
        except ValueError:
            self._drop(held)
            return
        crowded = self._open() >= self._where.most
        parent, told = os.getpid(), replace(told, place=next(self._places), crowded=crowded)
        held.pid = os.fork()
        if not held.pid:
            self._become(told, descriptor, parent)
        self._tell()
        if crowded:
            self._measures.tell(full=1)

    def _tell(self) -> None:
        self._measures.tell(sessions=sum(bool(held.pid) for held in self._held.values()))

    def _open(self) -> int:
        """Sessions that nobody has hung up on."""
        return sum(bool(held.pid) and held.hung_up is None for held in self._held.values())

    def _become(self, told: opening.Opening, descriptor: int, parent: int) -> NoReturn:
        """In the child: never comes back."""
        code = 1
        try:
            self._let_go()
            terminal = told.line == "tty"
            number = child.alone(descriptor, told.environ, parent=parent, terminal=terminal)
            code = warm.session(told, self._where, number)
        except BaseException:  # noqa: BLE001  a child must not go on as the server
            warm.write_down()
        finally:
            os._exit(code)

    def _let_go(self) -> None:
        """Close by name what Python would close later, when the number is somebody else's."""
        self._selector.close()
        self._listener.close()
        for held in self._held.values():
            held.line.close()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            for held in [one for one in self._held.values() if one.pid == pid]:
                with suppress(OSError):
                    held.line.send(opening.exit_told(os.waitstatus_to_exitcode(status)))
                self._drop(held)
            self._tell()

    def _insist(self) -> None:
        """Kill what was hung up on and has not ended."""
        now = clock.monotonic()
        for held in self._held.values():
            if held.hung_up is not None and now - held.hung_up > GRACE_S:
                with suppress(ProcessLookupError):
                    os.kill(held.pid, signal.SIGKILL)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """A signal that has a handler wakes the selector."""


def main() -> int:
    """Read what is served, import everything, and serve."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    listener.setblocking(False)
    where = opening.Where.read(json.loads(sys.stdin.readline()))
    often.words_first()
    gc.disable()  # a session looks for litter from when its start is over
    warm.up(where)
    if (threads := threading.active_count()) != 1:
        raise SystemExit(f"{threads} threads before a fork")
    gc.collect()
    gc.freeze()
    holes.fill()
    sys.stdout.buffer.write(forks_words.READY)
    sys.stdout.flush()
    Forks(listener, where).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
