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
        ("en", "tomorrow 09-22 00:30", "until tomorrow 00:30"),
        ("zh_CN", "明天 09-22 00:30", "至明天 00:30"),
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
        await ana.sees("= 09-21 01:30")
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
        await ana.sees(f"{until.split('至')[-1].removeprefix('until ').replace('30', '40')} ")
        await ana.press("colon")
        await ana.types("w 1,2 parts until 0:30")
        await ana.sees(until, "#1, #2")


@pytest.mark.parametrize(
    ("language", "typed", "offered", "said"),
    [
        ("en", "w 1 parts until noo", "noon 09-21 12:00", "until 09-21 12:00"),
        ("en", "w 1 parts until tom", "tomorrow 9:00 tomorrow 09-22 09:00", "tomorrow 09-22 09:00"),
        ("zh_CN", "等 1 配件 到 中", "中午 09-21 12:00", "等待到 09-21 12:00"),
    ],
)
async def test_a_time_in_words_is_completed_and_said_with_its_date(
    records: Records, language: str, typed: str, offered: str, said: str
) -> None:
    """What Tab would write stands there with what it comes to, and so does what was written."""
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes(typed)
        await ana.sees(offered)
        await ana.press("tab")
        await ana.sees("→", said)


@pytest.mark.parametrize(
    ("language", "filter_", "said"),
    [
        ("en", "due<3点", "= due < 09-21 03:00"),
        ("en", "due:tonight", "= due 09-20 18:00..09-21 06:00"),
        ("zh_CN", "截止:周五", "= 截止 09-25"),
        ("zh_CN", "报修:昨晚", "= 报修 09-20 18:00..09-21 06:00"),
    ],
)
async def test_a_time_in_a_filter_is_said_with_its_date(
    records: Records, language: str, filter_: str, said: str
) -> None:
    """While it is typed, and as long as it stands."""
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes(filter_)
        await ana.sees(said)
        await ana.press("enter")
        await ana.sees(f"/ {filter_}", said)


@pytest.mark.parametrize(
    ("language", "said", "right"),
    [
        ("en", "“2026-12-24..yesterday” ends before it begins", "write the earlier time first"),
        ("zh_CN", "“2026-12-24..yesterday”的结束早于开始", "请把较早的时间写在前面"),
    ],
)
async def test_a_stretch_that_ends_before_it_begins_is_told(
    records: Records, language: str, said: str, right: str
) -> None:
    """It found nothing, as if nothing had been opened then."""
    async with at_the_console(records, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("opened:2026-12-24..yesterday")
        await ana.sees(said, right)


async def test_a_time_that_is_begun_is_completed_before_it_is_wrong(records: Records) -> None:
    """What fits is offered; only Enter, or what nothing fits, is told to be no time."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("slash")
        await ana.writes("due<ton")
        await ana.sees("tonight")
        await ana.sees_no("is not a time")
        await ana.press("enter")
        await ana.sees("“ton” is not a time; write 2h, -1d")
        await ana.press("tab")
        await ana.sees("= due < 09-20 18:00")
