"""What a plan for the whole board would change, and what that comes to, as it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.domain.dispatch.present import Apart, Sent
    from store.domain.dispatch.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a board comes to, in minutes and orders."""

    late: int
    """Orders that are done after their promise, and those that nobody comes to."""
    late_min: float
    """By how much those are late that somebody comes to."""
    weighted_min: float
    """The same, each minute times the weight of its order."""
    travel_min: float
    overload_min: float
    nobody: int
    """Orders that nobody has, or that whoever has them cannot come to in his time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """An order that would go to somebody, or to somebody else."""

    number: int
    loses: int | None
    gains: int
    before: Turn | None
    """When it is come to now; None where nobody comes."""
    after: Turn | None
    ticked: bool
    fits: bool
    """Whether that keeps every rule together with just those that are ticked."""
    reasons: tuple[int, ...] = ()
    """More urgent orders for which it is taken from whoever has accepted it."""
    groundless: bool = False
    """Whether none of these is ticked, though it is."""
    hangs_on: tuple[int, ...] = ()
    """Other orders without which it would not be moved: not possible, or not worth its price."""
    sent: Sent | None = None
    """Of an order that several do together: who has it now and then, and their one start."""

    @property
    def losing(self) -> tuple[int, ...]:
        """All who have it no more."""
        if self.sent is not None:
            return self.sent.losing
        return () if self.loses is None else (self.loses,)

    @property
    def gaining(self) -> tuple[int, ...]:
        """All who have it only then."""
        return (self.gains,) if self.sent is None else self.sent.gaining


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would change, and what that comes to."""

    rows: tuple[Handed, ...]
    before: Sums
    after: Sums
    """With those that are ticked."""
    left: tuple[int, ...]
    """Orders for which there is nobody, then, too."""
    sent: frozenset[int] = frozenset()
    """Those that several are sent to, of what is ticked."""
    apart: tuple[Apart, ...] = ()
    """Those whose whole crew finds no common start."""

    @property
    def keeps_the_rules(self) -> bool:
        """Whether all that is ticked may be done together."""
        return all(row.fits for row in self.rows if row.ticked)
