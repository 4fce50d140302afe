"""A customer or a site that nobody knew, made with the order that names it first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.commands.inputs import needed
from store.commands.places import USUAL_TIER, zone
from store.domain.callers import read_caller
from store.domain.words import N_

if TYPE_CHECKING:
    from store.commands.orders import NewOrder
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

_LETTERS = {"customer": "C", "site": "S"}
"""What codes begin with that nobody chose."""


def made_in_passing(work: Work, order: WorkOrder, command: NewOrder) -> WorkOrder:
    """The order for the customer and at the site that were named as new.

    One that is called exactly so already, be it since a moment ago, is taken instead.
    """
    if command.new_site.strip() and order.site is None:
        work.refuse_new_site()
        name = needed(command.new_site, N_("site"))
        usual = {"zone": zone(command.zone), "address": ""}
        order = replace(order, site=_made(work, "site", name, usual))
    if command.new_customer.strip() and order.customer is None:
        name = needed(command.new_customer, N_("customer"))
        usual = {"phone": _own_number(command, name), "tier": USUAL_TIER}
        order = replace(order, customer=_made(work, "customer", name, usual))
    return order


def _made(work: Work, register: str, name: str, usual: dict[str, str]) -> int:
    known = work.called(register, name)
    if known is not None:
        return known
    code = work.free_code(register, _LETTERS[register])
    return work.settle(register, {"code": code}, {"name": name}, usual)[0]


def _own_number(command: NewOrder, name: str) -> str:
    """The caller's number, unless it is somebody's who called for the customer."""
    caller = read_caller(command.caller)
    return caller.phone if caller.name in {"", name} else ""
