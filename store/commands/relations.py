"""What is done to orders among themselves: which function carries each intent out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.families import (
    PutUnder,
    TakeOut,
    TellFamily,
    put_order_under,
    take_order_out,
    tell_family,
)
from store.commands.incidents import (
    DeclareIncident,
    StandDown,
    declare_incident,
    stand_incident_down,
)
from store.commands.links import (
    LinkOrders,
    SplitOrder,
    UnlinkOrders,
    link_orders,
    split_order,
    unlink_orders,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done

RELATIONS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    PutUnder: put_order_under,
    TakeOut: take_order_out,
    TellFamily: tell_family,
    LinkOrders: link_orders,
    UnlinkOrders: unlink_orders,
    SplitOrder: split_order,
    DeclareIncident: declare_incident,
    StandDown: stand_incident_down,
}

__all__ = [
    "RELATIONS",
    "DeclareIncident",
    "LinkOrders",
    "PutUnder",
    "SplitOrder",
    "StandDown",
    "TakeOut",
    "TellFamily",
    "UnlinkOrders",
]
