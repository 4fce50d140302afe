"""Somebody asks that nothing be kept of who he is: his name, his numbers, and words about him."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.errors import BadInput, NameUnknown
from store.domain.intents import Command, Done
from store.domain.words import N_
from store.persistence import erasing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson(Command):
    """A customer who is a person, or one of those who called, is erased; nothing takes that back.

    Orders, visits, times and figures stay, and the journal's chain still verifies.
    """

    customer: Ref | None = None
    contact: int | None = None
    """One who called, by the number that the customer's card shows; else all of the customer."""
    sure: str = ""
    """The customer's code, or the contact's number, written once more: else it is refused."""


def erase_person(work: Work, command: ErasePerson) -> Done:
    """All that names him, in one transaction."""
    if command.contact is not None:
        return _contact(work, command.contact, command.sure)
    if command.customer is None:
        raise BadInput(
            where=N_("customer"), wrong=N_("nothing was given"), right=N_("write something")
        )
    work.hold_promises(alone=True)  # and nobody else counts on him meanwhile
    customer = work.customer(command.customer)
    _check_sure(command.sure, customer.code)
    return _told(customer.code, erasing.erase_customer(work, customer.id))


def _contact(work: Work, contact: int, sure: str) -> Done:
    work.hold_promises(alone=True)
    known = work.entry_values("contact", contact)
    if not known or known["erased_at"] is not None:
        raise NameUnknown(what=N_("contact"), name=contact)
    _check_sure(sure, str(contact))
    return _told(str(contact), erasing.erase_contact(work, contact))


def _check_sure(said: str, code: str) -> None:
    if said != code:
        raise BadInput(
            where=N_("erase"),
            wrong=N_("nothing takes it back"),
            right=N_("write {code} once more to be sure").format(code=code),
        )


def _told(code: str, gone: erasing.Erased) -> Done:
    """How much went, and what nobody can reach from here."""
    facts = {"code": code, "people": gone.people, "orders": gone.orders, "entries": gone.entries}
    return Done(
        sentence=N_(
            "{code} is erased: people {people}, orders {orders}, journal entries {entries};"
            " backups, exports, recordings and files on disk still have what they had"
        ),
        facts=facts,
    )


ERASING: Mapping[type[Command], Callable[[Any, Any], Done]] = {ErasePerson: erase_person}
