"""Customers as actions: everything of the one whose order is at hand, and those kept twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from console.actions_kinds import DESK, ORDERS, Action, Question
from console.actions_moves import NO_ORDER
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def _not_open(situation: Situation) -> str | None:
    return None if situation.ready else N_("the store is not open yet")


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
    Action(
        id="doubles",
        keys=("f17",),
        words="doubles 重复客户",
        label=N_("Doubles"),
        help=N_("customers who may be one and are kept as two; a digit makes one of them"),
        group=DESK,
        why_not=_not_open,
    ),
)

MERGES: Final[Mapping[str, str]] = {
    "1": N_("The second goes into the first"),
    "2": N_("The first goes into the second"),
}
"""What the digits of the list of doubles do."""
_SURE = Question(
    name="sure", label=N_("the code of the one that goes, once more; nothing takes it back")
)


def merge_step(action: Action, key: str, first: str, second: str) -> Action | None:
    """Which of two stays, as an action that asks to be sure; None for another digit."""
    if key not in MERGES:
        return None
    kept, gone = (first, second) if key == "1" else (second, first)

    def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        from store.commands.customer_merges import MergeCustomers

        return MergeCustomers(kept=kept, gone=gone, sure=told["sure"].strip())

    return replace(action, label=MERGES[key], questions=(_SURE,), make=make)
