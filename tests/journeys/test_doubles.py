"""Two customers who are one, made one by a digit; in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveCustomer
from store.queries.lists import ListCustomers
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
WORDS = {
    "en": ("doubles", "1 pair of customers", "P7 goes into P8", "once more",
           "nothing takes it back", "P7 is P8 now", "No two customers"),
    "zh_CN": ("重复客户", "1 对客户可能相同", "P7 并入 P8", "再写一遍", "不能撤销",
              "P7 现为 P8", "没有两位客户"),
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
async def test_of_two_one_stays(records: Records, language: str) -> None:
    """The code of the one that goes is written once more; a slip does nothing."""
    typed, pairs, says, asked, refused, done, none = WORDS[language]
    for code, name in (("P7", "城市图书馆"), ("P8", "City Library")):
        do(records, SaveCustomer(code=code, name=name, phone="021 5555 7777"))
    async with at_the_console(records, language=language) as ana:
        await ana.press("colon")
        await ana.writes(typed)
        await ana.press("enter")
        await ana.sees(pairs, "P7 城市图书馆", "P8 City Library", says)
        for sure, seen in (("P8", refused), ("P7", done)):
            await ana.press("2")
            await ana.sees(asked)
            await ana.writes(sure)
            await ana.press("enter")
            await ana.sees(seen)
            if seen == refused:
                await ana.press("escape")
        await ana.sees(none)
    listed = records.ask(ListCustomers(), who=ANA, at=MONDAY)
    assert [line.code for line in listed if line.code.startswith("P")] == ["P8"]
