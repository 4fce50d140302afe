"""From when until when orders may begin, and who is there then: what an own choice is held to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from store.domain.forecast import without
from store.queries.answers.crew_stops import minutes_to
from store.queries.answers.crew_time import AHEAD, hours_between, since_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from store.persistence.reader import Reader


class Begins(NamedTuple):
    """When an order may begin."""

    at: datetime
    until: datetime
    """At the latest; the same where it is one moment."""


def begins_of(since: datetime | None, until: datetime | None, now: datetime) -> Begins:
    """What is still to come of an appointment's window; now where there is none, or it is over."""
    at = now if since is None else max(now, since)
    return Begins(at, at if since is None or until is None else max(at, until))


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody works."""

    roster: tuple[tuple[datetime, datetime], ...] | None = None
    """His shifts; None for who is always there."""
    away: tuple[tuple[datetime, datetime], ...] = ()

    def spans(self, reader: Reader, begins: Begins) -> tuple[tuple[float, float], ...]:
        """When he is there in the two days from a beginning on, in minutes from now."""
        parts: list[tuple[datetime, datetime]] = []
        for since, until in self._rostered(begins):
            for start, end in without((since, until), self.away):
                if parts and start <= parts[-1][1]:
                    parts[-1] = parts[-1][0], max(parts[-1][1], end)
                else:
                    parts.append((start, end))
        return tuple((minutes_to(reader, start), minutes_to(reader, end)) for start, end in parts)

    def is_rostered(self, begins: Begins) -> bool:
        """Whether he would be there some time in these two days, were he not absent."""
        return bool(self._rostered(begins))

    def covers(self, begins: Begins) -> bool:
        """Whether a shift covers the beginning, absent or not."""
        return any(since <= begins.at < until for since, until in self._rostered(begins))

    def _rostered(self, begins: Begins) -> list[tuple[datetime, datetime]]:
        first, last = begins.at, begins.at + AHEAD
        if self.roster is None:
            return [(first, last)]
        found = ((max(since, first), until) for since, until in sorted(self.roster))
        return [(since, until) for since, until in found if since < min(until, last)]


def hours_of(
    reader: Reader, people: Sequence[int], rostered: Collection[int], begins: Sequence[Begins]
) -> dict[int, Hours]:
    """What is known of the hours of these people around all of these beginnings."""
    if not begins:
        return {}
    since = since_of(min(one.at for one in begins))
    until = max(one.at for one in begins) + AHEAD
    shifts = hours_between(reader, "shift", people, since, until)
    away = hours_between(reader, "absence", people, since, until)
    return {
        who: Hours(tuple(shifts[who]) if who in rostered else None, tuple(away[who]))
        for who in people
    }
