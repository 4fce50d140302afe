"""Related orders: two that have to do with one another, and neither stands over the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.errors import MoveRefused
from store.domain.lifecycle import STATES
from store.domain.moves_common import Draft
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

LINK: Final = N_("be linked")
UNLINK: Final = N_("be unlinked")

MOST_LINKS: Final = 50
"""So many that a card can still be read."""


class LinkRefused(MoveRefused):
    """Two orders cannot be tied, or set apart."""


class OwnLink(LinkRefused):
    """An order has always to do with itself."""

    sentence = N_("order {number} cannot {move}: name another order")


class LinkedAlready(LinkRefused):
    """Nothing would come of it."""

    sentence = N_("order {number} cannot {move}: it is linked to order {other} already")


class NotLinked(LinkRefused):
    """There is no tie to cut."""

    sentence = N_("order {number} cannot {move}: it is not linked to order {other}")


class LinksFull(LinkRefused):
    """More than a card can show."""

    sentence = N_("order {number} cannot {move}: it is linked to {most} orders already")


def link(
    order: WorkOrder, other: int, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """One side of a tie; no sign of life, since nobody has worked on it."""
    if other == order.number:
        raise refused_link(OwnLink, order, LINK, other=other)
    if other in order.links:
        raise refused_link(LinkedAlready, order, LINK, other=other)
    if len(order.links) >= MOST_LINKS:
        raise refused_link(LinksFull, order, LINK, most=MOST_LINKS)
    links = {*order.links, other}
    return tied(order, links, other, "linked", rules=rules, at=at, by=by)


def unlink(
    order: WorkOrder, other: int, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """One side of a tie that is no more."""
    if other not in order.links:
        raise refused_link(NotLinked, order, UNLINK, other=other)
    links = {*order.links} - {other}
    return tied(order, links, other, "unlinked", rules=rules, at=at, by=by)


def tied(
    order: WorkOrder,
    links: set[int],
    other: int,
    name: str,
    *,
    rules: Rules,
    at: datetime,
    by: int,
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order with these links, and the fact of this name that tells which of them is meant."""
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set["links"] = tuple(sorted(links))
    draft.body |= {"by": by, "linked": other, "other": other}
    return draft.done(name)


def refused_link(
    why: type[LinkRefused], order: WorkOrder, label: str, **facts: object
) -> LinkRefused:
    """The refusal of an order, filled in."""
    return why(number=order.number, move=label, state=STATES[order.state].label, **facts)
