"""What is kept of customers besides their names, as one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.care import CARE
from store.commands.contracts import CONTRACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done

CUSTOMERS: Mapping[type[Command], Callable[[Any, Any], Done]] = {**CONTRACTS, **CARE}
