"""What this console tells others of the order before it, and whom it knows to be at one.

Plain Python: the app asks it at each tick what is to be written, if anything.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from store.domain.presence import Presence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.queries.presence import Attendance

Meant = tuple[int, str]
"""An order's number, and the id of the action whose form is open on it, or nothing."""

LOOK_RESTS: Final = timedelta(seconds=3)
"""So long an order is chosen before others hear of it: passing over it is no look."""
FORM_RESTS: Final = timedelta(seconds=1)
RENEW_EVERY: Final = timedelta(seconds=20)
IDLE: Final = timedelta(minutes=10)
"""After so long without a key nobody is taken to look at what the screen still shows."""
MOST, WITHIN = 6, timedelta(seconds=30)
"""So many writes at most in so long a time; a lease outlives the wait for the next."""

LOOKS, WRITES = "@", "*"
"""What stands before an order on the board that somebody else looks at, or writes about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One write that is due."""

    told: Presence | None
    """None where there is nothing to tell any more."""


class Attention:
    """Of one console, from its start to its end."""

    def __init__(self) -> None:
        self.console = uuid4().hex
        self.seen: tuple[Attendance, ...] = ()
        """Everybody else, as the store last told."""
        self._lapsed: tuple[Attendance, ...] | None = None
        """What was known when it was last told that somebody's lease is over."""
        self.key_at: datetime | None = None
        """When the operator last pressed a key."""
        self._told: Presence | None = None
        self._renew_at: datetime | None = None
        self._meant: Meant | None = None
        self._meant_at: datetime | None = None
        self._writes: deque[datetime] = deque(maxlen=MOST)

    # -- what is told ------------------------------------------------------------------------

    @property
    def tells(self) -> bool:
        """Whether others may still be told something of us."""
        return self._told is not None

    def step(self, meant: Meant | None, *, at: datetime) -> Step | None:
        """What is to be written now, which counts as written; `lost` where it could not be."""
        meant = self._awake(meant, at)
        if meant != self._meant or self._meant_at is None or at < self._meant_at:
            self._meant, self._meant_at = meant, at
        told = self._told
        if told is not None and meant == (told.number, told.doing):
            renewed = self._renew_at is not None and at < self._renew_at
            return None if renewed else self._write(told, at)
        rests = FORM_RESTS if meant is not None and meant[1] else LOOK_RESTS
        if (meant is None and told is None) or at - self._meant_at < rests:
            return None
        if meant is None:
            return self._write(None, at)
        number, doing = meant
        return self._write(Presence(number=number, doing=doing, since=self._meant_at), at)

    def _awake(self, meant: Meant | None, at: datetime) -> Meant | None:
        """The same, while the operator has pressed a key within sight."""
        self.key_at = self.key_at or at
        return meant if at - self.key_at <= IDLE else None

    def _write(self, told: Presence | None, at: datetime) -> Step | None:
        first = self._writes[0] if len(self._writes) == MOST else None
        if first is not None and timedelta(0) <= at - first < WITHIN:
            return None
        self._writes.append(at)
        self._told, self._renew_at = told, at + RENEW_EVERY
        return Step(told=told)

    def lost(self) -> None:
        """The last step could not be written: it is to be tried again; a row left behind lapses."""
        self._renew_at = None

    # -- whom it knows -----------------------------------------------------------------------

    def lapse(self, *, at: datetime) -> bool:
        """Whether somebody's lease is over, so that the store should be asked again; told once."""
        over = any(one.until <= at for one in self.seen)
        if not over or self._lapsed is self.seen:
            return False
        self._lapsed = self.seen
        return True

    def at_order(self, number: int | None, *, at: datetime) -> tuple[Attendance, ...]:
        """Who else is at an order, those first who write."""
        return tuple(one for one in self.seen if one.number == number and one.until > at)

    def claims(self, number: int, *, at: datetime) -> tuple[Attendance, ...]:
        """Who else writes about an order."""
        return tuple(one for one in self.at_order(number, at=at) if one.doing)

    def signs(self, *, at: datetime) -> Mapping[int, str]:
        """The sign of each order that somebody else is at."""
        here = [one for one in self.seen if one.until > at]
        writes = {one.number: WRITES for one in here if one.doing}
        return {one.number: LOOKS for one in here} | writes
