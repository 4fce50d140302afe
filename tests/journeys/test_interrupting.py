"""A plan that takes what somebody has accepted says so, and for what; without that it does not."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveSite, SaveTechnician
from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console, crosswise
from tests.journeys.stories import do, move
from tests.journeys.test_replanned import SEEN, order, with_lifts

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

INTERRUPTS = {"en": "interrupts: accepted 12m ago", "zh_CN": "打断：已接单 12m"}
FOR = {"en": "interrupts for #7: accepted 0m ago", "zh_CN": "因 #7 打断：已接单 0m"}
NOT_EITHER = {
    "en": "#6 not ticked either: taken from who has accepted only for #7",
    "zh_CN": "一并取消勾选 #6：只为 #7 才从已接单者手中调走",
}
TOO = {
    "en": "#7 ticked, too: only for that is #6 taken from who has accepted it",
    "zh_CN": "一并勾选 #7：只为它才把 #6 从已接单者手中调走",
}


@crosswise(large=(160, 40))
async def test_whom_it_interrupts_is_shown(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """Beside the title; on a narrow screen below, of the order under the cursor."""
    _one, _two, three = with_lifts(records)
    move(records, three, Move.ACCEPT)
    async with at_the_console(records, language=language, size=size) as ana:
        await ana.sees("People trapped")
        await ana.passes(minutes=12)
        await ana.press("R")
        await ana.sees(*SEEN[language])
        await ana.press("end")
        await ana.sees(INTERRUPTS[language])


def with_one_taken(records: Records) -> tuple[int, int]:
    """Who alone masters lifts has accepted a leak, soon due; people are trapped in a lift."""
    for number in range(1, 6):
        with contextlib.suppress(MoveRefused):
            move(records, number, Move.CANCEL, reason="elsewhere")
    do(records, SaveSite(code="A", name="A", zone="UTC", latitude=31.2, longitude=121.4))
    do(records, SaveTechnician(code="AN", name="安娜", home="A", skills={"lift": 3}))
    do(records, SaveTechnician(code="BO", name="Bo", home="A"))
    leak = NewOrder(title="Leak", site="A", priority=2, level="critical")
    soon = MONDAY - timedelta(hours=3)
    old = do(records, leak, at=soon).numbers[0]
    move(records, old, Move.ASSIGN, technician="AN")
    move(records, old, Move.ACCEPT)
    trapped = NewOrder(title="People trapped", site="A", kind="lift", priority=1, level="critical")
    return old, do(records, trapped).numbers[0]


@pytest.mark.parametrize("language", SEEN)
async def test_an_interruption_is_ticked_only_with_its_reason(
    records: Records, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unticked, the urgent order takes it along; ticked, the interruption brings that back."""
    monkeypatch.setattr("console.before_eyes.LOOK_S", 0.0)  # no hands are as fast as these
    old, new = with_one_taken(records)
    async with at_the_console(records, language=language, size=(160, 40)) as ana:
        await ana.sees("People trapped")
        await ana.press("R")
        await ana.sees("[x]", "Leak")
        await ana.press("end")
        await ana.sees(FOR[language])
        await ana.press("home", "space")
        await ana.sees(NOT_EITHER[language])
        await ana.sees_no("[x]")
        await ana.press("end", "space")
        await ana.sees(TOO[language])
        await ana.sees_no("[ ]")
        await ana.press("end", "space")
        await ana.sees_no(TOO[language])
        await ana.press("enter")
        await ana.sees("People trapped")
        await ana.sees("安娜")
    assert order(records, new).technician is not None
    assert order(records, old).technician == order(records, new).technician
