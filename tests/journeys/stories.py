"""A small desk to tell stories about: two sites, three technicians, five orders."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scheduler.runner import fire_due
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveCustomer, SaveSite
from store.domain.lifecycle import Move
from store.records import open_records
from tests.journeys.desk import ANA, MONDAY

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command, Done
    from store.records import Records

LONG_AGO = MONDAY - timedelta(days=3)


def small_desk(url: str, *, feed: bool = False) -> Records:
    """A store with people, places and orders 1 to 5, all new but the last."""
    records = open_records(url, feed=feed, zone="Asia/Shanghai")
    for command in _people():
        do(records, command, at=LONG_AGO)
    for minutes, order in _orders():
        do(records, order, at=MONDAY - timedelta(minutes=minutes))
    move(records, 5, Move.ASSIGN, technician="L1")
    fire_due(records, at=MONDAY)
    return records


def do(records: Records, command: Command, *, at: datetime = MONDAY) -> Done:
    """Carry a command out in Ana's name."""
    return records.do(command, who=ANA, at=at)


def move(records: Records, number: int, step: Move, **told: Any) -> Done:
    """One step of an order, told without its version."""
    return do(records, MoveOrder(number=number, move=step, **told))


def _people() -> list[Command]:
    return [
        SaveSite(code="S1", name="望江花园", zone="Asia/Shanghai"),
        SaveSite(code="S2", name="North Mill", zone="Asia/Shanghai"),
        SaveCustomer(code="C1", name="Golden Lake Ltd"),
        SaveTechnician(code="L1", name="Li Wei"),
        SaveTechnician(code="L2", name="王芳"),
        SaveTechnician(code="L3", name="Zhao Min"),
    ]


def _orders() -> list[tuple[int, Command]]:
    asked = (
        (50, "Lift stuck with people", 1, "S1"),
        (20, "三号楼水泵漏水", 2, "S2"),
        (10, "Lamp out in hall B", 3, "S2"),
        (5, "Door closes too hard", 4, "S1"),
        (2, "Boiler pressure low", 2, "S2"),
    )
    return [
        (ago, NewOrder(title=title, priority=priority, site=site, customer="C1", level="critical"))
        for ago, title, priority, site in asked
    ]
