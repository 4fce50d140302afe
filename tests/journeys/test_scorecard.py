"""Score cards at the keyboard: a figure at hand, its orders behind it, and the rules below."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.heard import RateOrder
from store.commands.inspections import ScoreInspection
from store.commands.moves import MoveOrder
from store.commands.voices import KeepPraise
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console, crosswise
from tests.journeys.stories import do, move
from tests.store.inspected import put_draw

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
WORDS = {
    "en": ("star of the month", "gold service engineer", "‹content›", "small numbers drawn",
           "1 order", "there is no figure", "‹in time›", "‹praised›", "1 praise came",
           "‹procedure›", "‹inspection›"),
    "zh_CN": ("服务之星", "金牌服务工程师", "‹满意度›", "校正后 100.0",
              "1 张工单", "没有数据", "‹准时›", "‹表扬›", "收到 1 条表扬",
              "‹流程›", "‹抽查›"),
}  # fmt: skip


def served(records: Records) -> None:
    """Order 1 was done by L1 and inspected, and its customer is content."""
    for step in (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH):
        told = {"technician": "L1"} if step is Move.ASSIGN else {}
        move(records, 1, step, **told)
    do(records, RateOrder(number=1, csat=5), at=MONDAY)
    for step in (Move.VERIFY, Move.CLOSE):
        do(records, MoveOrder(number=1, move=step), at=MONDAY + timedelta(minutes=1))
    do(records, KeepPraise(number=1, said="kind"), at=MONDAY + timedelta(minutes=2))
    put_draw(records, (1,), site=1, at=MONDAY + timedelta(minutes=2), did={1: 1})
    score = ScoreInspection(inspection=1, scores="4 3 3 3 3")
    do(records, score, at=MONDAY + timedelta(minutes=3))


@crosswise()
async def test_a_figure_opens_exactly_its_orders(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """Enter on it; whoever has no order there has none to open."""
    words = WORDS[language]
    served(records)
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.press("f23")
        await ana.sees(words[0], words[1], words[2])
        await ana.press("left", "enter")
        await ana.sees(words[4], "Lift stuck")
        await ana.press("escape")
        await ana.sees(words[3], words[7], words[8])
        await ana.press("left")
        await ana.sees(words[9], words[5])
        await ana.press("left")
        await ana.sees(words[10], "(1)")
        await ana.press("enter")
        await ana.sees(words[4], "Lift stuck")
        await ana.press("escape", "left", "left")
        await ana.sees(words[6])
        await ana.press("end", "enter")
        await ana.sees(words[5])
        await ana.press("left_square_bracket")
        await ana.sees("2026-08")
