"""`L` on every screen: each line is said in the other language at once, and back as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from console.actions import ACTIONS
from console.i18n import language
from store.commands.sessions import SendNotice
from store.queries.lists import ListCustomers, ListOrders, ListSites, ListTechnicians
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.lifts import of_lifts
from tests.journeys.stories import do
from tests.journeys.test_every_action import SCREENS, came_back

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.records import Records

pytestmark = pytest.mark.journey
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_LEFT_OUT = frozenset({
    *("language", "quit", "mute", "flash", "notify", "theme", "refresh"),
    *("copy", "copy_row"),  # which tell what was copied, as it was copied
})  # fmt: skip


def _names(records: Records) -> str:
    """What customers, places, people and orders are called: that stays as it is."""
    lists = (ListCustomers(), ListSites(), ListTechnicians(), ListOrders())
    lines = [line for one in lists for line in records.ask(one, who=ANA, at=MONDAY)]
    return " ".join(str(getattr(line, name, "")) for line in lines for name in ("name", "title"))


def _left(lines: Iterable[str], names: str) -> list[str]:
    """Lines in which Chinese is left that is nobody's name."""
    return [line for line in lines if any(run not in names for run in _CHINESE.findall(line))]


def _others(before: list[str], now: list[str]) -> list[str]:
    """Lines that were there before and are others now; what was said once may be gone."""
    pairs = ((was.split(), at_last.split()) for was, at_last in zip(before, now, strict=True))
    return [f"{was} -> {at_last}" for was, at_last in pairs if at_last and was != at_last]


async def test_every_line_changes_its_language_at_once(records: Records) -> None:
    """From Chinese nothing is left but names; from English all is as it was before."""
    of_lifts(records)
    names = _names(records) + "施工部 张三 下午停电"  # a word to be typed, and a notice
    do(records, SendNotice(text="下午停电"))
    wrong: dict[str, list[str]] = {}
    changed = 0
    async with at_the_console(records, language="zh_CN") as ana:
        await ana.sees("#1")
        for action in [ACTIONS["command"], *SCREENS]:
            if action.id in _LEFT_OUT:
                continue
            await ana.press("1", action.keys[0])
            await ana.rests()
            await ana.sees_no("正在推算")
            await ana.sees_no("正在找更好的方案")
            if not isinstance(ana.desk.screen.focused, Input):
                before = ana.screen()
                await ana.press("L")
                await ana.rests()
                if language() == "en":  # else it is no key there, and is told so
                    wrong[action.id] = _left(ana.screen(), names)
                    await ana.press("L")
                    await ana.rests()
                    wrong[action.id] += _others(before, ana.screen())
                changed += language() == "zh_CN" and action.id in wrong
            await came_back(ana)
    assert changed > 25, "L is a key on most screens"
    assert {name: lines for name, lines in wrong.items() if lines} == {}
