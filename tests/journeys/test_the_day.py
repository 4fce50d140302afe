"""The day of all technicians, gone through with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.domain.lifecycle import Move
from tests.journeys.desk import at_the_console
from tests.journeys.stories import move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_the_day_is_gone_through_by_hours_and_people(records: Records) -> None:
    """Enter opens the job; what is not here is said."""
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        move(records, 5, step)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press("Y")
        await ana.sees("09-20/09-21", "23:00", "01:00", "Li Wei", "S on site", "0/1", "|")
        await ana.sees("Li Wei (L1)", "no skill entered", "#5 Boiler pressure low")
        await ana.press("right")
        await ana.sees("2026-09-21", "00:00", "02:00")
        await ana.press("shift+left")
        await ana.sees("2026-09-20", "00:00")
        await ana.press("Y")
        await ana.sees("23:00")
        await ana.press("d")
        await ana.sees("Enter opens the order; this is to be done there")
        await ana.press("F")
        await ana.sees("this is not done here; Esc leads back")
        await ana.press("enter")
        await ana.sees("Boiler pressure low", "asked ")
        await ana.press("escape")
        await ana.press("down")
        await ana.press("enter")
        await ana.sees("has no job now")
        await ana.press("escape")
        await ana.sees("Lift stuck with people")


async def test_the_day_in_chinese(records: Records) -> None:
    """On a small screen, by its verb."""
    move(records, 1, Move.ASSIGN, technician="L2")
    async with at_the_console(records, size=(80, 24), language="zh_CN") as ana:
        await ana.press(":")
        await ana.types("日程")
        await ana.sees("王芳", "下一张", "#1", "= 已完成")
