"""The list of all alarms while it is worked through: the worst comes up, and no row jumps."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.runner import fire_due
from store.commands import MoveOrder, NewOrder
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do
from tests.journeys.test_alarms import LANGUAGES

if TYPE_CHECKING:
    from store.records import Records
    from tests.journeys.desk import Operator

FIRST = MONDAY + timedelta(minutes=16)


async def a_list_in_use(ana: Operator, records: Records) -> str:
    """Five alarms, and her hands at the last; what stands under the cursor."""
    for place in range(4):
        do(records, NewOrder(title=f"flat {place}", priority=2, site="S2"), at=MONDAY)
    fire_due(records, at=FIRST)
    await ana.passes(minutes=17)
    await ana.press("A")
    await ana.sees("flat 3")
    await ana.press("G")
    return await ana.chosen()


def worse_rings(records: Records) -> None:
    """Somebody is stuck, and nobody goes."""
    at = MONDAY - timedelta(hours=2)
    do(records, NewOrder(title="people in the lift", priority=1, site="S1"), at=at)
    fire_due(records, at=FIRST + timedelta(minutes=1))


@LANGUAGES
async def test_what_is_worse_is_told_at_once_and_comes_up_at_rest(
    records: Records, language: str
) -> None:
    """While she moves it waits and is counted; three seconds later it is on top, she on her row."""
    told = {"en": "1 worse above", "zh_CN": "上方另有 1 条更严重"}[language]
    async with at_the_console(records, language=language) as ana:
        row = await a_list_in_use(ana, records)
        worse_rings(records)
        await ana.press("f5")
        await ana.sees(told)
        await ana.sees_no("people in the lift")
        assert await ana.chosen() == row
        await ana.passes(seconds=3)
        await ana.sees("people in the lift")
        await ana.sees_no(told)
        assert (await ana.chosen()).split() == row.split()
        shown = "\n".join(ana.screen())
        assert shown.index("people in the lift") < shown.index("flat 0")


async def test_a_point_lets_in_what_waits(records: Records) -> None:
    """As on the board."""
    async with at_the_console(records) as ana:
        await a_list_in_use(ana, records)
        worse_rings(records)
        await ana.press("f5")
        await ana.sees("1 worse above - press . to show")
        await ana.press(".")
        await ana.sees("people in the lift")


async def test_an_alarm_that_is_gone_stays_under_the_cursor(records: Records) -> None:
    """A key must not hit the one that would slip into its place."""
    async with at_the_console(records) as ana:
        row = await a_list_in_use(ana, records)
        number = next(int(word) for word in row.split() if word.isdecimal())
        do(records, MoveOrder(number=number, move=Move.CANCEL, reason="by mistake"), at=FIRST)
        await ana.press("f5")
        await ana.sees("1 not here any more")
        await ana.passes(seconds=10)
        await ana.press("a")
        await ana.sees("this alarm is no more")
