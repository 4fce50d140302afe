"""What will be missed, told while it can still be helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.orders import NewOrder
from store.domain.lifecycle import Move
from tests.journeys.desk import at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


def overloaded(records: Records) -> None:
    """Li Wei is given more than he can do."""
    for _ in range(4):
        order = NewOrder(title="Lift stuck again", priority=1, site="S1", level="critical")
        number = do(records, order).numbers[0]
        move(records, number, Move.ASSIGN, technician="L1")


async def test_the_forecast_names_who_stands_in_the_way(records: Records) -> None:
    """Enter leads to the order, where something can be done about it."""
    overloaded(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press("F")
        await ana.sees(
            "will miss a promise", "technicians there: 3", "Li Wei has 3 orders before it"
        )
        await ana.press("d")
        await ana.sees("Enter opens the order; this is to be done there")
        await ana.press("end")
        await ana.press("home", "enter")
        await ana.sees("Lift stuck", "asked ")
        await ana.press("escape", "escape")
        await ana.sees_no("will miss a promise")


async def test_it_is_asked_again_when_something_changes(records: Records) -> None:
    """A desk that can do its work misses nothing more."""
    overloaded(records)
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.press(":")
        await ana.types("forecast")
        await ana.sees("will miss a promise")
        for number in (6, 7, 8, 9):
            move(records, number, Move.CANCEL, reason="sold")
        await ana.press("f5")
        await ana.sees_no("Lift stuck again")


async def test_the_forecast_in_chinese(records: Records) -> None:
    """Verb and words."""
    overloaded(records)
    async with at_the_console(records, size=(120, 30), language="zh_CN") as ana:
        await ana.press(":")
        await ana.types("预测")
        await ana.sees("张工单超时", "Li Wei 手上前面还有")
