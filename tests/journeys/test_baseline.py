"""The baseline at the keyboard: frozen once asked, held against now, and one among several."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.screens.baselines import BaselinesScreen
from store.commands.baselines import FreezeBaseline
from store.commands.heard import RateOrder
from store.domain.lifecycle import Move
from store.queries.packs import ListBaselines
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.queries.packs import BaselineLine
    from store.records import Records

pytestmark = pytest.mark.journey

LATER = MONDAY + timedelta(days=100)
"""Winter, when Monday's work lies in autumn."""
WORDS = {
    "en": ("No baseline is frozen", "which days, all of them over", "counts from then on: freeze?",
           "is frozen", "“before”: 2026-09-01 to 2026-09-30, counts", "from 82 % to 96 %",
           "unlike the baseline's days: season", "does not count", "let it count?", "counts now",
           "no baseline 9", "published case"),
    "zh_CN": ("尚未冻结基准", "哪些日子", "确认冻结？", "已冻结",
              "“before”：2026-09-01 至 2026-09-30，有效", "从 82 % 到 96 %", "与基准不同：季节",
              "未启用", "确认启用？", "现在有效", "没有基准 9", "公开案例"),
}  # fmt: skip


def lines(records: Records) -> tuple[BaselineLine, ...]:
    """All that were frozen, the newest first."""
    return records.ask(ListBaselines(), who=ANA, at=LATER)


def worked(records: Records) -> None:
    """Two orders done and answered for."""
    for number in (1, 2):
        move(records, number, Move.FINISH, insist=True)
        move(records, number, Move.CLOSE)
        do(records, RateOrder(number=number, csat=4))


@pytest.mark.parametrize("language", WORDS)
async def test_one_is_frozen_and_held_against_now(records: Records, language: str) -> None:
    """From the dashboard by a key; it asks first, and says what makes the days unlike."""
    none, days, sure, frozen, heading, claim, unlike, _off, _ask, _on, _no, case = WORDS[language]
    worked(records)
    async with at_the_console(records, language=language, clock=Clock(LATER), size=(80, 24)) as ana:
        await ana.press("ctrl+f")
        await ana.press("f8")
        await ana.sees(none)
        await ana.press("down")
        await ana.sees(claim, case)
        await ana.press("3")
        await ana.types("before")
        await ana.sees(days)
        await ana.press("ctrl+u")
        await ana.types("2026-09")
        await ana.sees(sure)
        assert lines(records) == ()
        await ana.press("enter")
        await ana.sees(frozen)
        await ana.press("ctrl+r")
        await ana.sees(heading)
        await ana.press("1", "1")
        await ana.press("escape", "escape")
        await ana.press("colon")
        await ana.types("baseline 1 2026-12")
        await ana.sees(heading, unlike)
        screen = ana.desk.screen
        assert isinstance(screen, BaselinesScreen)
        (line,) = lines(records)
        assert (line.name, str(line.first), line.zone) == ("before", "2026-09-01", "UTC")


@pytest.mark.parametrize("language", WORDS)
async def test_one_among_several_counts_again(records: Records, language: str) -> None:
    """2 turns to the one before, 4 asks and lets it count; a typed line does the same."""
    words = WORDS[language]
    worked(records)
    monday = {"first": "2026-09-21", "last": "2026-09-21", "zone": "UTC"}
    for name in ("older", "newer"):
        do(records, FreezeBaseline(name=name, **monday), at=LATER - timedelta(days=1))
    async with at_the_console(
        records, language=language, clock=Clock(LATER), size=(150, 40)
    ) as ana:
        await ana.press("colon")
        await ana.types("基准")
        await ana.sees("“newer”", words[5])
        await ana.press("2")
        await ana.sees("“older”", words[7])
        await ana.press("4")
        await ana.sees(words[8])
        assert lines(records)[0].active
        await ana.press("enter")
        await ana.sees(words[9])
        assert [one.active for one in lines(records)] == [False, True]
        await ana.press("colon")
        await ana.types("baseline use 2")
        await ana.sees(words[9])
        assert [one.active for one in lines(records)] == [True, False]
        await ana.press("colon")
        await ana.types("基准 启用 9")
        await ana.sees(words[10])
