"""A table of travel times that a desk has from elsewhere: from site to site, in whole minutes."""

from __future__ import annotations

from bisect import bisect_left
from math import degrees
from typing import TYPE_CHECKING, Final

from store.domain.distance import EARTH_KM, distance_km

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.distance import Position

BESIDE_KM: Final = 0.2
"""A position no farther from a site is taken for that site.

At town speed that is less than the minute that times are rounded to, and about as far as telephones
err between buildings; from farther off, the table would claim to know what it does not.
"""
MOST_PAIRS: Final = 1_000_000
MOST_MINUTES: Final = 1440

Minutes = dict[int, dict[int, int]]
"""By site that the way begins at, then by site where it ends."""


class TravelTable:
    """Immutable; sites by their ids."""

    def __init__(self, minutes: Minutes, places: Mapping[int, Position]) -> None:
        """`places` are positions of sites, as far as they are known; others than its own count not.

        Where sites lie in one place, a position beside them is the one of the lowest id.
        """
        self._minutes = minutes
        known = {*minutes, *(site for row in minutes.values() for site in row)}
        self._known = frozenset(known)
        self._places = sorted((places[site], site) for site in known & places.keys())

    @property
    def rows(self) -> Minutes:
        """All that it tells."""
        return self._minutes

    @property
    def places(self) -> dict[int, Position]:
        """Where its sites lie."""
        return {site: place for place, site in self._places}

    def minutes(self, one: int, other: int) -> int | None:
        """From site to site; None where the table does not say."""
        row = self._minutes.get(one)
        return None if row is None else row.get(other)

    def knows(self, site: int | None) -> bool:
        """Whether a site is one of its own."""
        return site in self._known

    def site(self, place: Position | None, site: int | None) -> int | None:
        """Which of its sites a place is; None if it is none of them."""
        if site is not None:
            return site if self.knows(site) else None
        return None if place is None else self._beside(place)

    def _beside(self, place: Position) -> int | None:
        wide = degrees(BESIDE_KM / EARTH_KM)
        first = bisect_left(self._places, ((place[0] - wide, -360.0), 0))
        found: list[tuple[float, int]] = []
        for there, site in self._places[first:]:
            if there[0] > place[0] + wide:
                break
            if (far := distance_km(place, there)) <= BESIDE_KM:
                found.append((far, site))
        return min(found)[1] if found else None
