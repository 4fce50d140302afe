"""A call comes at two in the night: nobody promises by working hours without knowing it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import SaveLevel
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console, crosswise

if TYPE_CHECKING:
    from store.records import Records

NIGHT = MONDAY + timedelta(hours=17)
"""02:00 in Shanghai, whose office opens at 01:00 of this terminal's clock."""
SAID = {
    "en": ("! clocks start at 09-22 01:00, working hours", "runs round the clock", "resp "),
    "zh_CN": ("！09-22 01:00 起计时（工作时间）", "全天候计时", "响应 "),
}


@crosswise()
async def test_the_form_says_when_the_clocks_start(
    records: Records, size: tuple[int, int], language: str
) -> None:
    """Before it is saved; and that they run at once where the level is so."""
    starts, always, respond = SAID[language]
    async with at_the_console(records, size=size, language=language, clock=Clock(NIGHT)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.sees(starts, respond)
        assert starts in "\n".join(ana.screen()), "whole, on one line"
        await ana.press("escape")
        level = SaveLevel(code="standard", name="Standard", calendar="24x7")
        records.do(level, who=ANA, at=NIGHT)
        await ana.press("n", "enter")
        await ana.sees(always, respond)
        await ana.sees_no(starts)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_what_came_of_it_and_the_card_say_so_too(records: Records, language: str) -> None:
    """A typed line shows no deadlines before Enter; the card goes on to say it."""
    starts, _always, _respond = SAID[language]
    clock = Clock(NIGHT)
    async with at_the_console(records, size=(80, 24), language=language, clock=clock) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("n People trapped !1")
        await ana.sees(
            starts.removeprefix("! ").removeprefix("！").partition("09-22")[0].removesuffix("at ")
        )
        await ana.press("v")
        await ana.sees("People trapped", starts)
        await ana.press("escape")
        await ana.passes(hours=7, minutes=30)
        await ana.press("v")
        await ana.sees("People trapped", "working hours" if language == "en" else "工作时间")
        await ana.sees_no(starts)


WRITTEN = {
    "en": (
        "order 6 written down; clocks start tomorrow 01:00",
        "it is in 2 unassigned; clocks start tomorrow",
    ),
    "zh_CN": ("工单 6 已登记；明天 01:00 起计时", "在 2 待派单；明天 01:00 起计时"),
}


@pytest.mark.parametrize("language", WRITTEN)
async def test_the_form_says_when_clocks_start_after_it_was_saved_too(
    records: Records, language: str
) -> None:
    """Also from a queue that a new order is not in: nobody promises by a clock that stands."""
    here, elsewhere = WRITTEN[language]
    clock = Clock(NIGHT)
    async with at_the_console(records, size=(80, 24), language=language, clock=clock) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.writes("No light")
        await ana.press("ctrl+s")
        await ana.sees(here)
        await ana.press("3", "colon")
        await ana.types("n No heat")
        await ana.sees(elsewhere)


async def test_clocks_that_have_begun_go_on(records: Records) -> None:
    """What began in the evening stands still over the night."""
    clock = Clock(MONDAY + timedelta(hours=8, minutes=50))
    async with at_the_console(records, clock=clock) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("n People trapped !1")
        await ana.sees("written down")
        await ana.passes(hours=8)
        await ana.press("v")
        await ana.sees("! clocks go on at 09-22 01:00, working hours")
