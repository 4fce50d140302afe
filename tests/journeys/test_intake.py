"""The telephone rings: is it known already, and who asks for the how-manieth time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.lifecycle import State
from store.queries.card import OrderCard, Trace
from tests.journeys.desk import ANA, MONDAY, at_the_console, crosswise

if TYPE_CHECKING:
    from store.records import Records


def _chased(records: Records, number: int = 1) -> int:
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order.chased


async def test_what_is_known_already_is_shown_and_chased(records: Records) -> None:
    """Before it is saved; the caller's words go to the order that stands, and no draft stays."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.types("lift stuck, still")
        await ana.writes("S1")
        await ana.sees("perhaps known already", "> #1", "alike words", "^t chases it instead")
        await ana.press("ctrl+t")
        await ana.sees("order 1 was chased: 1", "undo: z")
        assert " 1 P1" in await ana.chosen()
        told = records.ask(Trace(number=1), who=ANA, at=MONDAY)[-1]
        assert (told.fact, told.words["note"]) == ("chased", "lift stuck, still")
        assert _chased(records) == 1
        await ana.press("n")
        await ana.sees("what is wrong")
        await ana.sees_no("still", "kept until")
        await ana.press("escape", "z")
        await ana.sees("“chased by the customer” taken back")
        assert _chased(records) == 0


async def test_fast_hands_see_it_before_they_save(records: Records) -> None:
    """All keys in one burst: the order is not made before somebody could have read."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("n\rLift stuck\rS1\r\r\r\r\r\r\r\r\r")
        await ana.sees("perhaps known already, ^t chases it: save once more", "> #1")
        await ana.press("enter")
        await ana.sees("order 6 written down")
    assert records.ask(OrderCard(number=6), who=ANA, at=MONDAY).order.state is State.NEW
    assert _chased(records) == 0


TAKES = {
    "en": ("tools, parts", "order 6 written down; nobody carries ladder"),
    "zh_CN": ("工具、配件", "工单 6 已登记；没有人携带 ladder"),
}


@crosswise()
async def test_what_it_takes_is_written_with_it(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """On the last line, which saves; what nobody carries is said."""
    label, said = TAKES[language]
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.writes("Bulb flickers")
        await ana.press("up", "up")
        await ana.sees(label)
        await ana.writes("Ladder, ladder")
        await ana.press("enter")
        await ana.sees(said)
    assert records.ask(OrderCard(number=6), who=ANA, at=MONDAY).order.needs == "ladder"


async def test_an_order_is_chased_in_chinese_by_key_and_by_line(records: Records) -> None:
    """Counted on its card, with what was said in its trace."""
    async with at_the_console(records, size=(200, 50), language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("I")
        await ana.types("还没来人")
        await ana.sees("工单 1 已记催单，共 1 次")
        await ana.press("colon")
        await ana.types("催 1 ；客户很急")
        await ana.sees("工单 1 已记催单，共 2 次", "客户已催单 2 次")
        await ana.press("n", "enter")
        await ana.types("lift stuck")
        await ana.writes("S1")
        await ana.sees("可能已有工单", "新建、50m 前、已催 2 次")
    assert _chased(records) == 2


async def test_the_deadlines_are_shown_before_it_is_saved(records: Records) -> None:
    """By the level of the desk, then of the customer, for the priority that is written."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.sees("resp ", "arr ", "fix ")
        usual = next(line for line in ana.screen() if "resp " in line and "fix " in line)
        await ana.types("Lamp flickers in hall C")
        await ana.press("enter", "enter", "enter", "enter")
        await ana.press("1")
        await ana.sees_no(usual.strip())
        await ana.sees("resp ", "arr ", "fix ")
        await ana.press("x")
        await ana.sees_no("resp ")


async def test_from_the_call_to_the_dispatch_in_six_keys(records: Records) -> None:
    """Besides the text itself: who calls, what he says, the place, and who goes."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        keys = 0

        async def presses(*pressed: str) -> None:
            nonlocal keys
            keys += len(pressed)
            await ana.press(*pressed)

        await presses("n")
        await ana.writes("Zoe 139 1234 5678")
        await presses("enter")
        await ana.writes("Gate does not open")
        await presses("enter")
        await ana.writes("S2")
        await presses("ctrl+s")
        await ana.sees("order 6 written down")
        await presses("d")
        await ana.writes("L3")
        await presses("enter")
        await ana.sees("order 6 is assigned")
        assert keys == 6


async def test_the_same_number_an_hour_later_is_known(records: Records) -> None:
    """In other words and another writing of the number, before anybody asked where it is."""
    async with at_the_console(records, language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.types("王女士 138 0013 8000")
        await ana.types("电梯卡在3楼和4楼之间")
        await ana.press("ctrl+s")
        await ana.sees("工单 6 已登记")
        await ana.press("n")
        await ana.writes("+86-13800138000")
        await ana.sees(">王女士 138 0013 8000")
        await ana.press("enter")
        await ana.writes("电梯又卡在3楼了")
        await ana.sees("> #6 电梯卡在3楼和4楼之间", "同一来电人")
        await ana.press("ctrl+t")
        await ana.sees("工单 6 已记催单，共 1 次")
    assert _chased(records, 6) == 1


async def test_a_draft_is_dropped_by_one_key_that_asks_once(records: Records) -> None:
    """What was typed since is a no, and so is a held key; what is dropped does not come back."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.types("Zoe")
        await ana.writes("Gate jammed")
        await ana.press("ctrl+n")
        await ana.types("Abe")
        await ana.writes("Lamp ou")
        await ana.press("ctrl+r")
        await ana.sees("^r once more drops this draft for good", "Lamp ou")
        await ana.writes("t")
        await ana.press("ctrl+r")
        await ana.sees("^r once more drops this draft for good", "Lamp out")
        for _held in range(4):
            await ana.passes(seconds=0.6)
            await ana.press("ctrl+r")
            await ana.sees("kept: that was too quick to be meant", "Lamp out")
        await ana.passes(seconds=1)
        await ana.press("ctrl+r")
        await ana.sees("the draft is dropped", "1 more kept")
        await ana.sees_no("Lamp out")
        await ana.press("ctrl+r")
        await ana.sees("nothing is written here")
        await ana.press("escape", "n")
        await ana.sees("Gate jammed")
        await ana.press("ctrl+r", "escape", "n")
        await ana.sees("Gate jammed")
        await ana.press("ctrl+r")
        await ana.passes(seconds=1)
        await ana.press("ctrl+r")
        await ana.sees("the draft is dropped")
        await ana.press("escape", "n")
        await ana.sees("what is wrong")
        await ana.sees_no("Gate jammed", "Lamp out")
