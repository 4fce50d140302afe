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

_KEPT: Final = 2
"""Figures by which ways are remembered: a process has one desk, or a drill beside its own."""
_MOST: Final = 10_000
"""Places that are remembered; beyond them all is reckoned anew."""

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
        self._rows: dict[int, Row] = {}
        """What was asked of single pairs."""

    @property
    def places(self) -> int:
        """How many have a number."""
        return len(self._known)

    def number(self, place: Position | None, _site: int | None = None) -> int:
        """The number of a place, a new one where it has none."""
        return _NOWHERE if place is None else self._known.number(place)

    def around(self, place: Position | None, site: int | None = None) -> Around:
        """From a place to each that has a number, and back."""
        row = self.onward(self.number(place, site))
        return Around(row, row)

    def onward(self, here: int) -> Row:
        """Minutes from a place that has a number to each other."""
        return self._row(here)

    def between(self, one: int, other: int) -> int:
        """Minutes from place to place, reckoned once."""
        row = self._rows.get(one)
        if row is None:
            row = self._rows[one] = self._row(one)
        return row[other]

    def _row(self, here: int) -> Row:
        if here < 0:
            return defaultdict(_unknown)
        row = self._known.onward(here)
        row[_NOWHERE] = NOWHERE_KNOWN
        return row


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
    """By the table where there is one.

    Without, who asks again by the same figures finds what was reckoned before: how far it is from
    place to place is the same whenever it is asked, and in whichever thread.
    """
    if travel.table is not None:
        return TabledWays(travel, travel.table)
    ways = _known.get(travel)
    if ways is None or ways.places > _MOST:
        while len(_known) >= _KEPT:
            _known.pop(next(iter(_known)), None)
        ways = _known[travel] = Ways(travel)
    return ways


_known: dict[Travel, Ways] = {}


def _unknown() -> int:
    return NOWHERE_KNOWN
