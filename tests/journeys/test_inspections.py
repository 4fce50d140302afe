"""A week is drawn, somebody else does the draw again, an order is scored and leads to an action."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.horizons import remind
from store.commands import SaveOperator
from store.commands.inspections import DrawInspections
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.corrective import ListActions
from store.queries.inspections import ListInspections, RerunDraw, ShowInspection
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
LATER = MONDAY + timedelta(days=8)

WORDS = {
    "en": ("Nothing is to be inspected", "which week", "orders are to be inspected; seed",
           "To be inspected by", "a score of 0 to 4", "what was found", "80.0 %", "own words",
           "raw words kept", "root cause", "what is wrong", "action 1 opened", "inspection over"),
    "zh_CN": ("没有待抽查的工单", "哪一周", "张；种子", "前抽查", "每项 0 至 4 分", "发现了什么",
              "80.0 %", "原话", "原话已留存", "原因", "问题是什么", "立项整改 1",
              "已结束抽查 1 项"),
}  # fmt: skip


def close_some(records: Records) -> None:
    """Two orders of the desk are done and closed."""
    from store.commands import MoveOrder

    for number in (1, 2):
        do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="L1"))
        for step in (Move.FINISH, Move.CLOSE):
            do(records, MoveOrder(number=number, move=step, insist=True))


@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("zh_CN", (120, 40))])
async def test_inspection_draw_re_run_by_someone_else_gives_the_same_orders(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """By keys, from the draw to the action; Bo does the draw again."""
    close_some(records)
    words = WORDS[language]
    async with at_the_console(records, clock=Clock(LATER), size=size, language=language) as ana:
        await ana.press("f16")
        await ana.sees(words[0])
        await ana.press("5")
        await ana.sees(words[1])
        await ana.press("enter")
        await ana.sees(words[2])
        await ana.sees(words[3])
        await ana.press("1")
        await ana.sees(words[4])
        await ana.writes("42-44")
        await ana.press("enter")
        await ana.sees(words[5])
        await ana.press("enter")
        await ana.sees(words[6])
        await ana.press("7")
        await ana.sees(words[12])
        await ana.press("3")
        await ana.sees(words[7])
        await ana.writes("quick")
        await ana.press("enter")
        await ana.sees(words[8])
        await ana.press("4")
        await ana.sees(words[9])
        await ana.writes("design")
        await ana.press("enter")
        await ana.sees(words[10])
        await ana.writes("cover open")
        await ana.press("enter", "enter")
        await ana.sees(words[11])
    found = records.ask(ListInspections(over=True), who=ANA, at=LATER)
    records.do(SaveOperator(code="bo", name="Bo"), who=Who(operator=1), at=LATER)
    again = records.ask(RerunDraw(week=found[0].week), who=Who(operator=3), at=LATER)
    assert again.same
    assert [one.number for one in again.drawn] == [1, 2]
    (line,) = records.ask(ListActions(), who=ANA, at=LATER)
    assert (line.action.finding, line.action.problem) == ("inspection", "cover open")


async def test_a_typed_line_does_each_step_and_a_late_one_rings(records: Records) -> None:
    """In either language; what is missing is said."""
    close_some(records)
    do(records, DrawInspections(), at=LATER)
    late = LATER + timedelta(days=20)
    assert remind(records, at=late) >= 2
    async with at_the_console(records, clock=Clock(late), size=(120, 40)) as ana:
        await ana.press("A")
        await ana.sees("order to be inspected")
        await ana.press("escape")
        for line, said in (
            ("inspections score 1 4 4 - 4 2 ;tidy", "inspection 1 of order"),
            ("抽查 工程师原话 1 no part", "raw words kept"),
            ("inspections again 1", "is to be done again"),
            ("抽查 免检 2 house is gone", "left out"),
            ("inspections score 1", "still to say"),
            ("inspections draw 2026-W39", "was drawn already"),
        ):
            await ana.press("colon")
            await ana.writes(line)
            await ana.press("enter")
            await ana.sees(said)
            await ana.press("escape")
        await ana.press("f16")
        await ana.sees("1 order to be inspected", "overdue")
        await ana.press("enter")
        await ana.sees("inspections", "first jobs")
    held = records.ask(ShowInspection(inspection=1), who=ANA, at=late).inspection
    assert (held.technician_said, held.total) == ("no part", None)
