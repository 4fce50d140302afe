"""What is kept of customers besides their names, as one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.bringing import BRINGING
from store.commands.care import CARE
from store.commands.contracts import CONTRACTS
from store.commands.customer_merges import MERGING
from store.commands.erasing import ERASING
from store.commands.revisits import PlanRevisits, plan_revisits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done

CUSTOMERS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    **CONTRACTS,
    **CARE,
    **BRINGING,
    PlanRevisits: plan_revisits,
}
"""Kept as the registers are."""

ERASE: Mapping[type[Command], Callable[[Any, Any], Done]] = {**ERASING, **MERGING}
"""What only who may change the desk's settings does."""
