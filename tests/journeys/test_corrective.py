"""From a bad answer to a changed procedure, by keys and by typed lines, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.corrective import JudgeAction, OpenAction
from store.commands.heard import FindCause, RateOrder
from store.commands.moves import MoveOrder
from store.commands.operators import SaveOperator
from store.domain.corrective import Stage
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.corrective import ListActions, ShowAction
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console, crosswise
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.corrective import Corrective
    from store.records import Records

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "action due", "who sees to it", "action 1 opened", "no bad answer is open",
        "Plan 1  Do 0", "why did it happen", "what shows that", "cannot begin yet",
        "how many days are observed", "action 1 begun", "what was done", "Check 1",
        "once its effect has been observed",
    ),
    "zh_CN": (
        "待整改", "由谁负责", "立项整改 1", "没有未结的差评",
        "计划 1  执行 0", "为什么会这样", "有何证据", "还不能开始",
        "观察多少天", "整改 1 已开始", "做了什么", "检查 1",
        "要等效果观察期满",
    ),
}  # fmt: skip


def unhappy(records: Records) -> None:
    """Order 1 was done badly, and it is known why."""
    move(records, 1, Move.FINISH, insist=True)
    do(records, RateOrder(number=1, csat=1, said="nobody came"))
    do(records, FindCause(number=1, cause="schedule", contained="a new slot"))


def contented(records: Records, at: datetime) -> None:
    """Order 4, at the same site, is done then, and well."""
    do(records, MoveOrder(number=4, move=Move.FINISH, insist=True), at=at)
    do(records, RateOrder(number=4, csat=5), at=at)


def kept(records: Records) -> Corrective:
    """The first action as the store has it."""
    return records.ask(ShowAction(action=1), who=ANA, at=MONDAY).action


async def test_each_cell_stands_below_its_heading(records: Records) -> None:
    """Whose action it is below "owner", what it is about below "problem"."""
    unhappy(records)
    do(records, OpenAction(number=1))
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ctrl+o")
        await ana.sees("Plan 1")
        lines = ana.screen()
        place = next(n for n, line in enumerate(lines) if "root cause" in line)
        heading, row = lines[place], lines[place + 1]
        for title, cell in (
            ("owner", "Desk"),
            ("problem", "nobody came"),
            ("root cause", "access"),
        ):
            assert row[heading.index(title) :].startswith(cell), row


@crosswise()
async def test_a_bad_answer_leads_to_an_action_by_one_key(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """And that through its stages by one key a step; what is not ready says what it lacks."""
    words = WORDS[language]
    unhappy(records)
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.press("f4")
        await ana.sees(words[0])
        await ana.press("0")
        await ana.sees(words[1])
        await ana.press("enter")
        await ana.sees(words[2])
        await ana.press("escape")
        await ana.press("ctrl+o")
        await ana.sees(words[4], "nobody came")
        await ana.press("1")
        await ana.sees(words[5])
        await ana.writes("no slot was confirmed")
        await ana.press("enter")
        await ana.sees(words[6])
        await ana.writes("journal of order 1")
        await ana.press("enter")
        await ana.sees("no slot was confirmed", "journal of order 1")
        await ana.press("5")
        await ana.sees(words[7])
        await ana.press("4")
        for answer in ("bad_answers", "<=0", "14"):
            await ana.press("ctrl+u")
            await ana.writes(answer)
            await ana.press("enter")
        await ana.sees("≤ 0")
        await ana.press("5")
        await ana.sees(words[9])
        await ana.press("6")
        await ana.sees(words[10])
        await ana.writes("slots are confirmed")
        await ana.press("enter")
        await ana.sees(words[11], "slots are confirmed")
        await ana.press("enter")
        await ana.sees("#1")
    action = kept(records)
    assert (action.stage, action.measure, action.window_days) == (Stage.CHECK, "bad_answers", 14)
    assert action.done == "slots are confirmed"


async def test_a_typed_line_does_each_step(records: Records) -> None:
    """In either language; a verdict is somebody else's."""
    unhappy(records)
    async with at_the_console(records) as ana:
        for line, said in (
            ("actions open 1", "action 1 opened"),
            ("actions why 1 no slot was confirmed ;journal", "answer 1 to why is kept"),
            ("整改 目标 1 bad_answers <=0 3", "action 1 changed"),
            ("actions begin 1", "action 1 begun"),
            ("整改 落实 1 slots are confirmed", "action 1 done"),
            ("actions effective 1 nobody complains", "neither did it nor owned it"),
        ):
            await ana.press("colon")
            await ana.writes(line)
            await ana.press("enter")
            await ana.sees(said)
    action = kept(records)
    assert [(why.text, why.evidence) for why in action.whys] == [
        ("no slot was confirmed", "journal")
    ]
    later = MONDAY + timedelta(days=5)
    judge = JudgeAction(action=1, effective=True, verdict="nobody complains")
    do(records, SaveOperator(code="bo", name="Bo"))
    contented(records, at=MONDAY + timedelta(days=2))
    records.do(judge, who=Who(operator=3), at=later)
    async with at_the_console(records, clock=Clock(later)) as ana:
        await ana.press("colon")
        await ana.writes("actions close 1 procedure SOP 4: confirm slots")
        await ana.press("enter")
        await ana.sees("procedure changed, SOP 4")
    assert records.ask(ListActions(), who=ANA, at=later) == ()
    assert kept(records).changed == "SOP 4: confirm slots"
