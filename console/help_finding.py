"""What the signs of a row mean and what a filter understands, by examples: parts of the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNS: Final[Mapping[str, str]] = {
    "P2!": N_("a loud alarm rings"),
    "P2*": N_("its alarm was acknowledged; the clock runs on"),
    "P2=": N_("its alarm is on the shelf until a time, and rings again then"),
    "P2-": N_("late, and no loud alarm stands: it was late before it came here, or is less urgent"),
    "? Li Wei": N_("proposed by the desk for the order; ?! asks for your decision"),
    "1/2 x +?": N_("so many of a crew are there; x is away when it begins, +? still to be found"),
    "-12m": N_("so late; each such row has ! * = or - beside its priority"),
    "!!": N_("a major incident"),
    "?2 催2": N_("before what is wrong: so often the customer asked where we are"),
    "~": N_("has left the list, and is shown as it is now"),
    "*": N_("before a saved view below the queues: everybody has it"),
    "@ *": N_("before a row: somebody else looks at the order, or writes about it"),
}
"""What stands in a row of the board besides words."""

FILTERS: Final[Mapping[str, str]] = {
    "漏水 lift": N_("words of orders, of their people and places, and of notes; all must be there"),
    '"no power"': N_("these words, one right after the other"),
    "site: customer:": N_("by code, name or a part of it; also tech: asset: tag: kind: level:"),
    "site=HQ": N_(
        "by the whole code or name; behind : a part does where nothing is called just so"
    ),
    "state: p<=2": N_("by state and priority; state:live has not left the desk, state:over has"),
    "due<2h": N_("what the board counts down to: a deadline, the end of a wait, a promised call"),
    "call<1d wake<1h": N_("by time from now, -1d is a day ago; also opened: closed: since:"),
    "auto<1d auto:any": N_("what the desk has sent by itself; without a time, of what is here"),
    "due:fri <tonight": N_(
        "in that evening, on that day; < is before it begins, <= until it ends; = shows the dates"
    ),
    "due<3点 due<3:00": N_(
        "an o'clock is the next one on the clock's face, of what is past (opened) the last one"
    ),
    "crew:2 missing>0": N_("by how many people it takes, and how many of these it lacks"),
    "overdue waiting": N_("what stands in a queue, by its name"),
    "incident": N_("major incidents, and the orders in one"),
    "#1042 #12-15": N_("by number"),
    "or not ( )": N_("between and around all these; words side by side are joined by and"),
    "//": N_("a second / looks at every order there ever was, not only at this list"),
}
"""An example and what it finds, in the order in which they are learned."""
