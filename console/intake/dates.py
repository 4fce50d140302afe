"""Times as files write them: one of a map's formats, in its zone, turned into an instant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from console.intake.troubles import MapRefused, RowRefused
from store.domain.replay import whole_ms
from store.domain.words import N_

ISO, EPOCH_S, EPOCH_MS, EXCEL = "iso", "epoch_s", "epoch_ms", "excel"
"""Formats that are no pattern: ISO 8601, time since 1970, Excel's day numbers."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  Excel's days are local; the zone comes later
_FIRST, _LAST = 1900, 2999
_PARTS = {
    "%Y": r"(?P<year>\d{4})",
    "%y": r"(?P<short>\d{2})",
    "%m": r"(?P<month>\d{1,2})",
    "%d": r"(?P<day>\d{1,2})",
    "%H": r"(?P<hour>\d{1,2})",
    "%M": r"(?P<minute>\d{1,2})",
    "%S": r"(?P<second>\d{1,2})",
    "%f": r"(?P<fraction>\d{1,6})",
}
"""Directives read by one pattern; a format with any other goes the slow way."""

_WHOLE = ("year", "month", "day", "hour", "minute", "second")

Reader = Callable[[str], datetime | None]


class Dates:
    """Reads the times of one file; several formats are tried in turn."""

    def __init__(self, formats: Sequence[str], zone: tzinfo | None) -> None:
        self._readers = tuple(reader_of(name) for name in formats)
        self._zone = zone

    def read(self, text: str) -> datetime:
        """The instant of a text; RowRefused when no format fits or it lies outside 1900 to 2999."""
        for reader in self._readers:
            found = reader(text)
            if found is not None:
                return self._instant(found, text)
        raise RowRefused(wrong=N_("“{text}” is not a time as the map says").format(text=text[:40]))

    def _instant(self, found: datetime, text: str) -> datetime:
        if not _FIRST < found.year < _LAST:
            wrong = N_("“{text}” lies outside the years 1900 to 2999").format(text=text[:40])
            raise RowRefused(wrong=wrong)
        if found.tzinfo is None:
            if self._zone is None:
                wrong = N_("“{text}” has no zone, and the map gives none").format(text=text[:40])
                raise RowRefused(wrong=wrong)
            # The first of two equal wall times; a skipped one moves later by the gap.
            found = found.replace(tzinfo=self._zone, fold=0)
        return whole_ms(found.astimezone(UTC))


def zone_of(name: str, *, map_name: str) -> tzinfo | None:
    """The zone by its IANA name; None where none is given."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        wrong = N_("there is no time zone “{name}”").format(name=name)
        raise MapRefused(map=map_name, wrong=wrong) from error


@lru_cache(maxsize=256)
def reader_of(name: str) -> Reader:
    """What reads one format: None for a text that it does not fit."""
    special = _SPECIAL.get(name)
    if special is not None:
        return special
    pattern = _pattern(name)
    if pattern is None:
        return lambda text: _slow(text, name)
    for count in range(len(_WHOLE), 2, -1):
        if pattern.groupindex.keys() == set(_WHOLE[:count]):
            places = [pattern.groupindex[part] for part in _WHOLE[:count]]
            return lambda text: _quickest(text, pattern, places)
    return lambda text: _quick(text, pattern)


def _pattern(name: str) -> re.Pattern[str] | None:
    pattern, rest = "", name
    while rest:
        if rest[0] == "%":
            part = _PARTS.get(rest[:2])
            if part is None or part in pattern:
                return None
            pattern, rest = pattern + part, rest[2:]
        else:
            pattern, rest = pattern + (r"\s+" if rest[0] == " " else re.escape(rest[0])), rest[1:]
    needed = ("(?P<month>", "(?P<day>")
    return re.compile(pattern, re.ASCII) if all(part in pattern for part in needed) else None


def _quickest(text: str, pattern: re.Pattern[str], places: list[int]) -> datetime | None:
    """A time of which every part down to the smallest is given, as nearly everywhere."""
    match = pattern.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return datetime(*map(int, match.group(*places)))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _quick(text: str, pattern: re.Pattern[str]) -> datetime | None:
    match = pattern.fullmatch(text.strip())
    if match is None:
        return None
    part = match.groupdict()
    year = int(part["year"]) if part.get("year") else _long_year(part.get("short") or "70")
    try:
        return datetime(  # noqa: DTZ001  the zone is the map's and comes later
            year,
            int(part["month"]),
            int(part["day"]),
            int(part.get("hour") or 0),
            int(part.get("minute") or 0),
            int(part.get("second") or 0),
            int((part.get("fraction") or "0").ljust(6, "0")),
        )
    except ValueError:
        return None


def _long_year(short: str) -> int:
    return 1900 + int(short) if int(short) > 68 else 2000 + int(short)


def _slow(text: str, name: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), name)  # noqa: DTZ007  the zone comes later
    except (ValueError, re.error):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _since_epoch(text: str, scale: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(milliseconds=round(float(text) * scale))
    except (ValueError, OverflowError):
        return None


def _excel(text: str) -> datetime | None:
    try:
        return _EXCEL_ZERO + timedelta(seconds=round(float(text) * 86_400))
    except (ValueError, OverflowError):
        return None


_SPECIAL: dict[str, Reader] = {
    ISO: _iso,
    EPOCH_S: lambda text: _since_epoch(text, 1000),
    EPOCH_MS: lambda text: _since_epoch(text, 1),
    EXCEL: _excel,
}
