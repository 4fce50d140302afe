"""Programs to be measured on a terminal: what to run, and when they have painted what."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from store import clock
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SIZE = (160, 42)
FIRST_FRAME = rb"opening the store.*all open.*title.*technician.*Dispatch"
"""Status, queues, both tables, keys: all of the board but what only the store knows."""

_ANY = rb"(?:\x1b\[[0-9;]*m| )"
FIRST_ROW = rb"\d{3}" + _ANY + rb"+P[1-4]"
_LIMIT_S = 60.0

Moment = tuple[float, float]
"""Milliseconds since the command: of the clock, and of the program's processor time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A command line on a terminal."""

    command: tuple[str, ...]
    env: Mapping[str, str | None] = field(default_factory=dict)
    size: tuple[int, int] = SIZE

    def over(self, url: str) -> Program:
        """The same with a store's address after it."""
        return replace(self, command=(*self.command, url))

    def started(self, marks: Sequence[bytes]) -> list[Moment]:
        """When each mark had been painted, one after the other."""
        moments: list[Moment] = []
        began = clock.monotonic()
        with at_desk(self) as desk:
            for mark in marks:
                wanted = re.compile(mark, re.DOTALL)
                while wanted.search(desk.raw) is None:
                    assert clock.monotonic() - began < _LIMIT_S, desk.text()
                    desk.read(1)
                wall = 1000 * (clock.monotonic() - began)
                moments.append((wall, 1000 * desk.cpu_seconds()))
        return moments

    def start_once(self) -> None:
        """So that everything is compiled."""
        self.started([FIRST_FRAME, FIRST_ROW])


class Times:
    """The moments of several starts."""

    def __init__(self) -> None:
        self._runs: list[list[Moment]] = []

    def add(self, moments: list[Moment]) -> None:
        """One start more."""
        self._runs.append(moments)

    def of(self, place: int, unit: str) -> list[float]:
        """All times of one mark: "wall" or "processor"."""
        return [run[place][unit == "processor"] for run in self._runs]


BARE = Program(command=(PYTHON, "-m", "tests.bench.bare"), env={"PYTHONDONTWRITEBYTECODE": None})
COUNTER = Program(command=(PYTHON, "-m", "tests.bench.peers", "counter"))


def paidan(url: str, folder: Path, *, size: tuple[int, int] = SIZE) -> Program:
    """The command as it is installed, with settings of nobody."""
    return Program(
        command=(str(Path(PYTHON).with_name("paidan")), "--db", url),
        env={
            "PAIDAN_LANG": "en",
            "PAIDAN_CONFIG": None,
            "PAIDAN_DB": None,
            "XDG_CONFIG_HOME": str(folder),
            "XDG_STATE_HOME": str(folder),
            "PYTHONDONTWRITEBYTECODE": None,
        },
        size=size,
    )


@contextmanager
def at_desk(program: Program) -> Iterator[Desk]:
    """The program running on a terminal of its own."""
    with Desk(program.command, size=program.size, env=program.env) as desk:
        yield desk
