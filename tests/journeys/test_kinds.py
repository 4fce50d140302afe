"""All kinds of work on one list: what each asks for, and exactly its orders; in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveKind
from tests.journeys.desk import at_the_console
from tests.journeys.lifts import of_lifts
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
WORDS = {
    "en": (
        *("kinds", "anybody may go", "of 1 nobody has said what it takes"),
        *("People trapped (trapped)", "takes lift at level 4", "1 order"),
    ),
    "zh_CN": (
        *("工作类别", "任何人都可以去", "其中 1 种没有说明要求"),
        *("People trapped（trapped）", "需要技能 lift，等级 4", "1 张工单"),
    ),
}


@pytest.mark.parametrize("language", WORDS)
async def test_the_kinds_are_listed_and_lead_to_their_orders(
    records: Records, language: str
) -> None:
    """A kind that is only a word says how to tell what it takes; Enter lists its orders."""
    typed, anybody, words, named, takes, one = WORDS[language]
    of_lifts(records)
    do(records, SaveKind(code="trapped", name="People trapped", skill="lift", level=4))
    for n in range(2):
        do(records, NewOrder(title=f"Door {n}", kind="lfit"))
    do(records, NewOrder(title="Somebody is in it", kind="trapped"))
    async with at_the_console(records, language=language) as ana:
        await ana.press("colon")
        await ana.writes(typed)
        await ana.press("enter")
        await ana.sees(anybody, words, "paidan add kind lfit ", named, "lift:4")
        await ana.press("slash")
        await ana.writes("trapped")
        await ana.press("enter")
        await ana.sees_no("lfit")
        await ana.sees(takes)
        await ana.press("enter")
        await ana.sees("Somebody is in it", one)
        await ana.press("escape", "escape", "escape")
        await ana.press("ctrl+v")
        await ana.sees(anybody, words)
