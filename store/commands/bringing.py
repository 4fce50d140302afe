"""A customer as a file tells of him: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.care import SaveCare, save_care
from store.commands.contracts import DecideRenewal, SaveContract, decide_renewal, save_contract
from store.commands.inputs import line, needed
from store.commands.places import SaveCustomer, save_customer
from store.domain.callers import read_caller
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class BringCustomer(Command):
    """A customer with what hangs on him, made or changed; what is None stays as it is."""

    code: str
    name: str | None = None
    """None for one who is there already."""
    phone: str | None = None
    tier: str | None = None
    level: str | None = None
    tags: tuple[str, ...] | None = None
    asks_for: tuple[str, ...] | None = None
    refuses: tuple[str, ...] | None = None
    people: tuple[str, ...] = ()
    """Who may call for him besides those who are known."""
    care: SaveCare | None = None
    contract: SaveContract | None = None
    renewal: DecideRenewal | None = None


def bring_customer(work: Work, command: BringCustomer) -> Done:
    """The register first, then who calls, who looks after him, and what he is promised."""
    code = needed(command.code, N_("code"))
    name = command.name or work.name_coded("customer", code)
    save = SaveCustomer(
        code=code,
        name=name,
        phone=command.phone,
        tier=command.tier,
        level=command.level,
        tags=command.tags,
        asks_for=command.asks_for,
        refuses=command.refuses,
    )
    done = save_customer(work, save)
    customer = work.customer(code).id
    for person in command.people:
        work.contact(read_caller(line(person, N_("contact"))), customer)
    if command.care is not None:
        save_care(work, command.care)
    if command.contract is not None:
        save_contract(work, command.contract)
    if command.renewal is not None:
        decide_renewal(work, command.renewal)
    return done


BRINGING: Mapping[type[Command], Callable[[Any, Any], Done]] = {BringCustomer: bring_customer}
