"""The orders that a player began himself, and what of the drill each of them answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from store.domain.drill.played import Asked, Play
    from store.domain.order import WorkOrder

_ALIKE: Final = 0.5
"""So alike are two titles of one call, written down by two people."""
_NAMED: Final = re.compile(r"#(\d{1,9})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An order that the player began."""

    number: int
    at: datetime
    answers: Asked | None = None
    """What of the drill it answers: what had to be written down."""
    call: int | None = None
    """The drill's own order for the same call."""


def begun(play: Play) -> Iterator[Begun]:
    """In the order of time; what had to be answered is answered by one order at most."""
    made = [one for one in play.decisions() if one.fact == "created" and one.number is not None]
    own = {one.number for one in made}
    answered: set[Asked] = set()
    for one in made:
        order = play.orders.get(one.number or 0)
        if order is None:
            continue
        meant = {int(found) for found in _NAMED.findall(f"{order.title} {order.description}")}
        meant |= {*order.links, order.parent or 0, order.duplicate_of or 0}
        asked = _asked(play, order, one.at, meant, answered)
        if asked is not None:
            answered.add(asked)
        call = None if asked is not None else _call(play, order, meant, own)
        yield Begun(number=order.number, at=one.at, answers=asked, call=call)


def _asked(
    play: Play, order: WorkOrder, at: datetime, meant: set[int], answered: set[Asked]
) -> Asked | None:
    """What was asked about an order that it names, or of the same site or customer."""
    open_now = [one for one in play.asked if one not in answered and one.at <= at <= one.until]
    named = [one for one in open_now if one.number in meant]
    near = [one for one in open_now if _near(order, play.orders.get(one.number))]
    return next(iter([*named, *near]), None)


def _near(one: WorkOrder, other: WorkOrder | None) -> bool:
    if other is None:
        return False
    same_site = one.site is not None and one.site == other.site
    return same_site or (one.customer is not None and one.customer == other.customer)


def _call(play: Play, order: WorkOrder, meant: set[int], own: Collection[int | None]) -> int | None:
    """The drill's order that it names, or that is of the same site and says the same."""
    came = [
        one.number
        for one in play.entries
        if one.fact == "created" and one.number not in own and one.number is not None
    ]
    for number in came:
        other = play.orders.get(number)
        if other is not None and (number in meant or order.number in _tied(other)):
            return number
        if other is not None and _near(order, other) and _alike(order.title, other.title):
            return number
    return None


def _tied(order: WorkOrder) -> set[int]:
    return {*order.links, order.duplicate_of or 0, order.parent or 0}


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _ALIKE
