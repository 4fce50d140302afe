"""An order that takes two, in a plan for the whole board at the keyboard: both go at one start."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveSite, SaveTechnician
from store.commands.locks import LockOrder, PlaceOrder
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


TOLD = {
    "en": ("1 crew begins together", "locked, but BO Bo is busy until"),
    "zh_CN": ("1 组同时开工", "已锁定，但 BO Bo 要忙到"),
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


@pytest.mark.parametrize("language", TOLD)
async def test_a_crew_that_would_begin_apart_gets_one_start(
    records: Records, language: str
) -> None:
    """Both have it already. Where it is locked it is told who is busy until when, instead."""
    number = for_two(records)
    for who in ("AN", "BO"):
        move(records, number, Move.ASSIGN, technician=who, also=True)
    begins, apart = TOLD[language]
    at = order(records, number).opened_at
    other = do(records, NewOrder(title="Stuck", site="A", kind="lift", priority=1)).numbers[0]
    move(records, other, Move.ASSIGN, technician="BO")
    do(records, PlaceOrder(number=other, technician="BO", start_at=at + timedelta(minutes=10)))
    do(records, LockOrder(number=other))
    async with at_the_console(records, language=language) as ana:
        await ana.sees("New rope")
        await ana.press("R")
        await ana.sees(begins, "[x]", *PAIR)
        await ana.press("enter")
        await ana.sees(SEEN[language][2])
        assert order(records, number).planned_at is not None
        assert len(live_visits(order(records, number).visits)) == 2
        await ana.press("z")
        await ana.sees(SEEN[language][3])
        assert order(records, number).planned_at is None
        do(records, LockOrder(number=number))
        await ana.press("R")
        await ana.sees(f"#{number}", apart)
