"""Hears from the counter what is committed, how its timers do, and that a session shall end."""

from __future__ import annotations

import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from console.serve.parcel import Line
from store import clock
from store.domain.errors import StoreUnreachable
from store.domain.words import N_
from store.persistence.feed import FeedTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.serve.present import Here
    from console.standing import Sweeps

_PATIENCE_S: Final = 60.0
"""Longer than the counter lets any question take."""
_SILENT_S: Final = 15.0
"""Far longer than it is silent about the timers."""
_AGAIN_S: Final = 1.0
AWAY: Final = N_("the process that has it open does not answer")


class Following:
    """Hears the news in a thread until it is closed."""

    def __init__(self, path: str, tell: Callable[[Any], None], here: Here | None = None) -> None:
        self._path = path
        self._tell = tell
        self._here = here
        self._closed = Event()
        self._line: Line | None = None
        self.state: FeedTrouble | None = None
        self.pulse: Sweeps | None = None
        self.sessions = 1
        self._thread = Thread(target=self._run, name="news", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hear no more."""
        self._closed.set()
        if self._line is not None:
            self._line.cut()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                self._hear()
            except (OSError, EOFError, ValueError):
                self.pulse = None
                if self.state is None:
                    what = StoreUnreachable(why=AWAY)
                    self.state = FeedTrouble(what=what, since=clock.now())
            self._closed.wait(_AGAIN_S)

    def _hear(self) -> None:
        self._line = line = connected(self._path, patience=_SILENT_S)
        try:
            if self._closed.is_set():
                return
            here = self._here
            line.send(("follow",) if here is None else ("follow", here.arrival))
            while True:
                what, told = line.receive()
                if what == "news":
                    self._tell(told)
                elif what == "end":
                    if here is not None:
                        here.end()
                else:
                    self.state, self.pulse, self.sessions = told
                    if here is not None:
                        line.send(here.measures())
        finally:
            line.close()


def connected(path: str, *, patience: float = _PATIENCE_S) -> Line:
    """A line to the counter; `OSError` as it comes."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(patience)
        line.connect(path)
    except BaseException:
        line.close()
        raise
    return Line(line)
