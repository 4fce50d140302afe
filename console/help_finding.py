"""What a filter understands, by examples: a part of the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

FILTERS: Final[Mapping[str, str]] = {
    "漏水 lift": N_("words of orders, of their people and places, and of notes; all must be there"),
    '"no power"': N_("these words, one right after the other"),
    "site: customer:": N_("by code, name or a part of it; also tech: asset: tag: kind: level:"),
    "state: p<=2": N_("by state and priority; state:live has not left the desk, state:over has"),
    "due<2h call<1d": N_("by time from now, -1d is a day ago; also opened: closed: since: wake:"),
    "overdue waiting": N_("what stands in a queue, by its name"),
    "#1042 #12-15": N_("by number"),
    "or not ( )": N_("between and around all these; words side by side are joined by and"),
    "//": N_("a second / looks at every order there ever was, not only at this list"),
}
"""An example and what it finds, in the order in which they are learned."""
