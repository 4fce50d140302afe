"""A duplicate by key and by line: what goes to the other order is said before Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.orders import SetPriority
from store.domain.lifecycle import Move, State
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.domain.order import WorkOrder
    from store.records import Records

pytestmark = pytest.mark.journey


def order(records: Records, number: int) -> WorkOrder:
    """An order as the store has it now."""
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order


def _sent(records: Records, number: int, technician: str) -> None:
    move(records, number, Move.ASSIGN, technician=technician)
    move(records, number, Move.ACCEPT)


async def test_a_key_shows_first_who_goes_on_and_what_is_more_urgent(records: Records) -> None:
    """Enter does it; the result says it again, and undo puts all of it back."""
    do(records, SetPriority(number=2, priority=4))
    _sent(records, 1, "L2")
    urgent = order(records, 1).priority
    async with at_the_console(records, size=(140, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("equals_sign")
        await ana.sees("original order")
        await ana.types("2")
        await ana.sees("accepted → duplicate", "王芳 (L2) → nobody", f"P4 → P{urgent}")
        await ana.sees("nobody → 王芳 (L2)")
        assert order(records, 1).state is State.ACCEPTED
        await ana.press("enter")
        await ana.sees("goes on to the other order: 王芳 (#2)")
        await ana.sees(f"#2 has priority {urgent} now, not 4")
        assert (order(records, 2).priority, order(records, 2).state) == (urgent, State.ACCEPTED)
        await ana.press("z")
        await ana.sees("taken back")
    assert (order(records, 1).state, order(records, 2).state) == (State.ACCEPTED, State.NEW)
    assert order(records, 2).priority == 4


@pytest.mark.parametrize(
    ("language", "line", "before", "after"),
    [
        (
            "en",
            "dup 1 2",
            "#2 gets priority {urgent}; 王芳: recalled until they have seen it",
            "recalled until they have seen it: 王芳",
        ),
        (
            "zh_CN",
            "重复 1 2",
            "#2 的优先级改为 {urgent}；召回 王芳，待其知悉",
            "已召回，待知悉：王芳",
        ),
    ],
)
async def test_a_line_says_who_is_recalled(
    records: Records, language: str, line: str, before: str, after: str
) -> None:
    """Where somebody has the other order already; his line shows it until it is seen."""
    do(records, SetPriority(number=2, priority=4))
    _sent(records, 1, "L2")
    move(records, 2, Move.ASSIGN, technician="L3")
    urgent = order(records, 1).priority
    async with at_the_console(records, size=(140, 40), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes(line)
        await ana.sees(before.format(urgent=urgent))
        await ana.press("enter")
        await ana.sees(after)
        await ana.press("colon")
        await ana.types("seen L2")
        await ana.sees({"en": "1 recall seen", "zh_CN": "已知悉 1 条召回"}[language])
    assert order(records, 1).visits[0].seen_at == MONDAY
