"""What the desk does about an order besides moving it: notes, news to the customer, following."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.concerned import affected
from store.commands.inputs import needed, paragraph
from store.domain.advance import chase, follow, note, unfollow, update_customer
from store.domain.duplicates import told_too
from store.domain.intents import Command, Done
from store.domain.lifecycle import State
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOrder(Command):
    """Write something down about an order, whatever its state."""

    number: int
    text: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCustomer(Command):
    """The customer was told; the next-update clock starts again."""

    number: int
    text: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseOrder(Command):
    """The customer asks where we are (催单): counted, and the order stands further up."""

    number: int
    text: str = ""
    insist: bool = False
    """Also what is finished."""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowOrder(Command):
    """The asker says “I follow this”, so that it is no orphan."""

    number: int
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfollowOrder(Command):
    """Nobody at the desk follows it any more."""

    number: int
    version: int | None = None


def note_order(work: Work, command: NoteOrder) -> Done:
    """The note in the journal."""
    text = needed_paragraph(command.text)
    order = work.order(command.number, command.version)
    told = note(order, text, rules=work.rules(order), at=work.at, by=work.who.operator)
    return _kept(work, order, told, N_("noted on order {number}"))


def tell_customer(work: Work, command: UpdateCustomer) -> Done:
    """The promise of the next word, made again from now."""
    text = paragraph(command.text, N_("note"))
    order = work.order(command.number, command.version)
    if order.state is State.DUPLICATE:
        rules, by = work.rules(order), work.who.operator
        told = told_too(order, text, rules=rules, at=work.at, by=by)
        return _kept(work, order, told, N_("customer of order {number} told"))
    alone = order.cadence_s is not None and bool(affected(work, order.number))
    told = update_customer(
        order, rules=work.rules(order), at=work.at, by=work.who.operator, note=text, alone=alone
    )
    return _kept(work, order, told, N_("customer of order {number} told"))


def chase_order(work: Work, command: ChaseOrder) -> Done:
    """The order with one more chase; of a duplicate, the one that goes on."""
    text = paragraph(command.text, N_("note"))
    root = work.root_of(command.number)
    work.orders((command.number, root))  # locked together, lowest first
    asked = work.order(command.number, command.version)
    order = work.order(root) if asked.state is State.DUPLICATE else asked
    rules, by = work.rules(order), work.who.operator
    after, facts = chase(
        order,
        rules=rules,
        at=work.at,
        by=by,
        note=text,
        asked=command.number,
        insist=command.insist,
    )
    work.save(order, after, *facts)
    return Done(
        sentence=N_("order {number} was chased: {chased}"),
        facts={"number": order.number, "chased": after.chased},
        numbers=(order.number,),
    )


def follow_order(work: Work, command: FollowOrder) -> Done:
    """The order followed by the asker."""
    order = work.order(command.number, command.version)
    told = follow(order, rules=work.rules(order), at=work.at, by=work.who.operator)
    return _kept(work, order, told, N_("you follow order {number}"))


def unfollow_order(work: Work, command: UnfollowOrder) -> Done:
    """The order followed by nobody at the desk."""
    order = work.order(command.number, command.version)
    told = unfollow(order, rules=work.rules(order), at=work.at, by=work.who.operator)
    return _kept(work, order, told, N_("nobody at the desk follows order {number} now"))


def needed_paragraph(text: str) -> str:
    """The text, refused when nothing of it can be seen."""
    cleaned = paragraph(text, N_("note"))
    return cleaned or needed("", N_("note"))


def _kept(
    work: Work, order: WorkOrder, told: tuple[WorkOrder, tuple[Fact, ...]], sentence: str
) -> Done:
    after, facts = told
    if facts:
        work.save(order, after, *facts)
    return Done(sentence=sentence, facts={"number": order.number}, numbers=(order.number,))
