"""Who is in: the sessions of a served desk as the counter knows them, and how one is ended."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final, Protocol

from console.who_is_in import SessionLine
from store import clock
from store.domain.session_refusals import SessionUnknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_GRACE_S: Final = 5.0
"""How long a session that was told to end may take before its process is killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Who has come, as the session says it of itself."""

    operator: str
    """His code."""
    name: str
    role: str
    address: str
    """From where; empty for this machine."""
    key: str
    """The fingerprint of the key by which he came."""
    terminal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How a session does, as it says it of itself every few seconds."""

    drawn: int
    """Bytes so far."""
    idle_s: float | None
    """For how long nothing was typed; None where nothing ever was."""
    locked: bool
    recorded: bool


class Here(Protocol):
    """One session, as whoever follows the counter for it asks it."""

    @property
    def arrival(self) -> Arrival:
        """Who has come."""
        ...

    def measures(self) -> Measures:
        """How it does."""
        ...

    def end(self) -> None:
        """An administrator has ended it."""
        ...


@dataclass(slots=True)
class _Held:
    arrival: Arrival
    end: Callable[[], None]
    process: int
    since: datetime = field(default_factory=clock.now)
    drawn: tuple[float, int] | None = None
    """When bytes were last counted, and how many there were."""
    bytes_s: int | None = None
    typed_at: datetime | None = None
    locked: bool = False
    recorded: bool = False


class Present:
    """All of them by their numbers; may be asked from any thread."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._numbers = count(1)
        self._guard = Lock()

    def enter(self, arrival: Arrival, end: Callable[[], None], process: int) -> int:
        """One more; its number, which no other will have."""
        with self._guard:
            number = next(self._numbers)
            self._held[number] = _Held(arrival, end, process)
            return number

    def leave(self, number: int) -> None:
        """It is over."""
        with self._guard:
            self._held.pop(number, None)

    @property
    def many(self) -> int:
        """How many there are; one where a session is asked about that is not on the list."""
        return max(1, len(self._held))

    def measured(self, number: int, told: Measures) -> None:
        """How it does now."""
        now = clock.monotonic()
        with self._guard:
            held = self._held[number]
            if held.drawn is not None and now > held.drawn[0]:
                held.bytes_s = round((told.drawn - held.drawn[1]) / (now - held.drawn[0]))
            held.drawn = now, told.drawn
            idle_s = told.idle_s
            held.typed_at = None if idle_s is None else clock.now() - timedelta(seconds=idle_s)
            held.locked, held.recorded = told.locked, told.recorded

    def lines(self) -> tuple[SessionLine, ...]:
        """Each, the oldest first."""
        with self._guard:
            return tuple(_line(number, held) for number, held in self._held.items())

    def held(self, number: int) -> SessionLine:
        """One of them; `SessionUnknown` where there is none."""
        with self._guard:
            if number not in self._held:
                raise SessionUnknown(session=number)
            return _line(number, self._held[number])

    def end(self, number: int) -> None:
        """Tell it to end; where it does not, its process is killed."""
        with self._guard:
            held = self._held.get(number)
        if held is not None:
            held.end()
            insist = Timer(_GRACE_S, self._insist, args=(number,))
            insist.daemon = True
            insist.start()

    def _insist(self, number: int) -> None:
        with self._guard:
            held = self._held.get(number)
            if held is not None and held.process > 1:  # its line is open, so the number is its own
                with suppress(OSError):
                    os.kill(held.process, signal.SIGKILL)


def _line(number: int, held: _Held) -> SessionLine:
    who = held.arrival
    return SessionLine(
        number=number,
        operator=who.operator,
        name=who.name,
        role=who.role,
        address=who.address,
        key=who.key,
        terminal=who.terminal,
        since=held.since,
        typed_at=held.typed_at,
        bytes_s=held.bytes_s,
        locked=held.locked,
        recorded=held.recorded,
    )
