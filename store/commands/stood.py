"""What was decided by how technicians stood is done only while they stand so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands.inputs import instant
from store.domain.reach import number_within
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from store.persistence.work import Work

Stamps = tuple[tuple[int, str], ...]
"""How each technician stood, or where each order lay, in a word."""


def stand_so(work: Work, stamps: Stamps, people: Collection[int], *, as_of: datetime) -> bool:
    """Whether everybody stands as he stood when that was read, `people` at least; locked then.

    Comes after the orders, whose rows are locked before those of technicians.
    """
    stood = {number_within(who): stamp for who, stamp in stamps}
    if not set(people) <= stood.keys():
        return False
    return work.stamps(sorted(stood), at=instant(as_of, N_("time"))) == stood


def lie_so(work: Work, places: Stamps, numbers: Collection[int]) -> bool:
    """Whether these orders lie where they lay when that was read; their sites are held then."""
    lay = {number_within(number): place for number, place in places}
    return work.places(numbers) == {n: lay[n] for n in set(numbers) if lay.get(n)}
