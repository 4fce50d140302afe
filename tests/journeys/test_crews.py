"""An order for two at the keyboard: one declines, one falls ill, one goes in another's place."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import EditOrder, SaveAbsence
from store.domain.lifecycle import Move
from store.domain.moves_common import live_visits
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do, move
from tests.store.desk import stored

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "which of them declines it", "“zhou no way” is none of them",
        "王芳 (L2) declines it; the others keep it",
        "王芳 has declined order 1; it is assigned", "several have #1, say who: L1 Li Wei, L2 王芳",
        "the crew is whole: L1 Li Wei, L2 王芳", "王芳 (absent until 04:00)", "in whose place?",
        "L3 Zhao Min goes in the place of 王芳 (L2), who is called off", "called off: 王芳",
    ),
    "zh_CN": (
        "哪一位退单", "“zhou no way”不在其中", "王芳（L2） 退单；其余的人仍去",
        "王芳 已退工单 1，现为已派", "#1 有多人承接，请写明是谁：L1 Li Wei、L2 王芳",
        "人手已齐：L1 Li Wei、L2 王芳", "王芳（请假到 04:00）", "替换谁？",
        "L3 Zhao Min 替换 王芳（L2），后者不再去", "已撤派：王芳",
    ),
}  # fmt: skip


@pytest.fixture
def crew(records: Records) -> Records:
    """Li and Wang go to the first order together."""
    do(records, EditOrder(number=1, fields={"crew": 2}))
    for who in ("L1", "L2"):
        move(records, 1, Move.ASSIGN, technician=who, also=True)
    return records


def who_go(records: Records) -> list[int]:
    return [visit.technician for visit in live_visits(stored(records, 1).visits)]


@pytest.mark.parametrize("language", WORDS)
async def test_a_crew_is_minded_by_name(crew: Records, language: str) -> None:
    """Nobody declines, and nobody is called off, without having been named."""
    asks, none, means, declined, several, whole, away, place, goes, off = WORDS[language]
    async with at_the_console(crew, language=language, size=(120, 40)) as ana:
        await ana.sees("2/2 Li We")
        await ana.press("b", "enter")
        await ana.sees(asks)
        await ana.types("zhou no way")
        await ana.sees(none, asks)
        await ana.press("ctrl+u")
        await ana.writes("wang")
        await ana.sees(means)
        await ana.press("enter")
        await ana.types("no ladder")
        await ana.sees(declined, "1/2 Li We")
        await ana.press("z")
        await ana.sees("2/2 Li We")
        assert who_go(crew) == [1, 2]
        await ana.press("colon")
        await ana.writes("b no ladder")
        await ana.sees(several)
        await ana.press("escape")
        await ana.press("W")
        await ana.sees(whole, "Zhao Min")
        await ana.press("enter")
        await ana.sees(place)
        await ana.press("down", "down")
        await ana.sees(goes)
        await ana.press("escape", "escape")
        await ana.sees("2/2 Li We")
        later = MONDAY + timedelta(hours=3)
        do(crew, SaveAbsence(technician="L2", starts_at=MONDAY, ends_at=later))
        await ana.press("f5")
        await ana.sees("1/2 x 王")
        await ana.press("W")
        await ana.sees(away, "Zhao Min")
        await ana.sees_no(whole)
        await ana.press("enter")
        await ana.sees(off, "2/2 Li We")
    assert who_go(crew) == [1, 3]
