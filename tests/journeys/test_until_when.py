"""A time that is typed says before Enter which day it means, and so does what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from store.records import Records

TOMORROW = pytest.mark.parametrize(
    ("language", "tomorrow", "until"),
    [
        ("en", "tomorrow 00:30", "until tomorrow 00:30"),
        ("zh_CN", "明天 00:30", "至明天 00:30"),
    ],
)


@TOMORROW
async def test_a_time_that_is_past_today_is_said_to_be_tomorrow(
    records: Records, language: str, tomorrow: str, until: str
) -> None:
    """It is one o'clock at night, and half past twelve was meant or was a slip."""
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("w")
        await ana.types("parts")
        await ana.writes("0:30")
        await ana.sees(f"= {tomorrow}")
        await ana.press(*["backspace"] * 4)
        await ana.writes("1:30")
        await ana.sees("= 01:30")
        await ana.press(*["backspace"] * 4)
        await ana.writes("0:30")
        await ana.press("enter")
        await ana.sees(until)
        await ana.press("z", "colon")
        await ana.writes("w 1 parts until 0:30")
        await ana.sees(tomorrow)
        await ana.press("enter")
        await ana.sees(until)


@TOMORROW
async def test_an_alarm_and_a_call_say_which_day(
    records: Records, language: str, tomorrow: str, until: str
) -> None:
    """On the shelf, promised, and a set of both orders at once."""
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("S")
        await ana.writes("0:30")
        await ana.sees(f"= {tomorrow}")
        await ana.press("enter")
        await ana.types("part")
        await ana.sees(until)
        await ana.press("h")
        await ana.writes("0:40")
        await ana.sees(f"= {tomorrow.replace('30', '40')}")
        await ana.press("enter", "enter")
        await ana.sees(f"{tomorrow.replace('30', '40')} ")
        await ana.press("colon")
        await ana.types("w 1,2 parts until 0:30")
        await ana.sees(until, "#1, #2")
