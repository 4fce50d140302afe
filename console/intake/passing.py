"""A batch of orders on its way: ready to be told, and what became of it in the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from console.intake.comparing import Doubt
    from console.intake.mapping import Picture
    from console.intake.portions import Portion
    from console.intake.retelling import Batch, Promises
    from console.intake.tally import Tally
    from store.persistence.arrivals import Arrived

    Order = Sequence[Picture]
    """The pictures of one order."""
    Id = tuple[str, str]
    """An order's source and its id there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A batch of orders that can be told."""

    portion: Portion
    here: Mapping[Id, Arrived]
    """Those of them that an earlier import brought."""
    promises: Promises
    rejected: int
    """Rows rejected in reading up to the last of them."""
    batch: Batch
    """Those that are new, and can be brought."""
    outside: Sequence[tuple[Order, str]]
    """Those that the asker may not bring, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of a batch."""

    tally: Tally
    doubts: Sequence[Doubt]
    """Rows that may tell something else of orders that were here before."""
    refused: Sequence[tuple[Order, str]]
    """Orders that cannot be brought, and why."""

    @property
    def refused_rows(self) -> int:
        """The rows that these came from."""
        return sum(len(order) for order, _ in self.refused)
