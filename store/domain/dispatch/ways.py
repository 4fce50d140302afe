"""How long it takes from place to place: by a table of the desk's own, else reckoned.

A place is a position, a site, or both; each has a number. A table counts between two of its sites.
Between others, and where it lacks a pair, the way is reckoned from the positions.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.dispatch.board import Known

if TYPE_CHECKING:
    from store.domain.dispatch.board import Travel
    from store.domain.dispatch.travel_table import TravelTable
    from store.domain.distance import Position

NOWHERE_KNOWN: Final = 30
"""Minutes of travel where one of two places is not known."""
_NOWHERE: Final = -1
"""The number of the place that nobody knows."""

Row = dict[int, int]
"""Minutes by the number of the other place."""


class Around(NamedTuple):
    """The ways to a place and on from it."""

    to: Row
    on: Row


class Ways:
    """Minutes between places by their numbers, as far there as back."""

    def __init__(self, travel: Travel) -> None:
        self._known = Known(travel)

    def number(self, place: Position | None, _site: int | None = None) -> int:
        """The number of a place, a new one where it has none."""
        return _NOWHERE if place is None else self._known.number(place)

    def around(self, place: Position | None, site: int | None = None) -> Around:
        """From a place to each that has a number, and back."""
        row = self.onward(self.number(place, site))
        return Around(row, row)

    def onward(self, here: int) -> Row:
        """Minutes from a place that has a number to each other."""
        if here < 0:
            return defaultdict(_unknown)
        row = self._known.onward(here)
        row[_NOWHERE] = NOWHERE_KNOWN
        return row

    def between(self, one: int, other: int) -> int:
        """Minutes from place to place."""
        if one < 0 or other < 0:
            return NOWHERE_KNOWN
        return self._known.between(one, other)


class TabledWays(Ways):
    """The same where the desk has a table, which may say other minutes there than back."""

    def __init__(self, travel: Travel, table: TravelTable) -> None:
        super().__init__(travel)
        self._table = table
        self._numbers: dict[tuple[int | None, int], int] = {}
        self._spots: list[tuple[int | None, int]] = []
        """By number, the site of the table, and the number of the position alone."""

    def number(self, place: Position | None, site: int | None = None) -> int:
        """The number of a place; a position beside a site of the table is that site."""
        spot = self._table.site(place, site), super().number(place)
        if spot == (None, _NOWHERE):
            return _NOWHERE
        known = self._numbers.get(spot)
        if known is None:
            known = self._numbers[spot] = len(self._spots)
            self._spots.append(spot)
        return known

    def around(self, place: Position | None, site: int | None = None) -> Around:
        """From a place to each that has a number, and back."""
        here = self.number(place, site)
        return Around(_Looked(self, here, back=True), _Looked(self, here, back=False))

    def onward(self, here: int) -> Row:
        """Minutes from a place that has a number to each other."""
        return _Looked(self, here, back=False)

    def between(self, one: int, other: int) -> int:
        """Minutes from place to place."""
        if one < 0 or other < 0:
            return NOWHERE_KNOWN
        (from_site, here), (to_site, there) = self._spots[one], self._spots[other]
        if from_site is not None and to_site is not None:
            if from_site == to_site:
                return 0 if here < 0 or there < 0 else super().between(here, there)
            minutes = self._table.minutes(from_site, to_site)
            if minutes is not None:
                return minutes
        return super().between(here, there)


class _Looked(dict[int, int]):
    """Minutes between one place and each other, looked up when they are asked for."""

    __slots__ = ("_back", "_here", "_ways")

    def __init__(self, ways: Ways, here: int, *, back: bool) -> None:
        self._ways = ways
        self._here = here
        self._back = back

    def __missing__(self, there: int) -> int:
        pair = (there, self._here) if self._back else (self._here, there)
        minutes = self[there] = self._ways.between(*pair)
        return minutes


def ways_of(travel: Travel) -> Ways:
    """By the table where there is one."""
    return Ways(travel) if travel.table is None else TabledWays(travel, travel.table)


def _unknown() -> int:
    return NOWHERE_KNOWN
