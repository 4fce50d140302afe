"""The working time of several people together, as it passes."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[datetime, datetime]
"""From when until when somebody is there."""

FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""When something is reached that nobody comes to."""


class Supply:
    """The time of several people together, and when so much of it has passed."""

    def __init__(self, stretches: Iterable[tuple[datetime, datetime]]) -> None:
        self._stretches = sorted(stretches)
        changes: dict[datetime, int] = defaultdict(int)
        for begins, ends in self._stretches:
            changes[begins] += 1
            changes[ends] -= 1
        self._steps: list[tuple[datetime, timedelta, int]] = []
        """From when on how many are there, and how much time had passed by then."""
        passed, count, last = timedelta(), 0, None
        for moment in sorted(changes):
            if last is not None:
                passed += (moment - last) * count
            count += changes[moment]
            self._steps.append((moment, passed, count))
            last = moment

    def when(self, work: timedelta, *, not_before: datetime) -> datetime:
        """The first moment with somebody there by which so much time has passed."""
        for place, (begins, passed, count) in enumerate(self._steps):
            if not count:
                continue
            ends = self._steps[place + 1][0]
            enough = begins + max(timedelta(), work - passed) / count
            found = max(begins, enough, not_before)
            if found < ends:
                return found
        return FAR
