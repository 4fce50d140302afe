"""When clocks run: round the clock, now, or from the next opening on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from store.domain.calendar_refusals import CalendarRefused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.calendar import Calendar
    from store.domain.order import Clock

_LEAST = timedelta(microseconds=1)
"""The least working time there is: it is done one of these after the opening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How the hours that clocks are counted by stand at an instant."""

    always: bool
    """Whether every second counts."""
    opens_at: datetime | None = None
    """The next opening; None while work is done, and where none is known to come."""


def running(clocks: Iterable[Clock], hours: Calendar, *, at: datetime) -> Running | None:
    """How the open clocks among these run; None where none of them counts working seconds.

    A time that came from outside, and working days to the same time of day, begin at once.
    """
    counted = (c for c in clocks if c.running and c.target is not None)
    if all(c.target is None or c.target.seconds is None for c in counted):
        return None
    if hours.never_closes:
        return Running(always=True)
    try:
        opens_at = None if hours.is_open(at) else hours.add(at, _LEAST) - _LEAST
    except CalendarRefused:  # beyond its years, or no work is left on it
        opens_at = None
    return Running(always=False, opens_at=opens_at)
