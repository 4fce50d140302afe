"""Trouble that comes again, taken up by a digit and by a typed line; in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.voices import KeepComplaint
from store.queries.corrective import ListActions
from store.queries.radar import ListRadar
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
WORDS = {
    "en": ("Nothing comes again", "2 troubles come again", "complaints three months running",
           "who of the customer's is invited", "root cause", "who sees to it", "action 1 opened",
           "radar leave 1 it is being rebuilt", "not taken up"),
    "zh_CN": ("没有反复出现的问题", "2 个问题反复出现", "连续三个月同类投诉",
              "邀请客户方哪位", "归因", "负责人", "立项整改 1",
              "雷达 不立项 1 正在改造", "不立项"),
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
async def test_what_comes_again_is_taken_up_or_left(records: Records, language: str) -> None:
    """One with the customer invited, the other with its reason."""
    none, both, rule, invited, cause, owner, opened, line, left = WORDS[language]
    async with at_the_console(records, language=language) as ana:
        await ana.press("f15")
        await ana.sees(none)
        for about in ("noise", "news"):
            for days in (1, 30, 60):
                at = MONDAY - timedelta(days=days)
                kept = KeepComplaint(site="S1", about=about, said="the lift hums", received_at=at)
                do(records, kept)
        await ana.press("5")
        await ana.sees(both, rule, "the lift hums")
        await ana.press("1")
        for asked, answer in ((invited, "Ms Zhou"), (cause, "material"), (owner, "")):
            await ana.sees(asked)
            await ana.writes(answer)
            await ana.press("enter")
        await ana.sees(opened)
        await ana.press("colon")
        await ana.writes(line)
        await ana.press("enter")
        await ana.sees(none)
        await ana.press("7")
        await ana.sees(left)
    (action,) = records.ask(ListActions(), who=ANA, at=MONDAY)
    assert (action.action.invited, action.action.cause) == ("Ms Zhou", "material")
    assert records.ask(ListRadar(), who=ANA, at=MONDAY) == ()
