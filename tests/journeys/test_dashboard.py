"""The desk's figures at the keyboard: what they are of, what they say, and exactly their rows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.screens.behind import BehindScreen
from store.commands.heard import RateOrder
from store.domain.lifecycle import Move
from store.queries.kpi import KpiRows
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console, crosswise
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

TODAY = MONDAY.date()
WORDS = {
    "en": ("Dashboard", "opened", "the last 30 days", "of these {n}", "closed in the period",
           "what the figure says", "kind lift", "counted from orders", "no site", "this one"),
    "zh_CN": ("仪表盘", "报修", "最近 30 天", "共 {n} 条明细", "期间内关闭", "指标说明",
              "类型 lift", "按工单逐条统计", "没有名为", "共 1 条明细"),
}  # fmt: skip


def behind(records: Records, name: str, **more: str) -> tuple[int, ...]:
    """The orders of a figure of the last 30 days, as the store has them."""
    query = KpiRows(name=name, first=TODAY - timedelta(days=29), last=TODAY, zone="UTC", **more)  # type: ignore[arg-type]
    return records.ask(query, who=ANA, at=MONDAY)


@crosswise(large=(200, 50))
async def test_enter_lists_exactly_the_orders_of_a_figure(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """From the figure to its orders, and on to one of them, by Enter alone."""
    words = WORDS[language]
    move(records, 1, Move.FINISH, insist=True)
    do(records, RateOrder(number=1, csat=5))
    wanted = behind(records, "orders_opened")
    assert len(wanted) > 1
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.press("ctrl+f")
        await ana.sees(words[1], words[2])
        await ana.press("enter")
        await ana.sees(words[3].format(n=len(wanted)), f"{wanted[0]} ", f"{wanted[-1]} ")
        screen = ana.desk.screen
        assert isinstance(screen, BehindScreen)
        assert screen._numbers == wanted
        await ana.press("end", "enter")
        await ana.sees(f"#{wanted[-1]}")
        await ana.press("escape", "escape", "escape")
        await ana.press("colon")
        await ana.writes("仪表盘 30d kind:lift")
        await ana.press("enter")
        await ana.sees(words[6], words[7])
        await ana.press("0")
        await ana.sees("orders_opened", "opened_at")


async def test_a_month_of_the_plot_lists_its_own_rows(records: Records) -> None:
    """Left goes from the period to its last month; both are told by name."""
    later = MONDAY + timedelta(days=40)
    async with at_the_console(records, clock=Clock(later)) as ana:
        await ana.press("ctrl+f")
        await ana.sees("2026-09", "2026-10")
        await ana.press("left")
        await ana.sees("opened 2026-10 0")
        await ana.press("enter")
        await ana.sees("The figure is of nothing")
        await ana.press("escape", "7")
        await ana.sees("opened 2026-09 ")
        await ana.press("enter")
        await ana.sees("2026-09-01 to 2026-09-30")
        screen = ana.desk.screen
        assert isinstance(screen, BehindScreen)
        assert screen._numbers == behind(records, "orders_opened")


async def test_what_is_named_and_not_there_changes_nothing(records: Records) -> None:
    """The figures stay those that were there; the digits change what they are of."""
    async with at_the_console(records) as ana:
        await ana.press("ctrl+f")
        await ana.sees("the last 30 days")
        await ana.press("2")
        await ana.writes("NOPE")
        await ana.press("enter")
        await ana.sees("NOPE", "the last 30 days")
        await ana.press("1")
        await ana.sees("the last 7 days")
        await ana.press("6")
        await ana.sees("orders opened in it", "counted from orders")
        await ana.press("9")
        await ana.sees("the last 7 days")
        await ana.press("ctrl+f")
        await ana.sees("Lift stuck")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_part_of_a_name_is_enough(records: Records, language: str) -> None:
    """Where it means one alone, Enter takes that, as it stands offered."""
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.press("ctrl+f")
        await ana.sees(WORDS[language][1])
        await ana.press("2")
        await ana.writes("mill")
        await ana.press("enter")
        await ana.sees("S2")
        await ana.sees_no(WORDS[language][8])
