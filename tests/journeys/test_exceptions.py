"""Exceptions at the keyboard: refused, asked for, granted, used, expired; in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.exceptions import AskException, SetExceptionLimit
from store.commands.operators import SaveOperator
from store.domain.exceptions import Grant
from store.domain.who import Who
from store.queries.exceptions import ListExceptions, ShowException
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console
from tests.journeys.stories import do

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


async def test_the_card_shows_what_may_be_used(records: Records) -> None:
    """With its end; and a waiver says that its clock goes on."""
    do(records, SetExceptionLimit(kind="waiver", operator=2, count=1))
    ask = AskException(number=1, kind="waiver", about="resolve", reason="asked by the customer")
    do(records, ask)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.press("f24")
        await ana.sees("may be used: 1", "The clock itself goes on")
        await ana.press("enter")
        await ana.sees("waiver of the clock “resolve”", "granted by")
