"""A month of a desk with two customers, of whom one must hear nothing of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.heard import RateOrder
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveCustomer, SaveSite
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.records import open_records
from tests.console.conftest import AT

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

HOSTILE = "<script>alert(1)</script> | *x* [y](http://z)"
WHO = Who(operator=2, via="test")


def two_customers(folder: Path) -> str:
    """Two customers, each with an order that is open and late, and one that was done."""
    url = f"sqlite:///{folder / 'desk.db'}"
    records = open_records(url, feed=False)
    for command in (
        SaveSite(code="S1", name="宏远大厦", zone="Asia/Shanghai"),
        SaveCustomer(code="C1", name="Acme"),
        SaveCustomer(code="C2", name="Secret Hotel"),
        SaveTechnician(code="T1", name="李强"),
    ):
        records.do(command, who=WHO, at=AT.replace(day=1))
    for day, customer, title in (
        (3, "C1", HOSTILE),
        (4, "C2", "secret boiler"),
        (5, "C1", "pump"),
        (6, "C2", "secret lift"),
    ):
        at = AT.replace(day=day)
        order = NewOrder(title=title, site="S1", customer=customer, priority=1, kind="lift")
        number = records.do(order, who=WHO, at=at).numbers[0]
        if day > 4:
            done(records, number, at)
    records.close()
    return url


def done(records: Any, number: int, at: datetime) -> None:
    """Through to the answer."""
    told: dict[str, Any] = {"technician": "T1"}
    for move in (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE):
        records.do(MoveOrder(number=number, move=move, **told), who=WHO, at=at)
        told = {}
    records.do(RateOrder(number=number, csat=number, nps=9), who=WHO, at=at)
