"""Orders of alike words that the radar has told of, and whether others are the same; pure.

A cluster is known by its orders, never by its words: with each order that comes others of them may
be those that come together most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Collection

_ONE: Final = 0.5
"""Two clusters that share more than so much of the smaller are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One that was told of, or is."""

    site: int
    what: str
    """The digest of the words that it was found by first."""
    orders: frozenset[int]

    @classmethod
    def of(cls, told: Any) -> Self:
        """What a proposal, or a row of one, is of."""
        return cls(site=told.site, what=told.what, orders=frozenset(told.orders))

    def is_mostly(self, site: int, orders: Collection[int]) -> bool:
        """Whether orders at a site are the same trouble."""
        return site == self.site and is_part(set(orders), self.orders)


def is_part(one: Collection[int], other: Collection[int]) -> bool:
    """Whether they share most of the smaller."""
    return len({*one} & {*other}) > _ONE * min(len(one), len(other))
