"""What the keys of a list may do while one of its orders is lifted: the move goes first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.screens.telling import Telling
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Situation
    from store.queries.days import Bar

_LIFTED: Final = N_(
    "an order is lifted: this is done once Enter has put it there or Esc has put it down"
)
_TAKE_BACK: Final = frozenset({"undo", "redo", "take_back"})
"""Keys that act at once, on orders that are not before the operator; letters of a name, too."""


class Lifting(Telling):
    """A list whose orders can be lifted."""

    lifted: Bar | None = None
    """The order that is being moved."""

    def situation(self) -> Situation:
        """Nothing is taken back under a move, and Enter opens no order."""
        found = super().situation()
        if self.lifted is None:
            return found
        return replace(found, lacks=dict.fromkeys({*found.lacks, *_TAKE_BACK}, _LIFTED))
