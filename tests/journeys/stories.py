"""A small desk to tell stories about: two sites, three technicians, five orders."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scheduler.automatic import dispatch_waiting
from scheduler.runner import fire_due
from store.commands.automatic import SetAutomatic
from store.commands.exceptions import SetExceptionLimit
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveAbsence, SaveTechnician
from store.commands.places import SaveCustomer, SaveSite
from store.commands.undo import Undo
from store.domain.lifecycle import Move
from store.records import open_records
from tests.journeys.desk import ANA, MONDAY

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command, Done
    from store.records import Records

LIVES: dict[str, tuple[Move, ...]] = {
    "accepted": (Move.ASSIGN, Move.ACCEPT),
    "going": (Move.ASSIGN, Move.ACCEPT, Move.DEPART),
    "there": (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE),
    "waiting": (Move.ASSIGN, Move.ACCEPT, Move.WAIT),
    "done": (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH),
}
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


def lived(records: Records) -> None:
    """One order more in each state of its life."""
    for title, steps in LIVES.items():
        asked = NewOrder(title=title, priority=3, site="S1", customer="C1")
        number = do(records, asked, at=MONDAY).numbers[0]
        for step in steps:
            told: dict[str, Any] = {"technician": "L1"} if step is Move.ASSIGN else {}
            if step is Move.WAIT:
                told = {"reason": "parts", "wake_at": MONDAY + timedelta(hours=3)}
            move(records, number, step, **told)
    move(records, 4, Move.ASSIGN, technician="L3")
    do(records, Undo())  # so that he is recalled
    do(records, SetAutomatic(mode="propose"))
    do(records, SetExceptionLimit(kind="price", operator=2))
    while dispatch_waiting(records, at=MONDAY).more:
        pass
    began, ends = MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=9)
    do(records, SaveAbsence(technician="L3", starts_at=began, ends_at=ends))  # he may be back


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
