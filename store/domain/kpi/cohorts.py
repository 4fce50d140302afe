"""Of which orders, or of what else, a figure of a period is: said in words beside its formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.ways import (
    Acknowledged,
    Aged,
    Answered,
    Balance,
    Counted,
    Fall,
    Heard,
    Kept,
    Late,
    Renewed,
    Restricted,
    Said,
    Together,
    Worked,
)
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.kpi.ways import Way

NOWHERE: Final = N_(
    "Cancelled orders and duplicates count nowhere, neither as opened nor as closed; one that is"
    " cancelled later is taken out of its days, too."
)
BY_CLOSING: Final = N_("closed in the period")
BY_OPENING: Final = N_("opened in the period")
_ELSE: Final[Mapping[type[Way], str]] = {
    Restricted: BY_OPENING,
    Fall: N_("closed in the period, and in the one before"),
    Kept: N_("closed in the period, and open ones that missed it then"),
    Late: N_("still open, missed in the period"),
    Aged: N_("not closed at the end of the period"),
    Balance: N_("opened in the period, and closed in it"),
    Heard: N_("whose survey fell due in the period"),
    Acknowledged: N_("alarms acknowledged in the period"),
    Worked: N_("shifts in the period"),
    Renewed: N_("contracts that ended in the period"),
    Said: N_("what was said in the period"),
    Answered: N_("complaints made in the period"),
    Together: N_("hand-offs, stages and projects of the period"),
}


def of_which(way: Way) -> str:
    """Of what a figure is, where nobody asks for orders by when they were opened."""
    if way == Counted("opened"):
        return BY_OPENING
    return _ELSE.get(type(way), BY_CLOSING)
