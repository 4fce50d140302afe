"""How far places lie apart, over the earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

Position = tuple[float, float]
"""Latitude and longitude in degrees."""

EARTH_KM: Final = 6371.0088


def distance_km(one: Position, other: Position) -> float:
    """The shortest way over the surface, in kilometres."""
    lat, lat2 = radians(one[0]), radians(other[0])
    east = radians(other[1] - one[1])
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
