"""When a customer wants somebody to come, as times of day, and what comes at another time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from store.domain.errors import BadInput
from store.domain.said_times import in_digits
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

_LONGEST: Final = 60
_TIME: Final = re.compile(r"([0-9]{1,2})(?:[:：]([0-9]{2}))?")
_BEFORE: Final = re.compile(r"(?:before|until|by)\s+(.+)|(.+?)(?:以前|之前|前)", re.IGNORECASE)
_AFTER: Final = re.compile(r"(?:after|from)\s+(.+)|(.+?)(?:以后|之后|后|起)", re.IGNORECASE)
_BOTH: Final = re.compile(r"(.+?)\s*(?:-|–|~|～|至|到|\bto\b)\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Seconds after midnight from which on, and by which, somebody is to come; None for any."""

    from_s: int | None = None
    to_s: int | None = None

    def takes(self, at: datetime, zone: str) -> bool:
        """Whether somebody who comes then comes as wanted; `by` itself is still in time.

        From eight in the evening to six in the morning lies across midnight.
        """
        wall = at.astimezone(ZoneInfo(zone))
        come = wall.hour * 3600 + wall.minute * 60 + wall.second
        after = self.from_s is None or come >= self.from_s
        before = self.to_s is None or come <= self.to_s
        if self.from_s is not None and self.to_s is not None and self.to_s < self.from_s:
            return after or before
        return after and before


ANY_TIME: Final = Hours()


def read_hours(text: str) -> Hours:
    """`before 10:00`, `after 14:00`, `9:00-11:00`, 10点前, 下午两点后; nothing for any time."""
    clean = text.strip() if len(text) <= _LONGEST else "?"
    if not clean:
        return Hours()
    if found := _BOTH.fullmatch(clean):
        hours = Hours(from_s=_seconds(found[1], text), to_s=_seconds(found[2], text))
        if hours.from_s != hours.to_s:
            return hours
    if found := _BEFORE.fullmatch(clean):
        return Hours(to_s=_seconds(found[1] or found[2], text))
    if found := _AFTER.fullmatch(clean):
        return Hours(from_s=_seconds(found[1] or found[2], text))
    raise _refused(text)


def hours_written(hours: Hours) -> str:
    """The same in a form that can be read again; empty for any time."""
    first, last = hours.from_s, hours.to_s
    if first is not None and last is not None:
        return f"{clock(first)}-{clock(last)}"
    if last is not None:
        return f"before {clock(last)}"
    return "" if first is None else f"after {clock(first)}"


def hours_worded(hours: Hours) -> str:
    """The same in words of the catalogue, which each reader has in his language."""
    first, last = hours.from_s, hours.to_s
    if first is not None and last is not None:
        return N_("from {first} to {last}").format(first=clock(first), last=clock(last))
    if last is not None:
        return N_("before {time}").format(time=clock(last))
    return "" if first is None else N_("after {time}").format(time=clock(first))


def clock(seconds: int) -> str:
    """A time of day as 09:00."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"


def _seconds(said: str, text: str) -> int:
    found = _TIME.fullmatch(in_digits(said.strip()))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise _refused(text)
    return int(found[1]) * 3600 + int(found[2] or 0) * 60


def _refused(text: str) -> BadInput:
    return BadInput(
        where=N_("time of day"),
        wrong=safe(text, limit=40),
        right=N_("write before 10:00, after 14:00 or 9:00-11:00"),
    )
