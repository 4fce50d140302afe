"""What the drill tells its player: said in toasts, and kept for the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from console.i18n import _
from store.domain.drill.marks import ANSWERS
from store.domain.drill.played import Asked
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

TOLD: Final[Mapping[str, str]] = {
    "storm": N_("A storm: {calls} urgent calls are coming in"),
    "ill": N_("{who} falls ill: others must take over"),
    "overrun": N_("#{number} takes longer than thought: tell the customer"),
    "claim": N_("The customer of #{number} claims a change: write it down and say so"),
    "department": N_("#{number}: ask {who}; they call back, write down what they say"),
    "reply": N_(
        "#{number}: {who} calls back: yes, but one of theirs must be there; write that down"
    ),
    "no_access": N_("#{number}: nobody opens; tell the customer"),
    "return": N_("#{number} is back: the fault was not mended"),
    "down": N_("The system is down for {seconds} s: nothing can be written"),
    "call": N_("Phone: {who}; note it by hand"),
    "up": N_("The system is up again: what came meanwhile is being entered"),
}
"""What each news says, by what happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that has gone wrong, or is over."""

    what: str
    at: datetime
    number: int | None = None
    who: str = ""
    calls: int = 0
    seconds: int = 0
    until: datetime | None = None
    """Until when it is to be answered."""

    def said(self) -> str:
        """In the language that is spoken now."""
        return _(TOLD[self.what]).format(
            number=self.number, who=self.who, calls=self.calls, seconds=self.seconds
        )

    def asked(self) -> Asked | None:
        """What the desk owes for it; None where that is nothing."""
        if self.what not in ANSWERS or self.number is None or self.until is None:
            return None
        return Asked(what=self.what, number=self.number, at=self.at, until=self.until)

    def plain(self) -> dict[str, Any]:
        """As one process tells it another."""
        return {
            "what": self.what,
            "at": self.at.isoformat(),
            "number": self.number,
            "who": self.who,
            "calls": self.calls,
            "seconds": self.seconds,
            "until": self.until.isoformat() if self.until else None,
        }


def read_news(told: Mapping[str, Any]) -> News:
    """What `plain` told."""
    until = told["until"]
    return News(
        what=told["what"],
        at=datetime.fromisoformat(told["at"]),
        number=told["number"],
        who=told["who"],
        calls=told["calls"],
        seconds=told["seconds"],
        until=datetime.fromisoformat(until) if until else None,
    )
