"""A day at the desk, told by keys."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.domain.lifecycle import Move, State
from store.domain.targets import ClockKind
from store.queries.board import LineOf
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import move

if TYPE_CHECKING:
    from store.queries.board import BoardLine
    from store.records import Records

pytestmark = pytest.mark.journey


def order(records: Records, number: int) -> BoardLine:
    """An order as the store has it now."""
    line = records.ask(LineOf(number=number), who=ANA, at=MONDAY)
    assert line is not None
    return line


async def test_the_board_shows_queues_orders_people_and_alarms(records: Records) -> None:
    """So that nobody asks what comes next."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck with people", "unassigned", "Li Wei", "-20m")
        await ana.sees("5 overdue 1", "not accepted", "SQLite ok")
        await ana.sees("#1 customer waits for news", "A assigned")


async def test_an_order_goes_through_its_whole_life(records: Records) -> None:
    """Six keys from the call to the closed order, each answered in a sentence."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.sees("#1 Dispatch", "L2 王芳")
        await ana.types("L2")
        await ana.sees("order 1 is assigned", "王芳")
        for key, said in (("c", "accepted"), ("o", "en route"), ("i", "on site"), ("f", "done")):
            await ana.press(key)
            await ana.sees(f"order 1 is {said}")
        await ana.press("x")
        await ana.sees("order 1 is closed")
    assert order(records, 1).state is State.CLOSED


async def test_the_same_life_in_chinese(records: Records) -> None:
    """Every answer is a sentence in the operator's language."""
    async with at_the_console(records, language="zh_CN", size=(100, 30)) as ana:
        await ana.sees("派单台", "待派单", "N 新建", "无人", "Lift stuck")
        await ana.press("x")
        await ana.sees("工单 1 处于“新建”，不能关闭")
        await ana.press("d")
        await ana.sees("派给谁", "+ 空闲")
        await ana.types("王芳")
        await ana.sees("工单 1 已派单")
        for key, said in (("c", "已接单"), ("o", "在途"), ("i", "在场"), ("f", "已完工")):
            await ana.press(key)
            await ana.sees(f"工单 1 {said}")
        await ana.press("w")
        await ana.sees("不能")
        await ana.press("x")
        await ana.sees("工单 1 已关闭")


async def test_an_order_waits_and_goes_on(records: Records) -> None:
    """Waiting needs a reason and a time to wake, or orders get lost."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("w")
        await ana.types("等配件 parts")
        await ana.sees("wake me at")
        await ana.types("yesterday")
        await ana.sees("“yesterday” is not a time")
        await ana.press(*["backspace"] * 9)
        await ana.types("+2h")
        await ana.sees("order 1 is waiting", "W waiting")
        assert order(records, 1).reason == "等配件 parts"
        await ana.press("r")
        await ana.sees("order 1 is new")


async def test_a_key_that_cannot_be_used_says_why(records: Records) -> None:
    """A refusal has a reason, and changes nothing."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "(c)Accept")
        await ana.press("x")
        await ana.sees("order 1 cannot be closed while it is new")
    assert order(records, 1).version == 1


async def test_finishing_before_arrival_must_be_meant(records: Records) -> None:
    """What skips steps is done only when the operator insists."""
    move(records, 1, Move.ASSIGN, technician="L2")
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("f")
        await ana.sees("cannot be finished while it is assigned, unless you insist", "Enter yes")
        await ana.press("escape")
        await ana.sees("left, nothing done")
        assert order(records, 1).state is State.ASSIGNED
        await ana.press("f")
        await ana.sees("Enter yes")
        await ana.press("enter")
        await ana.sees("order 1 is done")


@pytest.mark.parametrize(("word", "lang"), [("/insist", "en"), ("/强制", "zh_CN")])
async def test_what_nobody_was_sent_to_is_finished_by_a_word_only(
    records: Records, word: str, lang: str
) -> None:
    """A hurried Enter finishes nothing; the line says what is more likely meant."""
    said = {
        "en": ("dispatch it, or cancel it with a reason", "/insist does it, Esc leaves"),
        "zh_CN": ("请先派单，或写明原因取消", "/强制 执行，Esc 离开"),
    }
    done = {"en": "do not count as kept", "zh_CN": "响应和到场不计为按时"}
    async with at_the_console(records, language=lang) as ana:
        await ana.sees("Lift stuck")
        await ana.press("f")
        await ana.sees(*said[lang])
        for hurried in ("", "y"):
            await ana.writes(hurried)
            await ana.press("enter")
            await ana.sees({"en": "nothing was done", "zh_CN": "什么都没做"}[lang])
            assert order(records, 1).state is State.NEW
            await ana.press(*["backspace"] * len(hurried))
        await ana.writes(word)
        await ana.press("enter")
        await ana.sees(done[lang], "undo: z" if lang == "en" else "z")
    assert order(records, 1).state is State.DONE
    kept = records.ask(OrderCard(number=1), who=ANA, at=MONDAY).clocks
    assert {held.clock.kind for held in kept if held.clock.met_at} == {ClockKind.RESOLVE}


async def test_a_lost_race_is_told_and_the_text_kept(records: Records) -> None:
    """Two operators, one order: the second learns who changed what, and need not type again."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("X")
        await ana.writes("found a spare")
        move(records, 1, Move.ASSIGN, technician="L3")
        await ana.press("enter")
        await ana.sees("order 1 was changed by", "assigned", "do it all the same?")
        assert order(records, 1).state is State.ASSIGNED
        await ana.press("enter")
        await ana.sees("order 1 is cancelled")
    assert order(records, 1).reason == "found a spare"


async def test_an_order_that_moved_on_refuses_what_is_too_late(records: Records) -> None:
    """After the race the step may make no sense any more; then it is not offered."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("X")
        await ana.writes("not needed")
        move(records, 1, Move.CANCEL, reason="customer fixed it")
        await ana.press("enter")
        await ana.sees("order 1 was changed by", "cannot be cancelled while it is cancelled")


async def test_acknowledging_silences_the_alarm_and_not_the_clock(records: Records) -> None:
    """The bell is for the desk; the promise is to the customer."""
    async with at_the_console(records) as ana:
        await ana.sees("#1 customer waits for news", "P1!")
        await ana.press("end", "a")
        await ana.sees("order 4 has no alarm that rings; acknowledge that of #1? customer waits")
        await ana.press("escape")
        await ana.sees("left, nothing done", "P1!")
        await ana.press("home", "a")
        await ana.sees("alarm of #1 acknowledged: customer waits for news", "seen by Desk")
        await ana.sees("P1*")
        await ana.sees("-20m")


async def test_a_new_order_is_written_down(records: Records) -> None:
    """While the customer is still on the telephone, in his own language."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.sees("New order", "what is wrong")
        await ana.types("五号楼停电")
        await ana.writes("望江")
        await ana.sees("望江花园 S1")
        await ana.press(*["enter"] * 4, "backspace", "1", "enter", "enter")
        await ana.sees("order 6 written down", "五号楼停电")
    assert (order(records, 6).site_name, order(records, 6).priority) == ("望江花园", 1)


async def test_a_form_that_was_left_is_kept(records: Records) -> None:
    """The telephone rings in the middle of everything."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("Half a sen")
        await ana.press("escape")
        await ana.press("q")
        await ana.sees("not saved: New", "q again leaves all the same")
        await ana.press("n")
        await ana.sees("Half a sen")


async def test_the_deadline_is_explained(records: Records) -> None:
    """Why this deadline: the stretches it is made of, clock by clock."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("e")
        await ana.sees("Why this deadline?", "clock: respond", "working time", "due")
        await ana.press("right")
        await ana.sees("clock: arrive")
        await ana.press("escape")
        wake = MONDAY + timedelta(minutes=10)
        move(records, 2, Move.WAIT, reason="spare part", wake_at=wake)
        await ana.press("f5", "down")
        await ana.sees("wake 三号楼")
        await ana.press("e")
        await ana.sees("“wake”: the end of its wait, 01:10", "why: spare part", "(1 of ")
        await ana.press("right")
        await ana.sees("clock: respond")
        await ana.press("escape", "v")
        await ana.sees("arrive:      stands still while it waits, ")


async def test_a_note_a_promise_and_news_to_the_customer(records: Records) -> None:
    """What is done about an order besides moving it."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("semicolon")
        await ana.types("two people inside, calm")
        await ana.sees("noted on order 1")
        await ana.press("u")
        await ana.types("help is coming")
        await ana.sees("customer of order 1 told")
        await ana.press("h")
        await ana.types("+1h")
        await ana.types("ask how they are")
        await ana.sees("follow-up 1 of order 1 promised")
        await ana.press("p")
        await ana.types("2")
        await ana.sees("order 1 now has priority 2")
        await ana.press("v")
        await ana.sees("two people inside, calm", "help is coming", "ask how they are")
        await ana.press("H")
        await ana.types("they are well")
        await ana.sees("follow-up 1 of order 1 done")
