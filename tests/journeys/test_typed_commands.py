"""Commands that are typed: echoed, completed, refused with a reason, shown first when many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.people import SaveTechnician
from store.domain.lifecycle import Move, State
from store.queries.board import LineOf
from store.queries.card import Trace
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.queries.board import BoardLine
    from store.records import Records

pytestmark = pytest.mark.journey


def order(records: Records, number: int) -> BoardLine:
    """An order as the store has it now."""
    line = records.ask(LineOf(number=number), who=ANA, at=MONDAY)
    assert line is not None
    return line


def facts(records: Records, number: int) -> list[str]:
    """What the order's trace tells, by name."""
    trace = records.ask(Trace(number=number), who=ANA, at=MONDAY)
    return [entry.fact for entry in trace]


async def test_a_line_says_what_it_would_do_and_does_it(records: Records) -> None:
    """Order, title and the whole name, before Enter; the key that takes it back, after."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.sees("? lists what may stand here")
        await ana.writes("as 2 zhao")
        await ana.sees("→ dispatch #2 三号楼水泵漏水 to Zhao Min (L3)")
        await ana.press("enter")
        await ana.sees("✓ order 2 is assigned", "undo: z, 30 s")
        await ana.passes(seconds=12)
        await ana.sees("undo: z, 18 s")
        await ana.press("z")
        await ana.sees("order 2: “assigned” taken back, it is new; recalled: Zhao Min", "redo: Z")
        await ana.sees("! recalled", "#2")
        await ana.press("Z")
        await ana.sees("“assigned: Zhao Min” done again, it is assigned → Zhao Min")
    assert order(records, 2).state is State.ASSIGNED


async def test_the_same_in_chinese(records: Records) -> None:
    """Words, names by pinyin, and every answer."""
    async with at_the_console(records, language="zh_CN", size=(100, 30)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("：")
        await ana.writes("派 2 wf ；带梯子")
        await ana.sees("→ 派 #2 三号楼水泵漏水 给 王芳（L2）；备注：带梯子")
        await ana.press("enter")
        await ana.sees("✓ 工单 2 已派单", "撤销：z，30 秒")
        await ana.press("colon")
        await ana.types("等 2 配件 到 +2小时")
        await ana.sees("✓ 工单 2 等待中")
        await ana.press("z")
        await ana.sees("工单 2：已撤销“等待中”，现为已派单")
    assert order(records, 2).state is State.ASSIGNED


async def test_a_line_that_means_nothing_stays_and_says_where(records: Records) -> None:
    """The nearest word is named; what was typed is not lost."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("dispach 2 L3")
        await ana.sees("✗ column 1: there is no verb “dispach”; nearest is “dispatch”")
        await ana.press("enter")
        await ana.sees("dispach 2 L3")
        await ana.press("escape", "colon", "up")
        await ana.sees("dispach 2 L3")
        await ana.press("down")
        await ana.writes("x 2")
        await ana.sees("close #2", "order 2 cannot be closed while it is new")
        await ana.press("enter")
        await ana.sees("order 2 cannot be closed")
    assert order(records, 2).version == 1


async def test_tab_completes_and_a_question_mark_explains(records: Records) -> None:
    """At every point of the line."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon", "question_mark")
        await ana.sees("a verb: what to do", "give the order to a technician", "and")
        await ana.writes("dis")
        await ana.press("tab")
        await ana.writes("2 ")
        await ana.press("question_mark")
        await ana.sees("who goes (code or name)", "王芳", "/also")
        await ana.press("tab")
        await ana.sees("→ dispatch #2")
        await ana.press("tab")
        await ana.sees("→ dispatch #2")
        await ana.press("enter")
        await ana.sees("order 2 is assigned")


async def test_the_selected_order_and_the_one_before_have_signs(records: Records) -> None:
    """A dot is where the cursor stands; two dots, what was worked on before."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("note 3 looked at it")
        await ana.sees("noted on order 3")
        await ana.press("colon")
        await ana.types("d . L3")
        await ana.sees("order 1 is assigned")
        await ana.press("colon")
        await ana.types("p .. 1")
        await ana.sees("order 3 now has priority 1")


async def test_many_orders_are_shown_before_enter(records: Records) -> None:
    """Each order, what will change, which clocks move; then they are taken back as one."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("p 1-5 4")
        await ana.sees("→ give 5 orders (#1, #2, #3, #4, #5) priority 4", "Enter shows them first")
        await ana.press("enter")
        await ana.sees("Enter does it", "5 orders", "#2 三号楼水泵漏水", "P2 → P4", "respond: due")
        await ana.press("escape")
        await ana.sees("p 1-5 4")
        assert order(records, 1).priority == 1
        await ana.press("enter")
        await ana.sees("Enter does it")
        await ana.press("enter")
        await ana.sees("✓ done for", "undo: z")
        assert order(records, 2).priority == 4
        await ana.press("z")
        await ana.sees("take back your last command", "P4 → P2")  # as many, it is shown as well
        await ana.press("enter")
        await ana.sees("“priority changed” taken back")
    assert [order(records, number).priority for number in (1, 2, 3)] == [1, 2, 3]


async def test_what_the_store_refuses_is_offered_again(records: Records) -> None:
    """Somebody was faster: the line is still there, with the reason above it."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("d 2 L3")
        await ana.sees("→ dispatch #2")
        move(records, 2, Move.CANCEL, reason="mended by itself")
        await ana.press("enter")
        await ana.sees(
            "order 2 was changed by", "d 2 L3", "cannot be assigned while it is cancelled"
        )


async def test_anything_done_to_an_order_can_be_chosen_and_taken_back(records: Records) -> None:
    """From what was done to it; what something builds on says so."""
    move(records, 1, Move.ASSIGN, technician="L3")
    move(records, 1, Move.ACCEPT)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("U")
        await ana.sees("#1: what was done", "> ", "accepted", "assigned: Zhao Min (L3, 1 job now)")
        await ana.press("down")
        await ana.sees("“accepted” by Desk", "came after; undo that")
        await ana.press("enter", "up", "enter")
        await ana.sees("“accepted” taken back, it is assigned")
        await ana.press("v")
        await ana.sees("taken back")
        await ana.press("U")
        await ana.sees("accepted: Zhao Min (L3, 1 job now) (taken back)")


async def test_what_was_done_long_ago_is_looked_at_first(records: Records) -> None:
    """After thirty seconds z shows what it would take back."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("semicolon")
        await ana.types("wrong order")
        await ana.sees("noted on order 1", "undo: z")
        await ana.passes(seconds=31)
        await ana.sees_no("undo: z")
        await ana.press("z")
        await ana.sees("take back your last command", "#1 Lift stuck with people", "Enter does it")
        await ana.press("enter")
        await ana.sees("“note” taken back")


async def test_who_could_go_and_who_knows_of_his_recall(records: Records) -> None:
    """Lists open above the board; a recall is gone once it was seen."""
    do(records, SaveTechnician(code="L2", name="王芳", skills={"lift": 4}))
    move(records, 2, Move.ASSIGN, technician="L2")
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("W", "W")
        await ana.types("lift near S1")
        await ana.sees("who masters lift", "王芳", "level")
        await ana.press("escape", "escape", "colon")
        await ana.types("undo 2")
        await ana.sees("! recalled")
        await ana.press("K")
        await ana.sees("→ 王芳 (L2) knows of the recalls")
        await ana.press("enter")
        await ana.sees("1 recall seen")
        await ana.sees_no("! recalled")


async def test_a_burst_of_keys_types_and_does_a_command(records: Records) -> None:
    """Fast hands over a slow line: nothing of it acts on the board."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries(":d 2 L3\r:c 2\r:o 2\r")
        await ana.sees("order 2 is en route")
    steps = ("assigned", "accepted", "departed")
    trace = records.ask(Trace(number=2), who=ANA, at=MONDAY)
    assert tuple(entry.fact for entry in trace if entry.fact in steps) == steps


async def test_a_burst_stays_in_the_line_that_its_first_key_opened(records: Records) -> None:
    """Letters and digits of it are keys of the board too, on a console that has just opened."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "#1 customer waits")
        await ana.hurries(":xyfa2Xd")
        await ana.sees(": xyfa2Xd")
        await ana.sees_no("acknowledged", "seen by")
    assert order(records, 1).version == 1


async def test_what_counted_on_a_line_that_means_nothing_is_dropped(records: Records) -> None:
    """The line stays to be mended; the rest of the burst neither runs on nor is added to it."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries(":dance 1\r;never written\r")
        await ana.sees("there is no verb “dance”")
        await ana.sees_no("never written")
        await ana.press("escape", "semicolon")
        await ana.types("the next burst works")
        await ana.sees("noted on order 1")


async def test_a_burst_waits_for_the_look_at_many_orders(records: Records) -> None:
    """Its next Enter agrees to what is shown, and its next line comes after that."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries(":p 1-5 4\r\r:note 2 all are low now\r")
        await ana.sees("noted on order 2")
    assert [order(records, number).priority for number in (1, 2, 3, 4, 5)] == [4] * 5


async def test_screens_are_opened_by_words_too(records: Records) -> None:
    """Whatever has a key has a word."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("go 3")
        await ana.sees("Lamp out in hall B", "what happened")
        await ana.press("colon")
        await ana.types("why 2")
        await ana.sees("Why this deadline?", "#2")
        await ana.press("escape", "escape", "colon")
        await ana.types("mute")
        await ana.sees("the bell is off")
        await ana.press("colon")
        await ana.types("help")
        await ana.sees(
            "Keys", "give the order to a technician", ": d as assign dispatch 派 派单 派给"
        )


async def test_an_order_written_down_by_mistake_is_taken_back(records: Records) -> None:
    """From the form and from the line alike; it stays in the books as an error."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.types("wrong number")
        await ana.press(*["enter"] * 6)
        await ana.sees("order 6 written down", "undo: z")
        await ana.press("z")
        await ana.sees("order 6: “created” taken back, it is cancelled")
        await ana.press("colon")
        await ana.types("n 五号楼停电 @S1 !1 /for golden lake ;caller waits")
        await ana.sees("order 7 written down", "五号楼停电")
    assert (order(records, 7).site_code, order(records, 7).priority) == ("S1", 1)
    assert order(records, 6).state is State.CANCELLED
