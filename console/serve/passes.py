"""What a browser shows that was let in: signed, for one operator, good until its end."""

from __future__ import annotations

import hmac
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from console.put_whole import put_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

GOOD_FOR: Final = timedelta(hours=12)
"""A shift; the next one asks for a code again."""
_MOST: Final = 1_000
_OF_ONE: Final = 10
"""Passes of one operator; the oldest goes."""
_LONGEST: Final = 200
_OFTEN: Final = timedelta(seconds=20)
"""How late it is known at most, after a crash, that one has held a console."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Somebody who was let in by a browser."""

    name: str
    operator: str
    until: datetime


class Passes:
    """All that are good, in a file of this account alone: they outlive a restart of the server."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._key = secrets.token_hex(32)
        self._live: dict[str, Pass] = {}
        self._used: dict[str, datetime] = {}
        """When each was given, or last known to hold a console."""
        try:
            self._read(json.loads(file.read_text()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._live = {}  # whoever had one says another code

    def _read(self, told: dict[str, Any]) -> None:
        self._key = str(told["key"])
        for name, (operator, until) in told["passes"].items():
            one = Pass(name, str(operator), datetime.fromtimestamp(until, UTC))
            self._live[name] = one
            used = told.get("used", {}).get(name)
            at = one.until - GOOD_FOR if used is None else datetime.fromtimestamp(used, UTC)
            self._used[name] = at

    def give(self, operator: str, *, at: datetime) -> str:
        """A new one, as the browser keeps it."""
        self._drop(lambda one: one.until <= at)
        his = [name for name, one in self._live.items() if one.operator == operator]
        for name in [*his[: 1 - _OF_ONE], *list(self._live)[: 1 - _MOST]]:
            self._forget(name)
        until = (at + GOOD_FOR).replace(microsecond=0)
        one = Pass(secrets.token_urlsafe(24), operator, until)
        self._live[one.name], self._used[one.name] = one, at
        self._write()
        return f"{one.name}.{self._mark(one)}"

    def find(self, told: str, *, at: datetime) -> Pass | None:
        """Whose it is; None for one that is not ours, has run out or was dropped."""
        name, _, mark = told[:_LONGEST].partition(".")
        one = self._live.get(name)
        if one is None or not hmac.compare_digest(self._mark(one).encode(), mark.encode()):
            return None
        return one if at < one.until else None

    def is_good(self, one: Pass, *, at: datetime) -> bool:
        """Whether it still is."""
        return self._live.get(one.name) == one and at < one.until

    def holds(self, ones: Iterable[Pass], *, at: datetime) -> None:
        """They hold consoles; told again and again, it is written down now and then."""
        held = [one for one in ones if one.name in self._used]
        if any(self.unused(one, at=at) >= _OFTEN for one in held):
            self._use(held, at)

    def leaves(self, one: Pass, *, at: datetime) -> None:
        """It holds one no more."""
        if one.name in self._used:
            self._use([one], at)

    def _use(self, ones: list[Pass], at: datetime) -> None:
        self._used |= {one.name: at for one in ones}
        with suppress(OSError):  # on a full disk it is known until a restart
            self._write()

    def unused(self, one: Pass, *, at: datetime) -> timedelta:
        """For how long it has held no console."""
        return at - self._used.get(one.name, at)

    def drop(self, one: Pass) -> None:
        """Its browser has left for good."""
        self._drop(lambda other: other == one)

    def drop_strangers(self, knows: Callable[[str], object]) -> None:
        """Of whoever is no operator any more, for ever, should he be one again."""
        self._drop(lambda one: not knows(one.operator))

    def _drop(self, is_gone: Callable[[Pass], bool]) -> None:
        gone = [name for name, one in self._live.items() if is_gone(one)]
        for name in gone:
            self._forget(name)
        if gone:
            self._write()

    def _forget(self, name: str) -> None:
        self._live.pop(name, None)
        self._used.pop(name, None)

    def _mark(self, one: Pass) -> str:
        text = json.dumps([one.name, one.operator, int(one.until.timestamp())])
        return hmac.new(self._key.encode(), text.encode(), "sha256").hexdigest()

    def _write(self) -> None:
        live = {
            name: (one.operator, int(one.until.timestamp())) for name, one in self._live.items()
        }
        used = {name: int(at.timestamp()) for name, at in self._used.items()}
        text = json.dumps({"key": self._key, "passes": live, "used": used})
        put_whole(text, self._file, beside=self._file.with_suffix(".new"))
