"""The steps of an order by keys and by typed lines, in both languages: each door waits for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands.orders import NewOrder
from store.commands.sop import ImportProcedure
from store.domain.lifecycle import Move, State
from store.domain.sop import progress
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console, crosswise
from tests.journeys.stories import do, move
from tests.store.sop_files import LIFT, one_step

if TYPE_CHECKING:
    from store.domain.order import WorkOrder
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "SOP 0/6", "0 of 6 done", "Call the customer", "step call done", "out of the range",
        "why it is taken", "worn", "is done already", "why it is skipped", "skipped",
        "wants first: isolate", "a photo: the path",
    ),
    "zh_CN": (
        "流程 0/6", "共 6 步，已完成 0 步", "Call the customer", "步骤 call 已完成", "超出范围",
        "超出范围为什么", "worn", "已经完成", "为什么跳过", "已跳过",
        "流程要求先完成 isolate", "照片：文件路径",
    ),
}  # fmt: skip


def stands(records: Records, number: int = 6) -> WorkOrder:
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order


def led(records: Records) -> None:
    """Order 6 has a procedure, and its technician is there."""
    source = LIFT.replace('gate = "depart"', 'gate = "finish"').replace("30 min", "20 min")
    do(records, ImportProcedure(source=source))
    do(records, NewOrder(title="Lift hums", site="S1", customer="C1", kind="lift", priority=1))
    for step in (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        told = {"technician": "L2"} if step is Move.ASSIGN else {}
        move(records, 6, step, **told)


async def types(ana: Operator, line: str, said: str) -> None:
    """A line, and what comes of it."""
    await ana.press("colon")
    await ana.writes(line)
    await ana.press("enter")
    await ana.sees(said)


async def answers(ana: Operator, asked: str, answer: str) -> None:
    """What is asked, and the answer."""
    await ana.sees(asked)
    await ana.press("ctrl+u")
    await ana.writes(answer)
    await ana.press("enter")


@crosswise()
async def test_the_checklist_is_done_by_keys(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """From the card to the last step: readings out of range want a reason, skips one, too."""
    led(records)
    words = WORDS[language]
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.sees("Lift hums")
        await types(ana, "show 6", words[0])
        await ana.press("f18")
        await ana.sees(words[1], words[2])
        await ana.press("enter")
        await ana.sees(words[3])
        await ana.press("1")
        await ana.sees(words[7])
        await ana.press("down", "down", "1")
        await answers(ana, "1 – 3 mm", "3.5")
        await answers(ana, words[5], "")
        await ana.sees(words[4])
        await answers(ana, words[5], "worn")
        await ana.sees(words[6], "3.5 mm")
        await ana.press("down", "down", "1")
        await answers(ana, words[11], __file__)
        await ana.sees("test_sop.py")
        await ana.press("up", "3")
        await answers(ana, words[8], "no oil in it")
        await ana.sees(words[9])
        await ana.press("escape", "escape")
        await types(ana, "done 6", words[10])
    order = stands(records)
    assert (order.state, progress(order.steps)) == (State.ON_SITE, (4, 6))


async def test_a_typed_line_does_each_step(records: Records) -> None:
    """In either language; taken back by its own line, and as the last that was done."""
    led(records)
    async with at_the_console(records) as ana:
        await ana.sees("Lift hums")
        for line, said in (
            ("sop do 6 call", "step call done, 1 of 6"),
            ("步骤 撤销 6 call", "step call is open again"),
            ("sop do 6 call ;called twice", "step call done"),
            ("sop do 6 2", "step isolate done"),
            ("sop do 6 brake-gap 9 mm ;worn", "step brake-gap done"),
            ("步骤 跳过 6 photo 没有相机", "step photo skipped"),
            ("sop undo 6 photo", "step photo is open again"),
            ("sop fly 6 call", "nothing to do with a step"),
            ("sop do 6 nothing", "has no step"),
            ("done 6", "is done"),
            ("close 6", "wants first: photo, sign"),
        ):
            await ana.press("escape")
            await types(ana, line, said)
    assert stands(records).state is State.DONE


async def test_of_a_set_the_refused_one_is_named(records: Records) -> None:
    """The others go."""
    do(records, ImportProcedure(source=one_step("assign")))
    do(records, NewOrder(title="Lift hums", site="S1", customer="C1", kind="lift"))
    async with at_the_console(records) as ana:
        await ana.sees("Lift hums")
        await types(ana, "as 1,2,3,6 L3", "wants first: x")
        await ana.press("enter")
        await ana.sees("✓")
    assert stands(records, 6).state is State.NEW
    assert stands(records, 1).technician is not None


async def test_a_time_that_passes_is_an_alarm(records: Records) -> None:
    """It rings at the order, and its checklist says how late it is."""
    led(records)
    later = MONDAY + timedelta(minutes=21)
    fire_due(records, at=later)
    async with at_the_console(records, clock=Clock(later), size=(120, 40)) as ana:
        await ana.press("A")
        await ana.sees("step of the procedure due")
        await ana.press("escape")
        await types(ana, "sop 6", "1 overdue")
        await ana.sees("Isolate the drive")
        await ana.press("down")
        await ana.sees("Within 20m of arrival", "-01:00")
