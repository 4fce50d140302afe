"""One trouble and its cases, at the keyboard in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.families import PutUnder
from store.commands.incidents import DeclareIncident
from store.commands.orders import NewOrder
from store.domain.lifecycle import Move, State
from store.queries.card import OrderCard, Trace
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import move

if TYPE_CHECKING:
    from store.records import Records


def _parent(records: Records, number: int) -> int | None:
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order.parent


async def test_an_order_is_put_under_another_by_key_and_taken_out(records: Records) -> None:
    """Its card says under which, and undo puts it back."""
    async with at_the_console(records, size=(200, 50)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("plus")
        await ana.sees("under order")
        await ana.types("2")
        await ana.sees("order 1 stands under order 2", "under: #2")
        assert _parent(records, 1) == 2
        await ana.press("underscore")
        await ana.sees("order 1 stands under order 2 no more")
        assert _parent(records, 1) is None
        await ana.press("z")
        await ana.sees("taken back")
        assert _parent(records, 1) == 2


async def test_all_customers_are_told_in_chinese_by_a_typed_line(records: Records) -> None:
    """Put under, told, and refused while a child is open: each in the reader's language."""
    async with at_the_console(records, size=(200, 50), language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("归入 2-3 1")
        await ana.sees("下级工单 2 张")
        await ana.press("colon")
        await ana.types("通告 1 全楼停电，15:00 恢复")
        await ana.sees("已记录对工单 1 及下级工单 2 张客户的通报")
    for number in (1, 2, 3):
        told = records.ask(Trace(number=number), who=ANA, at=MONDAY)[-1]
        assert (told.fact, told.words["note"]) == ("updated_customer", "全楼停电，15:00 恢复")


async def test_a_parent_says_which_child_it_waits_for(records: Records) -> None:
    """It cannot be closed over the head of a case."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        for typed, seen in (
            ("under 2 1", "order 2 stands under order 1"),
            ("finish 1 /insist", "order 1 is done"),
            ("close 1", "still open under it: #2"),
        ):
            await ana.press("colon")
            await ana.types(typed)
            await ana.sees(seen)
        await ana.press("escape")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_an_incident_is_finished_over_open_cases_by_a_word_only(
    records: Records, language: str
) -> None:
    """By key and by line: that it still runs is said before it is done, and when it is."""
    said = {
        "en": ("still runs, open under it: 2", "/insist", "nothing was done", "order 1 is done"),
        "zh_CN": ("仍在进行，其下未完成 2 张", "/强制", "什么都没做", "工单 1 已完工"),
    }
    runs, word, nothing, done = said[language]
    for child in (2, 3):
        records.do(PutUnder(number=child, parent=1), who=ANA, at=MONDAY)
    records.do(DeclareIncident(number=1), who=ANA, at=MONDAY)
    for step in (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        move(records, 1, step, technician="L2" if step is Move.ASSIGN else None)
    async with at_the_console(records, size=(200, 40), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.types("f 1")
        await ana.sees(runs, word)
        await ana.press("escape", "f")
        await ana.sees(runs, word)
        await ana.press("enter")
        await ana.sees(nothing)
        await ana.press("escape", "colon")
        await ana.writes(f"f 1 {word}")
        await ana.sees(f"#1 {runs}")
        await ana.press("enter")
        await ana.sees(done, runs)
    assert records.ask(OrderCard(number=1), who=ANA, at=MONDAY).order.state is State.DONE


async def test_a_notice_says_whom_it_cannot_reach(records: Records) -> None:
    """By key: before Enter where many are shown, and in the result; nobody is counted as told."""
    strange = records.do(NewOrder(title="no light", site="S1"), who=ANA, at=MONDAY).numbers[0]
    for child in (2, 3, strange):
        records.do(PutUnder(number=child, parent=1), who=ANA, at=MONDAY)
    async with at_the_console(records, size=(200, 50)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("asterisk")
        await ana.types("a crew is on its way")
        await ana.sees("neither customer nor caller is known: nobody is told")
        await ana.press("enter")
        await ana.sees("of 2 under it is recorded; nobody is known who could be told for #6")
    assert records.ask(OrderCard(number=strange), who=ANA, at=MONDAY).order.told_at is None
