"""Orders put under another one and taken out, and one word to all that stand under it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.commands.besides import with_untold
from store.commands.concerned import affected, family_of
from store.commands.contact import needed_paragraph
from store.domain.advance import update_customer
from store.domain.duplicates import told_too
from store.domain.errors import OrderUnknown
from store.domain.families import (
    MOST_CHILDREN,
    PUT_UNDER,
    FamilyFull,
    NobodyAsked,
    NoChildren,
    OwnParent,
    check_family,
    is_over,
    of_parent,
    put_under,
    take_out,
)
from store.domain.intents import Command, Done
from store.domain.lifecycle import STATES, State
from store.domain.words import N_
from store.persistence.families import kin_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.facts import Fact
    from store.domain.families import Kin
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

_TELL: Final = N_("be told to all under it")


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUnder(Command):
    """An order becomes a case of another one, its parent."""

    number: int
    parent: int
    version: int | None = None
    """The version of the child that the operator saw; another one refuses as Stale."""
    parent_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOut(Command):
    """A child stands on its own again."""

    number: int
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellFamily(Command):
    """One notice to the customers of a parent and of its children at the desk.

    Who sees some sites only tells those at his own, and hears of no others. An order of which
    neither customer nor caller is known is left out, and named.
    """

    number: int
    text: str
    version: int | None = None


def put_order_under(work: Work, command: PutUnder) -> Done:
    """Child and parent, each with its entry."""
    work.orders((command.number, command.parent))  # locked together, lowest first
    order = work.order(command.number, command.version)
    parent = work.order(command.parent, command.parent_version)
    by = work.who.operator
    if order.number == parent.number:
        state = STATES[order.state].label
        raise OwnParent(number=order.number, move=PUT_UNDER, state=state)
    after, facts = put_under(order, parent.number, rules=work.rules(order), at=work.at, by=by)
    check_standing(work, order, after, PUT_UNDER)
    if len(work.children_of(parent.number)) >= MOST_CHILDREN:
        state = STATES[order.state].label
        told = {"number": order.number, "move": PUT_UNDER, "state": state}
        raise FamilyFull(**told, parent=parent.number, most=MOST_CHILDREN)
    work.save(order, after, *facts)
    work.save(parent, parent, of_parent("took_in", order.number, by=by))
    return Done(
        sentence=N_("order {number} stands under order {parent}"),
        facts={"number": order.number, "parent": parent.number},
        numbers=(order.number, parent.number),
    )


def take_order_out(work: Work, command: TakeOut) -> Done:
    """The child on its own, and its parent without it."""
    work.orders(work.with_parents((command.number,)))
    order = work.order(command.number, command.version)
    by = work.who.operator
    after, facts = take_out(order, rules=work.rules(order), at=work.at, by=by)
    assert order.parent is not None
    parent = work.order(order.parent)
    work.save(order, after, *facts)
    work.save(parent, parent, of_parent("let_go", order.number, by=by))
    return Done(
        sentence=N_("order {number} stands under order {parent} no more"),
        facts={"number": order.number, "parent": parent.number},
        numbers=(order.number, parent.number),
    )


def tell_family(work: Work, command: TellFamily) -> Done:
    """The promise of the next word to each customer in sight, made again from now.

    That of a major incident is one to all: it is made again with the others, whoever asked for it.
    """
    text = needed_paragraph(command.text)
    work.orders(family_of(work, (command.number,)))  # locked together, lowest first
    parent = work.order(command.number, command.version)
    concerned = _in_sight(work, affected(work, parent.number))
    if not concerned and parent.cadence_s is None:
        state = STATES[parent.state].label
        raise NoChildren(number=parent.number, move=_TELL, state=state)
    told: list[tuple[WorkOrder, WorkOrder, tuple[Fact, ...]]] = []
    untold = [order.number for order in (parent, *concerned) if not _somebody_asked(order)]
    if len(untold) > len(concerned):
        state = STATES[parent.state].label
        raise NobodyAsked(number=parent.number, move=_TELL, state=state)
    for order in (parent, *concerned):
        if order.number in untold and (order is not parent or order.cadence_s is None):
            continue
        rules, by = work.rules(order), work.who.operator
        if order.state is State.DUPLICATE and order is not parent:
            after, facts = told_too(order, text, rules=rules, at=work.at, by=by)
        else:
            after, facts = update_customer(order, rules=rules, at=work.at, by=by, note=text)
        told.append((order, after, facts))
    for order, after, facts in told:
        work.save(order, after, *facts)
    count = len({order.number for order in concerned} - {*untold})
    sentence = _recorded(work, parent=parent.number not in untold, count=count)
    said = {"number": parent.number, "count": count}
    numbers = tuple(order.number for order, _after, _facts in told)
    return with_untold(Done(sentence=sentence, facts=said, numbers=numbers), untold)


def _somebody_asked(order: WorkOrder) -> bool:
    """Whether anybody is known who could be told."""
    return order.customer is not None or order.contact is not None


def _recorded(work: Work, *, parent: bool, count: int) -> str:
    if not count:
        return N_("word to the customer of order {number} is recorded")
    limited = work.who.scope.sites is not None
    if not parent and limited:
        return N_("word to the customers of {count} under order {number} at your sites is recorded")
    if not parent:
        return N_("word to the customers of {count} under order {number} is recorded")
    if limited:
        return N_(
            "word to the customers of order {number} and of {count} under it"
            " at your sites is recorded"
        )
    return N_("word to the customers of order {number} and of {count} under it is recorded")


def _in_sight(work: Work, numbers: list[int]) -> list[WorkOrder]:
    """Those at the asker's sites, even where they came meanwhile."""
    here: list[WorkOrder] = []
    for number in numbers:
        with suppress(OrderUnknown):
            here.append(work.order(number))
    return here


def check_standing(
    work: Work,
    before: WorkOrder,
    after: WorkOrder,
    label: str,
    becoming: Mapping[int, WorkOrder] | None = None,
) -> None:
    """Refuse what would contradict the order's parent or children.

    `becoming` are other orders as they will be, where several change at once.
    """
    coming = becoming or {}
    parent = None
    if after.parent is not None and after.parent != after.number:
        held = coming.get(after.parent) or work.relative(after.parent)
        if held is None:
            raise OrderUnknown(number=after.parent)
        parent = kin_of(held)
    children: tuple[Kin, ...] = ()
    if after.parent is not None or is_over(after.state):
        stored = {kin.number: kin for kin in work.children_of(after.number)}
        stored |= {held.number: kin_of(held) for held in coming.values()}
        children = tuple(kin for kin in stored.values() if kin.parent == after.number)
    seen = work.who.scope
    check_family(before, after, label, parent=parent, children=children, seen=seen)
