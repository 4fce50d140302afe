"""How the time left to a deadline is written; pure, the same in every language.

    9:59      under ten minutes to go      (changes every second)
    45m       under an hour                (every minute)
    2h05      under a day                  (every minute)
    3d04h     under ten days               (every hour)
    12d       longer
    -03:12    overdue, under ten minutes; then -45m, -2h05, -3d04h, -12d

Always `WIDTH` cells, set to the right, so that a column of them never moves.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH: Final = 6
SECONDS_UNDER: Final = 600
"""Closer to the deadline than this many seconds, seconds are shown."""

_MINUTE = timedelta(minutes=1)
_TINY = timedelta(microseconds=1)
_HOUR = 3_600
_DAY = 86_400
_MOST_DAYS = 9_999

Nearness = Literal["", "soon", "overdue"]


def here(moment: datetime, zone: tzinfo | None) -> datetime:
    """The wall clock of a zone (None: this machine's); as it is where no calendar reaches."""
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError, OSError):  # the last hours of the year 9999, or the first
        return moment


def in_days(moment: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """The wall clock, and how many days from today that is, if it is not today: 06:44+1d."""
    then = here(moment, zone)
    days = (then.date() - here(at, zone).date()).days
    return f"{then:%H:%M}{days:+}d" if days else f"{then:%H:%M}"


def seconds_left(due_at: datetime, at: datetime) -> int:
    """Whole seconds to the deadline, rounded so that a countdown shows 0:00 in its last second."""
    return (due_at - at) // timedelta(seconds=1)


def left(due_at: datetime | None, at: datetime) -> str:
    """The time from `at` to `due_at`, `WIDTH` cells wide; blank where nothing is due."""
    return " " * WIDTH if due_at is None else _left(seconds_left(due_at, at))


def nearness(due_at: datetime | None, at: datetime) -> Nearness:
    """Which of the looks a countdown wears; the text alone tells the same."""
    return "" if due_at is None else _nearness(seconds_left(due_at, at))


def countdown(due_at: datetime, at: datetime) -> tuple[str, Nearness, datetime]:
    """Both, and up to when at least they stay as they are."""
    seconds = seconds_left(due_at, at)
    least = seconds
    if abs(seconds) >= SECONDS_UNDER:  # a minute is over with its last second, forwards or back
        least = seconds // 60 * 60 if seconds > 0 else 1 - (-seconds // 60 + 1) * 60
    try:
        until = due_at - timedelta(seconds=least) + _TINY
    except OverflowError:  # the last hours of the year 9999
        until = at
    return _left(seconds), _nearness(seconds), until


def _left(seconds: int) -> str:
    return (_span(seconds) if seconds >= 0 else _overdue(-seconds)).rjust(WIDTH)


def _nearness(seconds: int) -> Nearness:
    if seconds < 0:
        return "overdue"
    return "soon" if seconds < SECONDS_UNDER else ""


def _overdue(seconds: int) -> str:
    if seconds < SECONDS_UNDER:
        return f"-{seconds // 60:02}:{seconds % 60:02}"
    return f"-{_span(seconds)}"


def _span(seconds: int) -> str:
    if seconds < SECONDS_UNDER:
        return f"{seconds // 60}:{seconds % 60:02}"
    if seconds < _HOUR:
        return f"{seconds // 60}m"
    if seconds < _DAY:
        return f"{seconds // _HOUR}h{seconds % _HOUR // 60:02}"
    days = min(seconds // _DAY, _MOST_DAYS)
    return f"{days}d{seconds % _DAY // _HOUR:02}h" if days < 10 else f"{days}d"


def span(passed: timedelta) -> str:
    """How long something has lasted: 0m, 45m, 2h05, 3d04h, 12d; never more than five cells."""
    seconds = max(0, passed // timedelta(seconds=1))
    return f"{seconds // 60}m" if seconds < SECONDS_UNDER else _span(seconds)


def at_least(passed: timedelta) -> str:
    """The same, but a minute for any part of one: what is late is never 0m late."""
    return span(max(passed, _MINUTE) if passed > timedelta() else passed)


def rest(seconds: float) -> str:
    """Working seconds that are left, or with a minus that are over."""
    whole = int(seconds)
    return _span(whole) if whole >= 0 else f"-{_span(-whole)}"


def target_said(target: Mapping[str, int] | None) -> str:
    """A target of a service level, in hours, minutes or working days: 36h, 45m, 3d; - for none."""
    if target is None:
        return "-"
    if "days" in target:
        return f"{target['days']}d"
    hours, odd = divmod(target["seconds"], _HOUR)
    return f"{hours}h" if not odd else f"{target['seconds'] / 60:g}m"


def clock_said(moment: datetime, zone: tzinfo | None, at: datetime) -> str:
    """The wall clock; the date only when it is another day."""
    then = here(moment, zone)
    return f"{then:%H:%M}" if then.date() == here(at, zone).date() else f"{then:%m-%d %H:%M}"
