"""The real requests that the sample desk is made of."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from console.demo.kinds import KINDS, PLACES, Kind

NOW = "2015-01-29 10:00:00"
"""The moment of the file that is moved to the present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, its times counted from the moment that becomes now."""

    case: str
    opened: timedelta
    closed: timedelta | None
    """None where the city's file does not end it."""
    type: str
    place: str
    address: str
    position: tuple[float, float] | None
    """Latitude and longitude; None where the city did not know."""
    department: str

    @property
    def kind(self) -> Kind:
        """What it is about."""
        return KINDS[self.type]

    def title(self, language: str) -> str:
        """What the operator reads."""
        said = self.kind.chinese if language.startswith("zh") else self.type.replace("  ", " / ")
        comma = "，" if language.startswith("zh") else ", "
        return f"{said}{comma}{self.address}" if self.address else said


@cache
def requests() -> tuple[Asked, ...]:
    """All of them, the oldest first."""
    packed = files("console.demo").joinpath("requests.csv.gz").read_bytes()
    rows = csv.DictReader(io.StringIO(gzip.decompress(packed).decode()))
    return tuple(
        Asked(
            case=row["case"],
            opened=_from_now(row["opened"]),
            closed=_from_now(row["closed"]) if row["closed"] else None,
            type=row["type"],
            place=row["place"],
            address=row["address"],
            position=(float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None,
            department=row["department"],
        )
        for row in rows
    )


def before_now() -> list[Asked]:
    """Those that have been asked."""
    return [asked for asked in requests() if asked.opened <= timedelta()]


def after_now() -> list[Asked]:
    """Those that will be."""
    return [asked for asked in requests() if asked.opened > timedelta()]


@cache
def middle_of(place: str) -> tuple[float, float]:
    """Where a neighbourhood lies: the middle of what was asked for there."""
    known = [asked.position for asked in requests() if asked.place == place and asked.position]
    latitudes, longitudes = zip(*known, strict=True)
    return round(sum(latitudes) / len(known), 5), round(sum(longitudes) / len(known), 5)


def place_name(place: str, language: str) -> str:
    """A neighbourhood as a reader calls it."""
    return f"{PLACES[place][0]} {place}" if language.startswith("zh") else place


def _from_now(text: str) -> timedelta:
    # No clock change lies in these days, so that local times may be subtracted as they are.
    return datetime.fromisoformat(text) - datetime.fromisoformat(NOW)
