"""A great board in territories: technicians who are about in one part of a town, and their orders.

Those who share no skill have nothing to give one another, so they are parted first; then a town is
cut in two halves, and each of them again, until few enough are left in each: so none is much
greater than another, and processors that share them out are done at one time. Every turn cuts
another way, so that what was a border once lies within a territory the next time.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel

MOST: Final = 60
"""Technicians of a territory, where no other number is asked for."""
_ASLANT: Final = 0.38 * pi
"""By how much the cuts of one turn lie aslant to those of the turn before."""

Spot = tuple[float, float]
"""How far north and east somebody is about, both in degrees of latitude."""


@dataclass(frozen=True, slots=True)
class Territory:
    """Who belongs to it, and the orders that they share out among themselves."""

    people: tuple[int, ...]
    jobs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Together:
    """Orders that hang together and that nobody does, with who does the rest of them."""

    jobs: Sequence[int]
    whose: frozenset[int]


def territories(
    kernel: Kernel,
    routes: Sequence[Route],
    home: Sequence[int],
    unserved: Iterable[Together],
    *,
    turn: int,
    most: int,
) -> list[Territory]:
    """The board as it is planned, cut as it is this turn; `home` says who has each order.

    In none there are more than `most` technicians. What nobody does goes to those who are nearest
    of whom one may do it.
    """
    spots = _spots(kernel, routes)
    groups = _groups(kernel, spots, turn * _ASLANT, most)
    of = {person: place for place, some in enumerate(groups) for person in some}
    jobs: list[list[int]] = [[] for _ in groups]
    for job, person in enumerate(home):
        if person >= 0:
            jobs[of[person]].append(job)
    for loose in unserved:
        whose = loose.whose or _nearest(kernel, loose.jobs[0], spots)
        places = {of[person] for person in whose}
        if len(places) == 1:  # what hangs together over a border stays as it is
            jobs[places.pop()] += loose.jobs
    return [
        Territory(tuple(sorted(some)), frozenset(theirs))
        for some, theirs in zip(groups, jobs, strict=True)
    ]


def _groups(kernel: Kernel, spots: Sequence[Spot], angle: float, most: int) -> list[list[int]]:
    """Who belongs together; few who are left go with others."""
    groups: list[list[int]] = []
    for some in _sharing(kernel, len(spots)):
        for part in _cut(some, spots, angle, most):
            if groups and len(groups[-1]) + len(part) <= most:
                groups[-1] += part
            else:
                groups.append(part)
    return groups


def _nearest(kernel: Kernel, job: int, spots: Sequence[Spot]) -> Iterable[int]:
    """Of those who may do an order the one who is nearest."""
    here = _spot(kernel, kernel.board.jobs[job].at)
    return sorted(kernel.able[job], key=lambda one: (_apart(spots[one], here), one))[:1]


def _spots(kernel: Kernel, routes: Sequence[Route]) -> list[Spot]:
    """Where each is about: in the middle of where the day begins and the stops."""
    found = []
    for person, route in zip(kernel.board.people, routes, strict=True):
        places = [person.at, *(kernel.job(stop).at for stop in route.stops)]
        norths, easts = zip(*places, strict=True)
        found.append(_spot(kernel, (sum(norths) / len(places), sum(easts) / len(places))))
    return found


def _spot(kernel: Kernel, place: tuple[float, float]) -> Spot:
    north, east = place
    return north, east * cos(radians(kernel.board.people[0].at[0]))


def _apart(one: Spot, other: Spot) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _sharing(kernel: Kernel, people: int) -> list[list[int]]:
    """Technicians in groups of which none can do any order of another's; small groups last."""
    lead = [*range(people)]

    def of(person: int) -> int:
        while lead[person] != person:
            lead[person] = person = lead[lead[person]]
        return person

    for able in kernel.skilled.values():
        first = min(able, default=0)
        for person in able:
            lead[of(person)] = of(first)
    found: dict[int, list[int]] = {}
    for person in range(people):
        found.setdefault(of(person), []).append(person)
    return sorted(found.values(), key=lambda some: (-len(some), some[0]))


def _cut(
    people: Sequence[int], spots: Sequence[Spot], angle: float, most: int
) -> Iterator[list[int]]:
    """People in parts of few enough, cut across the town at an angle, then each part crosswise."""
    if len(people) <= most:
        yield [*people]
        return
    up, right = cos(angle), sin(angle)
    across = sorted(people, key=lambda one: (spots[one][0] * up + spots[one][1] * right, one))
    half = len(people) // 2
    yield from _cut(across[:half], spots, angle + pi / 2, most)
    yield from _cut(across[half:], spots, angle + pi / 2, most)
