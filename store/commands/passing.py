"""A customer or a site that nobody knew, made with the order that names it first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.commands.inputs import needed
from store.commands.places import USUAL_TIER
from store.commands.places import zone as checked_zone
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.callers import Caller
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

_LETTERS = {"customer": "C", "site": "S"}
"""What codes begin with that nobody chose."""


def made_in_passing(
    work: Work, order: WorkOrder, *, site: str, customer: str, caller: Caller, zone: str
) -> WorkOrder:
    """The order at the site and for the customer that were named as new, if any were.

    One that is called exactly so already, be it since a moment ago, is taken instead.
    """
    if site.strip() and order.site is None:
        work.refuse_new_site()
        usual = {"zone": checked_zone(zone), "address": ""}
        order = replace(order, site=_made(work, "site", needed(site, N_("site")), usual))
    if customer.strip() and order.customer is None:
        name = needed(customer, N_("customer"))
        # A number with another name is somebody's who called for the customer.
        usual = {"phone": caller.phone if caller.name in {"", name} else "", "tier": USUAL_TIER}
        order = replace(order, customer=_made(work, "customer", name, usual))
    return order


def _made(work: Work, register: str, name: str, usual: dict[str, str]) -> int:
    known = work.called(register, name)
    if known is not None:
        return known
    code = work.free_code(register, _LETTERS[register])
    return work.settle(register, {"code": code}, {"name": name}, usual)[0]
