"""What a standstill of the system hid in a played drill, and when its player saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.alarms import QUIET
from store.domain.drill.own import begun
from store.domain.replay import from_epoch_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from store.domain.drill.played import Play, Seen

HIDDEN: Final[Mapping[str, str]] = {
    "due": N_("fell due"),
    "rang": N_("rang"),
    "came": N_("came in"),
}
"""What may have been meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Something that nobody could see when it was."""

    what: str
    """One of `HIDDEN`."""
    number: int
    at: datetime
    """When it fell due, was to ring, or was asked for."""
    seen_at: datetime | None
    """When the player first did something about its order after that; None if he never did."""
    about: str = ""
    """Which clock fell due, or what was to ring."""


def hidden(play: Play) -> tuple[Hidden, ...]:
    """All of it, by time; an alarm that rang for what fell due says it again, and is left out."""
    noted = {one.call: one.at for one in begun(play)}
    found: dict[tuple[int, datetime], Hidden] = {}
    for what in HIDDEN:
        for one, at, over in _of_kind(play, what):
            number = one.number or 0
            if (number, at) not in found:
                seen = [done.at for done in play.decisions() if done.number == number]
                if number in noted:
                    seen.append(noted[number])
                found[number, at] = Hidden(
                    what=what,
                    number=number,
                    at=at,
                    seen_at=min((then for then in seen if then >= over), default=None),
                    about=str(one.body.get("clock" if what == "due" else "kind") or ""),
                )
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.number)))


def _of_kind(play: Play, what: str) -> Iterator[tuple[Seen, datetime, datetime]]:
    """Entries with when it was, and when the system was up again; none of after the end."""
    for one in play.entries:
        at = None if one.number is None or one.at > play.ended else _when(play, one, what)
        for began, over in play.outages:
            if at is not None and began < at <= over <= one.at:
                yield one, at, over


def _when(play: Play, one: Seen, what: str) -> datetime | None:
    """When it was that an entry tells of; None of another kind."""
    due = one.body.get("due_at")
    if what == "came":
        order = play.orders.get(one.number or 0)
        told = one.fact == "created" and one.by in play.crew and order is not None
        return order.opened_at if told and order is not None else None
    loud = one.fact == "rang" and one.body.get("severity") != QUIET
    tells = one.fact == "breached" if what == "due" else loud
    return from_epoch_ms(due) if tells and isinstance(due, int) else None
