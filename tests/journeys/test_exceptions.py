"""Exceptions at the keyboard: refused, asked for, granted, used, expired; in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.exceptions import AskException, GrantException, SetExceptionLimit
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.domain.exceptions import Grant
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.card import OrderCard
from store.queries.exceptions import ListExceptions, ShowException
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.queries.exceptions import ExceptionLine
    from store.records import Records

pytestmark = pytest.mark.journey

BO = Who(operator=3)
WORDS = {
    "en": (
        "which exception", "why it is needed", "nobody's limit suffices", "exception 1 granted",
        "wait for you: 1", "you", "exception 2 granted", "what is done by it",
        "exception 2 used, 100 left", "exception 3 refused", "exceptions", "expired",
    ),
    "zh_CN": (
        "哪种例外", "为何需要", "没有人的额度够批", "例外 1 已批准",
        "待您审批：1", "您", "例外 2 已批准", "用来做什么",
        "例外 2 已使用，还剩 100", "例外 3 已驳回", "例外", "到期",
    ),
}  # fmt: skip


def kept(records: Records, one: int, after: timedelta = timedelta()) -> ExceptionLine:
    return records.ask(ShowException(exception=one), who=ANA, at=MONDAY + after)


@pytest.mark.parametrize(
    ("language", "size"), [("en", (80, 24)), ("zh_CN", (120, 40))], ids=["en", "zh"]
)
async def test_an_exception_goes_its_way(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """Within one's limit at once; what others ask waits for one, first of all; used in parts."""
    words = WORDS[language]
    do(records, SaveOperator(code="bo", name="Bo"))
    async with at_the_console(records, size=size, language=language) as ana:
        for answer, said in (("price 400", words[2]), ("价格 400", words[3])):
            await ana.press("f11")
            await ana.sees(words[0])
            await ana.press("ctrl+u")
            await ana.types(answer)
            await ana.sees(words[1])
            await ana.press("ctrl+u")
            await ana.types("the pump costs more")
            await ana.sees(said)
            await ana.press("escape")
            do(records, SetExceptionLimit(kind="price", operator=2, each=900))
        for asked in (600, 700):
            ask = AskException(number=1, kind="price", size=asked, reason="a second pump")
            records.do(ask, who=BO, at=MONDAY)
        await ana.press("f24")
        await ana.sees(words[4][:-1] + "2", words[5], "a second pump")
        await ana.press("1")
        await ana.types("once")
        await ana.sees(words[6], words[4])
        for typed, said in (
            ("exceptions use 2 500 pump and pipe", words[8]),
            ("审批 驳回 3 too dear", words[9]),
        ):
            await ana.press("colon")
            await ana.types(typed)
            await ana.sees(said)
        await ana.press("escape")
    line = kept(records, 2)
    assert (line.stands, line.exception.left, line.exception.uses) == (Grant.GRANTED, 100, 1)
    assert kept(records, 3).exception.decision == "too dear"
    later = timedelta(days=8)
    assert kept(records, 2, later).stands is Grant.EXPIRED
    async with at_the_console(records, clock=Clock(MONDAY + later), language=language) as ana:
        await ana.press("colon")
        await ana.types("exceptions use 2 all late")
        await ana.sees(words[11])
    assert records.ask(ListExceptions(), who=ANA, at=MONDAY + later) == ()


WAIVED = {
    "en": (
        "waiver resolve +3d", "exception 1 asked for", "its clock is due no earlier",
        "due moved to", "by waiver #1", "waiver #1: lift stuck", "expired", "moves its deadline",
    ),
    "zh_CN": (
        "豁免 解决 +3d", "已申请例外 1", "有效期间其时限不会更早截止",
        "因豁免 #1 截止移到", "豁免 #1", "豁免 #1：lift stuck", "到期", "自行移动截止",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "size"), [("en", (120, 40)), ("zh_CN", (120, 40))], ids=["en", "zh"]
)
async def test_a_deadline_is_waived_until_its_time_is_over(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """Raised, granted by somebody else, the due time moved wherever it is shown, and expired."""
    words = WAIVED[language]
    do(records, SaveOperator(code="bo", name="Bo"))
    do(records, SetExceptionLimit(kind="waiver", operator=3))
    number = do(records, NewOrder(title="lift stuck", priority=1, site="S1")).numbers[0]
    for step in (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE):
        told = {"technician": "L1"} if step is Move.ASSIGN else {}
        move(records, number, step, **told)
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.press("down", "f11")
        await ana.press("ctrl+u")
        await ana.types(words[0])
        await ana.sees(WORDS[language][1])
        await ana.press("ctrl+u")
        await ana.types("agreed with the customer")
        await ana.sees(words[1])
        granted = GrantException(exception=1)
        records.do(granted, who=BO, at=MONDAY)
        await ana.press("f24")
        await ana.sees(words[2])
        await ana.press("3")
        await ana.sees("all")
        await ana.press("enter")
        await ana.types("x")
        await ana.sees(words[7])
        await ana.press("escape", "enter")
        await ana.sees(*words[3:5])
    later = timedelta(days=3, minutes=1)
    clock = Clock(MONDAY + later)
    async with at_the_console(records, clock=clock, size=size, language=language) as ana:
        await ana.sees(words[5])
        await ana.press("colon")
        await ana.types("exceptions withdraw 1 too late")
        await ana.sees(words[6])
    card = records.ask(OrderCard(number=number), who=ANA, at=MONDAY + later)
    (resolve,) = [held for held in card.clocks if held.clock.kind == "resolve"]
    assert resolve.overdue
    assert resolve.clock.due_at == MONDAY + timedelta(days=3)
