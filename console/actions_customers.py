"""Customers as actions: everything of the one whose order is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import ORDERS, Action
from console.actions_moves import NO_ORDER
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Situation


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


CUSTOMER_ACTIONS: tuple[Action, ...] = (
    Action(
        id="customer",
        keys=("f9",),
        words="customer 客户",
        label=N_("Customer"),
        help=N_(
            "everything of the order's customer: contacts, contracts, service team, wishes, open"
            " orders, visits, promises"
        ),
        group=ORDERS,
        why_not=_needs_order,
        about_order=True,
    ),
)
