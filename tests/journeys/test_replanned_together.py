"""An order that takes two, in a plan for the whole board at the keyboard: both go at one start."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveSite, SaveTechnician
from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move, State
from store.domain.moves_common import live_visits
from tests.journeys.desk import at_the_console
from tests.journeys.stories import do, move
from tests.journeys.test_replanned import order

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

PAIR = ("AN + BO", "AN 安娜 + BO Bo")
SEEN = {
    "en": ("1 order is given out", "nothing changes", "→ 安娜 + Bo, to begin at", "taken back"),
    "zh_CN": ("派出 1 单", "什么也不改", "→ 安娜 + Bo，计划", "已撤销"),
}


def for_two(records: Records) -> int:
    """Two who master lifts, and one order that takes both."""
    for number in range(1, 6):
        with contextlib.suppress(MoveRefused):
            move(records, number, Move.CANCEL, reason="elsewhere")
    do(records, SaveSite(code="A", name="A", zone="UTC", latitude=31.2, longitude=121.4))
    for code, name in (("AN", "安娜"), ("BO", "Bo")):
        do(records, SaveTechnician(code=code, name=name, home="A", skills={"lift": 3}))
    return do(records, NewOrder(title="New rope", site="A", kind="lift", crew=2)).numbers[0]


@pytest.mark.parametrize("language", SEEN)
async def test_both_are_sent_with_one_key_and_taken_back_with_one(
    records: Records, language: str
) -> None:
    """One row names both; it is ticked and let go of as any other."""
    number = for_two(records)
    given, nothing, done, undone = SEEN[language]
    async with at_the_console(records, language=language) as ana:
        await ana.sees("New rope")
        await ana.press("R")
        await ana.sees(given, *PAIR, "[x]")
        await ana.press("space")
        await ana.sees(nothing, "[ ]")
        await ana.press("space")
        await ana.sees(given, "[x]")
        await ana.press("enter")
        await ana.sees(done)
        assert len(live_visits(order(records, number).visits)) == 2
        await ana.press("z")
        await ana.sees(undone)
    assert order(records, number).state is State.NEW
