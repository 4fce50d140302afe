"""The suggestion box by one key a step, and by typed lines, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.ideas import PayIntoFund, SubmitIdea
from store.commands.operators import SaveOperator
from store.domain.who import Who
from store.queries.ideas import ListIdeas
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
WORDS = {
    "en": ("1 to be judged", "why", "adopted", "how much", "the fund has 700",
           "what it brought", "is your own"),
    "zh_CN": ("待评 1 条", "原因", "已采纳", "多少", "基金余额 700", "有何成效", "是您自己的"),
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
async def test_a_suggestion_is_judged_rewarded_and_noted(records: Records, language: str) -> None:
    """One's own is somebody else's to judge."""
    words = WORDS[language]
    do(records, SaveOperator(code="zoe", name="Zoe"))
    zoe = max(range(2, 20), key=lambda n: n if _is(records, n) else 0)
    records.do(SubmitIdea(text="fuses in every van"), who=Who(operator=zoe), at=MONDAY)
    do(records, PayIntoFund(amount=1000))
    async with at_the_console(records, language=language) as ana:
        await ana.press("f20")
        await ana.sees(words[0], "fuses in every van")
        for key, asked, answers, shown in (
            ("2", words[1], ("cheap",), words[2]),
            ("4", words[3], ("300", ""), words[4]),
            ("5", words[5], ("fewer visits",), "fewer visits"),
        ):
            await ana.press(key)
            await ana.sees(asked)
            for answer in answers:
                await ana.writes(answer)
                await ana.press("enter")
            await ana.sees(shown)
        for line in ("ideas new a bench", "建议 采纳 2 nice"):
            await ana.press("colon")
            await ana.writes(line)
            await ana.press("enter")
        await ana.sees(words[6])
    found = records.ask(ListIdeas(), who=ANA, at=MONDAY)
    assert [line.idea.text for line in found.ideas] == ["a bench", "fuses in every van"]
    assert found.balance == 700


def _is(records: Records, operator: int) -> bool:
    """Whether somebody has that number."""
    from store.queries.people import Operators

    return any(one.id == operator for one in records.ask(Operators(), who=ANA, at=MONDAY))
