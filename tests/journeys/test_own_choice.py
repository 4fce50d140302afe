"""Who goes by the operator's own choice: who may comes first, and what speaks against a name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import SaveAbsence, SaveShift
from store.queries.card import Trace
from tests.journeys.desk import ANA, MONDAY, at_the_console, crosswise
from tests.journeys.lifts import of_lifts, sent_to
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

WARNED = {
    "en": "! Li Wei (L1): does not have the skill lift; is off shift until 09:00",
    "zh_CN": "! Li Wei（L1）：不具备技能 lift；到 09:00 才当班",
}
TWICE = {
    "en": "does not have the skill lift: Enter again sends them all the same",
    "zh_CN": "不具备技能 lift：再按一次 Enter 仍派",
}
DONE = {
    "en": "order 6 is assigned → Li Wei, although: skill missing, off shift",
    "zh_CN": "工单 6 已派单 → Li Wei，尽管：缺少技能、不当班",
}


def lift_order(records: Records) -> int:
    """An order for a lift; Li Wei masters none, and comes in the evening."""
    number = of_lifts(records)
    evening = MONDAY + timedelta(hours=8)
    shift = SaveShift(technician="L1", starts_at=evening, ends_at=evening + timedelta(hours=8))
    do(records, shift)
    return number


async def chooses_it(ana: Operator) -> None:
    """The order for a lift, alone on the list."""
    await ana.sees("People trapped")
    await ana.press("slash")
    await ana.types("#6")
    await ana.sees("/ #6")


def kept(records: Records, number: int) -> list[object]:
    """What the entries of its assignments keep of rules that were broken."""
    trace = records.ask(Trace(number=number), who=ANA, at=MONDAY)
    return [entry.body.get("against") for entry in trace if entry.fact == "assigned"]


async def test_enter_alone_sends_nobody_whom_a_rule_keeps_away(records: Records) -> None:
    """However early Enter comes; the free of the small desk master no lift."""
    number = lift_order(records)
    async with at_the_console(records) as ana:
        await chooses_it(ana)
        await ana.hurries("d\r")
        await ana.sees("order 6 is assigned → 安娜")
        await ana.sees_no("although")
    assert (sent_to(records, number), kept(records, number)) == (["AN"], [None])


@crosswise()
async def test_a_name_is_warned_of_and_goes_all_the_same(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """Before Enter, and then by Enter once more; in the result and in the trace."""
    number = lift_order(records)
    async with at_the_console(records, size=size, language=language) as ana:
        await chooses_it(ana)
        await ana.press("d")
        await ana.writes("L1")
        await ana.sees(WARNED[language])
        await ana.press("enter")
        await ana.sees(TWICE[language])
        await ana.passes(seconds=2)
        await ana.press("enter")
        await ana.sees(DONE[language])
    assert (sent_to(records, number), kept(records, number)) == (["L1"], [["skill", "off_shift"]])


async def test_those_who_may_go_come_first_and_the_others_with_why_not(records: Records) -> None:
    """On a wide screen a line each, with the reason; the nearest of the free above the others."""
    lift_order(records)
    async with at_the_console(records) as ana:
        await chooses_it(ana)
        await ana.press("d")
        await ana.sees("✗ does not have the skill lift")
        shown = "\n".join(ana.screen())
        places = [shown.index(text) for text in (">AN 安娜", "BO Bo", "L2 王芳", "L1 Li Wei")]
        assert places == sorted(places)


async def test_the_typed_line_says_it_too(records: Records) -> None:
    """Below what it means, and beside those whom it offers."""
    number = lift_order(records)
    async with at_the_console(records) as ana:
        await chooses_it(ana)
        await ana.press("colon")
        await ana.writes(f"d {number} ")
        await ana.sees("AN 安娜", "L2 王芳 ✗ skill missing")
        await ana.writes("L1")
        await ana.sees("→ dispatch #6 People trapped to Li Wei (L1)", WARNED["en"])
        await ana.press("enter")
        await ana.sees(DONE["en"])
    assert kept(records, number) == [["skill", "off_shift"]]


async def test_a_set_is_marked_order_by_order(records: Records) -> None:
    """He may take some and not others; Enter does them all."""
    number = lift_order(records)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("d 1-3,6 L2")
        await ana.sees("! 王芳 (L2): does not have the skill lift")
        await ana.press("enter")
        await ana.sees("#6 People trapped", "! 王芳 (L2): does not have the skill lift")
        assert sum("does not have" in line for line in ana.screen()) == 1
        await ana.press("enter")
        await ana.sees("4")
    assert kept(records, number) == [["skill"]]


async def test_news_while_the_question_is_open_counts(records: Records) -> None:
    """Whoever has just fallen ill is offered no more."""
    lift_order(records)
    async with at_the_console(records) as ana:
        await chooses_it(ana)
        await ana.press("d")
        await ana.sees("to 安娜 (AN)")
        ill = SaveAbsence(technician="AN", starts_at=MONDAY, ends_at=MONDAY + timedelta(days=9))
        ana.desk.committed(do(records, ill))
        await ana.writes("AN")
        await ana.sees("! 安娜 (AN): is absent")
