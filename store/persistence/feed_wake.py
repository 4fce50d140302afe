"""What ends a wait early: a poke from another thread, a descriptor that rings, or the end."""

from __future__ import annotations

import os
import select
import threading
from enum import Enum


class Heard(Enum):
    """Why a wait ended."""

    NOTHING = "nothing"
    BELL = "bell"
    POKE = "poke"


class Wake:
    """A pipe that a waiting thread polls beside a bell, the descriptor of its source."""

    def __init__(self) -> None:
        self.ended = False
        self._ending = threading.Event()
        self._out, self._in = os.pipe()
        os.set_blocking(self._out, False)
        os.set_blocking(self._in, False)
        self._lock = threading.Lock()
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN)

    def poke(self) -> None:
        """Wake the waiting thread; harmless when it is gone."""
        with self._lock:
            if self._in >= 0:
                try:
                    os.write(self._in, b".")
                except BlockingIOError:
                    return  # full: the thread has enough reason to wake

    def end(self) -> None:
        """Wake it for good."""
        self.ended = True
        self._ending.set()
        self.poke()

    def hang(self, bell: int) -> None:
        """Listen to this descriptor too."""
        self._poll.register(bell, select.POLLIN)

    def unhang(self, bell: int) -> None:
        """Listen to it no longer; before it is closed."""
        self._poll.unregister(bell)

    def pause(self, seconds: float) -> None:
        """Do nothing for so long, unless it ends."""
        if seconds > 0:
            self._ending.wait(seconds)

    def wait(self, seconds: float) -> Heard:
        """Wait for a poke, a bell or the end, at most so long."""
        ready = {descriptor for descriptor, _ in self._poll.poll(seconds * 1000)}
        if self._out in ready:
            os.read(self._out, 4096)
        if self._out in ready or self.ended:
            return Heard.POKE
        return Heard.BELL if ready else Heard.NOTHING

    def close(self) -> None:
        """Give the pipe back; only the waiting thread may."""
        with self._lock:
            os.close(self._in)
            os.close(self._out)
            self._in = -1
