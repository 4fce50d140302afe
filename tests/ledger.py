"""Writers in processes of their own, and a ledger of what was acknowledged to each of them.

`python -m tests.ledger URL COUNT` forks so many, who write orders until they are killed. Each says
`began TITLE` before it asks, and `MOMENT TITLE` when it is told that the order is written down.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from store import clock
from store.commands import NewOrder
from store.domain.errors import StoreTrouble
from store.domain.who import Who
from store.persistence import feed, migrate, postgres, work
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ANA = Who(operator=2, via="test")
PAUSE_S = 0.05
"""Between two orders of one writer, and before one is sent again that was not taken."""
IMPORTED_BEFORE_THE_FORK = (work, feed, migrate, postgres)


class Ledger:
    """What writers began, and what was acknowledged to them and when."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.begun: list[str] = []
        self.done: list[tuple[float, str]] = []
        """On the machine's monotonic clock, which all its processes share."""
        self._lines = lines
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._lines:
            moment, title = line.split()
            if moment == "began":
                self.begun.append(title)
            else:
                self.done.append((float(moment), title))

    def closed(self) -> None:
        """Wait until all is read that the writers said."""
        self._reader.join()

    def back_after(self, moment: float, *, writers: int) -> float | None:
        """Seconds until each of them had been acknowledged something; None while one has not."""
        first: dict[str, float] = {}
        for at, title in tuple(self.done):
            if at > moment:
                first.setdefault(_writer(title), at - moment)
        return max(first.values()) if len(first) == writers else None

    def longest_wait(self, since: float) -> float:
        """The longest time for which a writer was acknowledged nothing, in seconds."""
        last: dict[str, float] = {}
        longest = 0.0
        for at, title in tuple(self.done):
            writer = _writer(title)
            if at > since:
                longest = max(longest, at - last.get(writer, at))
            last[writer] = at
        return longest

    def lost(self, kept: Sequence[str]) -> set[str]:
        """What was acknowledged and is not there."""
        return {title for _at, title in self.done} - set(kept)

    def doubled(self, kept: Sequence[str]) -> set[str]:
        """What was sent again and is there twice."""
        counts = Counter(kept)
        return {title for title in self.begun if counts[title] > 1}


@contextmanager
def writing(url: str, count: int) -> Iterator[Ledger]:
    """So many writers at work on a furnished desk, until we are done."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ledger", url, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that it ends with all it forked
    )
    assert child.stdout is not None
    ledger = Ledger(iter(child.stdout))
    try:
        yield ledger
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        ledger.closed()
        child.stdout.close()


def _writer(title: str) -> str:
    return title.partition("-")[0]


def _write(url: str, name: str) -> None:
    """Each order until it is acknowledged, under one key however often it is sent."""
    records, pause, turn = open_records(url, create=False, feed=False), threading.Event(), 0
    while True:
        title, key, turn = f"{name}-{turn}", uuid4().hex, turn + 1
        os.write(1, f"began {title}\n".encode())
        while True:
            try:
                records.do(NewOrder(title=title), who=ANA, at=clock.now(), key=key)
                break
            except StoreTrouble:
                pause.wait(PAUSE_S)
        os.write(1, f"{clock.monotonic()} {title}\n".encode())
        pause.wait(PAUSE_S)


def _fork(url: str, count: int) -> None:
    children = []
    for place in range(count):
        child = os.fork()
        if child == 0:
            _write(url, f"w{place}")
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    _fork(sys.argv[1], int(sys.argv[2]))
