"""What is said of who should go to an order: those who may, the best first, and why not others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.fits import Placed
    from store.domain.dispatch.helps import Help
    from store.domain.dispatch.rules import Barred, Rule
    from store.domain.dispatch.score import Score

TOLD: Final = 5
"""How many are recommended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Somebody who may go."""

    worker: int
    placed: Placed
    score: Score
    margin: float | None
    """Minutes that are left when the work is done; negative is late, None without a promise."""
    later: bool
    """Whether he comes to it only in a shift that has not begun."""
    parts: int = 1
    """Over how many shifts it goes."""
    begins: float | None = None
    """The start that it must be given to come there; None where it does so in its turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The best first, and what keeps the others."""

    offers: tuple[Offer, ...]
    """At most `TOLD`."""
    able: int
    """How many may go."""
    barred: Mapping[int, tuple[Barred, ...]]
    """What keeps each of the others, by technician; every rule that does so whatever he has."""
    helps: tuple[Help, ...] = ()
    """Where nobody may go: whom one rule alone keeps from it, the easiest to help first; where all
    of them are late: who would be in time with overtime."""

    def counted(self) -> dict[Rule, int]:
        """How many are out by which rule, each counted by the first."""
        found: dict[Rule, int] = {}
        for rules in self.barred.values():
            found[rules[0].rule] = found.get(rules[0].rule, 0) + 1
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
