"""What dispatch reckons with, at the keyboard: set by typing, seen by one key, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import LoadTravel, SaveSite
from store.domain.who import Who
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])
TYPED = {"en": "set rest 10h", "zh_CN": "设置 休息 10小时"}
SET = {"en": "rest before the next shift: 600 min", "zh_CN": "下一班之前的休息：600 分钟"}
SHOWN = {"en": "10 h", "zh_CN": "10 小时"}
TABLE = {"en": "travel times: 1 pair between 2 sites", "zh_CN": "路程时间：2 个站点之间 1 对"}
DROPPED = {
    "en": ("set table usual", "ways are reckoned from positions again; cannot be undone"),
    "zh_CN": ("设置 路程表 默认", "重新按位置推算；不能撤销"),
}
NONE = {"en": "no travel times are loaded", "zh_CN": "未载入路程时间"}


@LANGUAGES
async def test_a_figure_is_typed_seen_and_taken_back(records: Records, language: str) -> None:
    """Travel times that somebody loads meanwhile are seen, and stay when a figure is taken back."""
    do(records, SaveSite(code="S9", name="Depot", zone="UTC"))
    async with at_the_console(records, language=language) as ana:
        await ana.sees("#1")
        await ana.press("colon")
        await ana.types(TYPED[language])
        await ana.sees("✓ " + SET[language])
        await ana.press("ctrl+t")
        await ana.sees(SHOWN[language])
        await ana.sees(NONE[language])
        load = LoadTravel(pairs=(("S1", "S9", 12),))
        records.do(load, who=Who(operator=2), at=MONDAY)
        await ana.press("f5")
        await ana.sees(TABLE[language])
        await ana.press("escape", "z")
        await ana.press("ctrl+t")
        await ana.sees(TABLE[language])
        await ana.sees_no(SHOWN[language])


@LANGUAGES
async def test_what_nothing_takes_back_says_so(records: Records, language: str) -> None:
    """With what was done, not only when it is to be taken back."""
    do(records, SaveSite(code="S9", name="Depot", zone="UTC"))
    done = records.do(LoadTravel(pairs=(("S1", "S9", 12),)), who=Who(operator=2), at=MONDAY)
    assert (done.final, done.undo) == (True, 0)
    typed, said = DROPPED[language]
    async with at_the_console(records, language=language) as ana:
        await ana.sees("#1")
        await ana.press("colon")
        await ana.types(typed)
        await ana.sees(said)
