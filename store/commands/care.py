"""How a customer is looked after: who leads his team, who speaks for him, when he wants us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.inputs import CODE, line
from store.domain.callers import read_caller
from store.domain.errors import BadInput, NameUnknown
from store.domain.intents import Command, Done
from store.domain.visiting import read_hours
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCare(Command):
    """How a customer is looked after; what is None stays, an empty text means nobody or nothing."""

    customer: Ref
    lead: str | None = None
    """An operator or a technician by code or name, who leads the service team."""
    representative: str | None = None
    """Who speaks for the customer, as a caller is written: a name, a number, or both."""
    hours: str | None = None
    """When somebody is to come, by the clock of the site: see `read_hours`."""
    call_ahead: bool | None = None
    tags: tuple[str, ...] | None = None
    """These and no others: words of the house's own, which nothing is made of."""


_USUAL: Mapping[str, Any] = {
    "lead_operator_id": None,
    "lead_technician_id": None,
    "contact_id": None,
    "from_s": None,
    "to_s": None,
    "call_ahead": False,
}


def save_care(work: Work, command: SaveCare) -> Done:
    """The lead is one of ours, the representative one of theirs."""
    customer = work.customer(command.customer)
    values: dict[str, Any] = {}
    if command.lead is not None:
        values |= _lead(work, line(command.lead, N_("lead")))
    if command.representative is not None:
        values["contact_id"] = _speaks(work, command.representative, customer.id)
    if command.hours is not None:
        hours = read_hours(line(command.hours, N_("time of day")))
        values |= {"from_s": hours.from_s, "to_s": hours.to_s}
    if command.call_ahead is not None:
        values["call_ahead"] = command.call_ahead
    key, usual = {"customer_id": customer.id}, {**_USUAL, **values}
    if values and (usual != _USUAL or work.entry_by("customer_care", key) is not None):
        work.settle("customer_care", key, values, usual)
    if command.tags is not None:
        tags = [line(tag, N_("tag"), limit=CODE) for tag in command.tags]
        work.tag_customer(customer.id, filter(None, tags))
    return Done(sentence=N_("customer {code} changed"), facts={"code": customer.code})


def _speaks(work: Work, written: str, customer: int) -> int | None:
    caller = read_caller(line(written, N_("representative")))
    speaks = work.contact(caller, customer)
    if speaks is None and (caller.name or caller.phone):
        raise BadInput(
            where=N_("representative"),
            wrong=N_("that is the customer himself"),
            right=N_("name a person of his"),
        )
    return speaks


def _lead(work: Work, ref: str) -> dict[str, int | None]:
    """An operator before a technician of the same name; a code is one person's anyway."""
    nobody: dict[str, int | None] = {"lead_operator_id": None, "lead_technician_id": None}
    if not ref:
        return nobody
    try:
        return nobody | {"lead_operator_id": work.operator(ref).id}
    except NameUnknown:
        pass
    try:
        return nobody | {"lead_technician_id": work.technician(ref).id}
    except NameUnknown:
        raise NameUnknown(what=N_("operator or technician"), name=ref) from None


CARE: Mapping[type[Command], Callable[[Any, Any], Done]] = {SaveCare: save_care}
