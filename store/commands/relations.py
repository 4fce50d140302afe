"""What orders have to do with one another, and their files: which function does each intent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.attachments import AttachFile, DetachFile, attach_file, detach_file
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
from store.commands.notices import GiveNotice, give_notice

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
    GiveNotice: give_notice,
    AttachFile: attach_file,
    DetachFile: detach_file,
}

__all__ = [
    "RELATIONS",
    "AttachFile",
    "DeclareIncident",
    "DetachFile",
    "LinkOrders",
    "PutUnder",
    "SplitOrder",
    "StandDown",
    "TakeOut",
    "TellFamily",
    "UnlinkOrders",
]
