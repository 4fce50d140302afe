"""Packs at the console: a quiet line says that one is ready, a key lists them, Enter shows one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.baselines import FreezeBaseline
from store.commands.heard import RateOrder
from store.domain.lifecycle import Move
from store.packing import write_packs
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
EVENING = MONDAY.replace(hour=10)
"""18:00 in Shanghai: work ends."""
DAY = timedelta(days=1)
WORDS = {
    "en": ("summary of the day 2026-09-21 is ready", "2 packs", "summary of the day", "The day",
           "Enter shows it", "packs", "no difference seen"),
    "zh_CN": ("日报 2026-09-21 已写好", "2 份报告", "日报", "当日", "Enter 查看", "报告",
              "未见差异"),
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
async def test_a_summary_is_announced_listed_and_read(records: Records, language: str) -> None:
    """By key and by typed word; Esc leads back to the board each time."""
    records.follow()
    ready, count, kind, day, how, verb, _none = WORDS[language]
    async with at_the_console(records, language=language) as ana:
        ana.clock.at = EVENING
        assert write_packs(records, at=EVENING) == 2
        await ana.sees(ready)
        await ana.press("escape")
        await ana.sees_no(ready)
        await ana.press("f13")
        await ana.sees(count, kind, "2026-09-21", how)
        await ana.press("enter")
        await ana.sees(day, "2026-09-21 18:00")
        await ana.press("end")
        await ana.sees("--all")
        await ana.press("a", "end")
        await ana.sees_no("--all")
        await ana.press("escape")
        await ana.sees(how)
        await ana.press("escape")
        await ana.sees_no(how)
        await ana.press("colon")
        await ana.types(verb)
        await ana.sees(count, how)


@pytest.mark.parametrize("language", WORDS)
async def test_the_dashboard_holds_figures_against_the_baseline(
    records: Records, language: str
) -> None:
    """In a column where there is room; with too few orders no difference is seen."""
    for number in (1, 2):
        move(records, number, Move.FINISH, insist=True)
        move(records, number, Move.CLOSE)
        do(records, RateOrder(number=number, csat=4))
    days = {"first": "2026-09-21", "last": "2026-09-21", "zone": "Asia/Shanghai"}
    do(records, FreezeBaseline(name="Monday", **days), at=MONDAY + DAY)
    async with at_the_console(records, language=language, size=(140, 40)) as ana:
        await ana.press("ctrl+f")
        await ana.sees(WORDS[language][6])
