"""What a process of a served desk measures, and how it tells whoever shows it: small datagrams.

Telling never waits and never fails: what nobody takes is lost, and nothing is late for it. Numbers
and plain facts alone are told, never a name, an order or an address.
"""

from __future__ import annotations

import json
import math
import socket
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LONGEST: Final = 32_768
"""Bytes of one datagram."""
_MOST: Final = 1_000
"""Measures of one kind that wait to be told; more are left out."""
_SENSIBLE_S: Final = 1e9


class Kind(StrEnum):
    """What is measured, in seconds."""

    KEY = "key"
    """From a key to what it has painted."""
    COMMIT = "commit"
    """A command, from when it is asked for to when it is committed."""
    FEED = "feed"
    """From a commit to its news."""
    TIMER = "timer"
    """How long the oldest timer that was due had waited when a sweep began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One datagram."""

    seconds: Mapping[Kind, Sequence[float]]
    facts: Mapping[str, float]
    """By name; a truth is 1."""


class Measures:
    """Gathers, and tells when asked to; any thread may do either."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._guard = Lock()
        self._seconds: dict[str, list[float]] = {}
        self._line: socket.socket | None = None

    def __bool__(self) -> bool:
        """Whether anybody wants to know."""
        return bool(self._path)

    def note(self, kind: Kind, seconds: float) -> None:
        """Gather one."""
        if not self._path:
            return
        with self._guard:
            noted = self._seconds.setdefault(kind, [])
            if len(noted) < _MOST:
                noted.append(round(seconds, 6))

    def tell(self, **facts: float) -> None:
        """Send what was gathered, and these facts."""
        if not self._path:
            return
        with self._guard, suppress(OSError):
            seconds, self._seconds = self._seconds, {}
            if seconds or facts:
                told = json.dumps({"seconds": seconds, "facts": facts})
                self._connected().send(told.encode())

    def _connected(self) -> socket.socket:
        if self._line is None:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            line.setblocking(False)
            try:
                line.connect(self._path)
            except OSError:
                line.close()
                raise
            self._line = line
        return self._line

    def close(self) -> None:
        """Send what is left, and no more."""
        self.tell()
        with self._guard:
            self._path = ""
            if self._line is not None:
                self._line.close()


def heard_at(path: Path) -> socket.socket:
    """A socket that hears all who tell, for this account alone; `OSError` as it comes."""
    path.unlink(missing_ok=True)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.setblocking(False)
    try:
        line.bind(str(path))
        path.chmod(0o600)
    except OSError:
        line.close()
        raise
    return line


def read(data: bytes) -> Told:
    """What a datagram tells; ValueError where it is none."""
    told = json.loads(data)
    try:
        seconds = {
            Kind(kind): [_number(one) for one in all_] for kind, all_ in _of(told, "seconds")
        }
        facts = {str(name): _number(fact) for name, fact in _of(told, "facts")}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("no measures") from error
    return Told(seconds=seconds, facts=facts)


def _of(told: Any, part: str) -> Any:
    return told[part].items()


def _number(told: Any) -> float:
    number = float(told)
    if not math.isfinite(number) or abs(number) > _SENSIBLE_S:
        raise ValueError("no sensible number")
    return number
