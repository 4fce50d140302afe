"""Every intent of an operator: which function carries it out, and which right it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from store.commands.alarms import Acknowledge, acknowledge
from store.commands.moves import MoveOrder, move_order
from store.commands.orders import (
    EditOrder,
    NewOrder,
    SetPriority,
    edit_order,
    new_order,
    set_priority,
)
from store.domain.intents import Command, Done
from store.domain.who import Right

Handler = Callable[[Any, Any], Done]
"""(work, command) to what was done."""

HANDLERS: Mapping[type[Command], Handler] = {
    NewOrder: new_order,
    EditOrder: edit_order,
    SetPriority: set_priority,
    MoveOrder: move_order,
    Acknowledge: acknowledge,
}

RIGHTS: Mapping[type[Command], Right] = dict.fromkeys(HANDLERS, Right.DISPATCH)
