"""A plan that takes what somebody has accepted says so, and how long he has had it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.domain.lifecycle import Move
from tests.journeys.desk import at_the_console
from tests.journeys.stories import move
from tests.journeys.test_replanned import SEEN, with_lifts

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

INTERRUPTS = {"en": "interrupts: accepted 12 min ago", "zh_CN": "打断：已接单 12 分钟"}


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
@pytest.mark.parametrize("language", SEEN)
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
