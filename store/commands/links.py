"""Orders tied to one another, and orders that a part is split off from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.inputs import TITLE, needed
from store.domain.intents import Command, Done
from store.domain.links import link, unlink
from store.domain.splits import parted, split_off
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

Tie = Callable[..., tuple["WorkOrder", tuple["Fact", ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOrders(Command):
    """Two orders have to do with one another."""

    number: int
    other: int
    version: int | None = None
    """The version of the first that the operator saw; another one refuses as Stale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkOrders(Command):
    """They have not, after all."""

    number: int
    other: int
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOrder(Command):
    """A part of an order becomes an order of its own, for the same customer at the same site."""

    number: int
    text: str
    """What the part is: the title of the new order."""
    version: int | None = None


def link_orders(work: Work, command: LinkOrders) -> Done:
    """Each with its entry."""
    return _both(work, command, link, N_("order {number} is linked to order {other}"))


def unlink_orders(work: Work, command: UnlinkOrders) -> Done:
    """Each without the other."""
    return _both(work, command, unlink, N_("order {number} is linked to order {other} no more"))


def split_order(work: Work, command: SplitOrder) -> Done:
    """The new order with its clocks running, linked to the one that it was a part of."""
    title = needed(command.text, N_("title"), limit=TITLE)
    order = work.order(command.number, command.version)
    rules, by = work.rules(order), work.who.operator
    part, facts = split_off(order, title, rules=rules, at=work.at, by=by)
    made = work.add(part, *facts)
    after, told = parted(order, made.number, rules=rules, at=work.at, by=by)
    work.save(order, after, *told)
    return Done(
        sentence=N_("order {part} split off from order {number}"),
        facts={"number": order.number, "part": made.number},
        numbers=(made.number, order.number),
    )


def _both(work: Work, command: LinkOrders | UnlinkOrders, how: Tie, sentence: str) -> Done:
    work.orders((command.number, command.other))  # locked together, lowest first
    order = work.order(command.number, command.version)
    other = work.order(command.other)
    told = [
        (one, how(one, its.number, rules=work.rules(one), at=work.at, by=work.who.operator))
        for one, its in ((order, other), (other, order))
    ]
    for before, (after, facts) in told:
        work.save(before, after, *facts)
    return Done(
        sentence=sentence,
        facts={"number": order.number, "other": other.number},
        numbers=(order.number, other.number),
    )
