"""Quiet hours: when only the worst alarms may ring; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

_HOURS = re.compile(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From a time of day to another, over midnight where the second is the earlier one."""

    begins: time
    ends: time

    @classmethod
    def read(cls, text: str) -> QuietHours | None:
        """Such as 22:00-06:00; None where the text names none, or a day without an end."""
        found = _HOURS.fullmatch(text.strip())
        if found is None:
            return None
        hour, minute, to_hour, to_minute = map(int, found.groups())
        if max(hour, to_hour) > 23 or max(minute, to_minute) > 59:
            return None
        begins, ends = time(hour, minute), time(to_hour, to_minute)
        return None if begins == ends else cls(begins, ends)

    def holds(self, at: datetime, zone: tzinfo | None) -> bool:
        """Whether it is quiet then by this zone's wall clock; the end itself is not."""
        here = at.astimezone(zone).time()
        if self.begins < self.ends:
            return self.begins <= here < self.ends
        return here >= self.begins or here < self.ends

    def __str__(self) -> str:
        """As it is written in the settings."""
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"


def checked(text: str) -> str | None:
    """The setting as we use it; empty for none, None where it means nothing."""
    hours = QuietHours.read(text)
    return "" if not text.strip() else str(hours) if hours is not None else None
