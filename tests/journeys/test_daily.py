"""Running work at the keyboard: a day without a word rings, a note with a percentage quiets it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import NewOrder
from store.commands.daily import AskDaily
from store.commands.promises import SaveLevel
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, Clock, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("language", "missing", "told"),
    [("en", "progress note missing", "progress: 60 %"), ("zh_CN", "缺进度备注", "进度：60 %")],
)
async def test_a_day_without_a_word_rings_until_somebody_says_how_far_it_is(
    records: Records, language: str, missing: str, told: str
) -> None:
    """From the alarm to the note and the card."""
    for number in (1, 2, 3, 4, 5):
        move(records, number, Move.CANCEL, reason="sold")
    policy: dict[str, Any] = {"targets": {}, "silent_after_s": None}
    do(records, SaveLevel(code="plain", name="Plain", calendar="office", policy=policy))
    do(records, NewOrder(title="new boiler", site="S1", customer="C1", level="plain"))
    move(records, 6, Move.ASSIGN, technician="L1")
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        move(records, 6, step)
    do(records, AskDaily(number=6))
    late = MONDAY + timedelta(hours=16)
    fire_due(records, at=late)
    async with at_the_console(records, language=language, clock=Clock(late)) as ana:
        await ana.press("A")
        await ana.sees(missing)
        await ana.press("escape")
        await ana.press("colon")
        await ana.types("note 6 60% pump is in")
        await ana.press("enter")
        await ana.sees(told)
