"""A second opinion on calendars: walks every minute, and shares no code with what it judges."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MINUTE = timedelta(minutes=1)
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Span = tuple[datetime, datetime]


def wall(zone: ZoneInfo, at: datetime) -> datetime:
    """What a clock on the wall shows, as a naive time."""
    return at.astimezone(zone).replace(tzinfo=None)


@cache  # whoever judges many orders asks of the same days again and again
def first_instant(zone: ZoneInfo, shown: datetime) -> datetime:
    """The first instant at which the wall shows a time; of a time in a gap, as much later."""
    guess = shown.replace(tzinfo=UTC)
    offsets = {
        (guess + timedelta(hours=hours)).astimezone(zone).utcoffset() or timedelta()
        for hours in range(-40, 41, 8)
    }
    hits = [guess - offset for offset in offsets if wall(zone, guess - offset) == shown]
    if hits:
        return min(hits)
    before = (guess - timedelta(hours=40)).astimezone(zone).utcoffset() or timedelta()
    return guess - before


@cache
def day_happened(zone: ZoneInfo, day: date) -> bool:
    """Whether any wall ever showed this date."""
    noon = datetime.combine(day, time(), UTC)
    return any(wall(zone, noon + timedelta(hours=h)).date() == day for h in range(-15, 40, 5))


def parse(text: str) -> timedelta:
    """The wall clock's distance from midnight."""
    parts = [int(part) for part in text.split(":")]
    return timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if parts[2:] else 0)


def hours_on(spec: Mapping[str, Any], day: date) -> list[list[str]]:
    """The windows that a calendar's data gives a date."""
    text = day.isoformat()
    if text in spec.get("workdays", {}):
        return list(spec["workdays"][text])
    if text in spec.get("holidays", []):
        return []
    return list(spec.get("week", {}).get(NAMES[day.weekday()], []))


def spans(spec: Mapping[str, Any], a: datetime, b: datetime) -> list[Span]:
    """Every window that may touch a span of time, as instants."""
    zone = ZoneInfo(spec["zone"])
    day, found = wall(zone, a).date() - timedelta(days=3), []
    while day <= wall(zone, b).date() + timedelta(days=3):
        if day_happened(zone, day):
            midnight = datetime.combine(day, time())
            for opens, closes in hours_on(spec, day):
                found.append(
                    (
                        first_instant(zone, midnight + parse(opens)),
                        first_instant(zone, midnight + parse(closes)),
                    )
                )
        day += timedelta(days=1)
    return found


def worked_minutes(spec: Mapping[str, Any], a: datetime, b: datetime) -> Iterator[datetime]:
    """The minutes from `a` to `b` that are worked; all windows must open and close on a minute."""
    windows = spans(spec, a, b)
    at = a
    while at < b:
        if any(opens <= at < closes for opens, closes in windows):
            yield at
        at += MINUTE
