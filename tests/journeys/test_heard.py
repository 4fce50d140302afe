"""From a bad rating to its root cause, by keys and by typed lines, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.heard import RateOrder
from store.commands.orders import NewOrder
from store.domain.lifecycle import Move
from store.queries.calls import Calls
from store.queries.card import OrderCard
from store.queries.heard import BadAnswers, ToAsk
from tests.journeys.desk import ANA, MONDAY, at_the_console, crosswise
from tests.journeys.stories import move

if TYPE_CHECKING:
    from store.domain.order import WorkOrder
    from store.records import Records

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "1 customer to ask", "recommend us, 0-10", "own words", "call back by",
        "1 bad answer open", "cause missing", "at once", "cause of the bad answer",
        "action due", "root cause: access or schedule",
    ),
    "zh_CN": (
        "1 位客户待回访", "推荐度 0-10", "原话", "前回电",
        "1 条差评未结", "待归因", "当场处置", "差评的归因",
        "待整改", "归因：进场或时间安排",
    ),
}  # fmt: skip


def kept(records: Records, number: int) -> WorkOrder:
    """An order as the store has it now."""
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order


@crosswise()
async def test_a_bad_rating_is_followed_to_its_root_cause(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """One key for how content he is, one for the cause; what was done at once is written."""
    back = {"en": "to be called back by 05:00", "zh_CN": "须在 05:00 前回电"}[language]
    nothing = {"en": "this key means nothing", "zh_CN": "这个键在这里没有意义"}[language]
    chosen = {"en": "Root cause: access", "zh_CN": "归因：进场"}[language]
    asks, nps, words, calls, open_, missing, contained, found, due, told = WORDS[language]
    move(records, 1, Move.FINISH, insist=True)
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.press("f4")
        await ana.sees(asks)
        await ana.press("7")  # no answer of one to five
        await ana.sees(nothing)
        await ana.press("2")
        await ana.sees(nps)
        await ana.writes("4")
        await ana.press("enter")
        await ana.sees(words)
        await ana.writes("came a day late")
        await ana.press("enter")
        await ana.sees(calls)
        await ana.sees(open_, missing, back, "4h00")
        await ana.press("5")
        await ana.sees(contained, chosen)
        await ana.writes("a new slot for today")
        await ana.press("enter")
        await ana.sees(found)
        await ana.sees(due)
        await ana.press("enter")
        await ana.sees(told, "came a day late", "a new slot for today")
    order = kept(records, 1)
    assert (order.csat, order.nps, order.cause) == (2, 4, "schedule")
    late = MONDAY + timedelta(hours=9)
    (call,) = [one for one in records.ask(Calls(), who=ANA, at=late) if one.place is not None]
    assert call.number == 1


async def test_digits_never_mean_something_else_unseen(records: Records) -> None:
    """A bad answer keeps the cursor; after a good one it goes to the next one to ask, not below."""
    for name in ("Elm Co", "Oak Co"):
        records.do(NewOrder(title="Lamp out", new_customer=name), who=ANA, at=MONDAY)
    for number in (1, 6, 7):
        move(records, number, Move.FINISH, insist=True)
    records.do(RateOrder(number=1, csat=1), who=ANA, at=MONDAY)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.press("f4")
        await ana.sees("2 customers to ask", "1 bad answer open")
        first, last = (line.number for line in records.ask(ToAsk(), who=ANA, at=MONDAY))
        await ana.press("j")
        await ana.sees(f"> {last}")
        await ana.press("5", "enter", "enter")
        await ana.sees("1 customer to ask", f"> {first}")
        await ana.press("2", "enter", "enter")
        await ana.sees("2 bad answers open", f"> {first}")
        await ana.press("5")
        await ana.writes("said sorry")
        await ana.press("enter")
        await ana.sees("cause of the bad answer to order")
    assert (kept(records, first).cause, kept(records, 1).cause) == ("schedule", None)


async def test_a_typed_line_keeps_an_answer_and_a_cause(records: Records) -> None:
    """In either language; a figure that was not given is a dash."""
    move(records, 1, Move.FINISH, insist=True)
    async with at_the_console(records) as ana:
        for line, said in (
            ("unreached 1 engaged", "tries so far: 1"),
            ("rate 1 - 3 too dear", "call back by"),
            ("cause 1 unknown said sorry", "still to be found"),
            ("归因 1 材料问题 换了新件", "cause of the bad answer"),
            ("满意度 1 5 10", "kept"),
        ):
            await ana.press("colon")
            await ana.writes(line)
            await ana.press("enter")
            await ana.sees(said)
    order = kept(records, 1)
    assert (order.csat, order.nps, order.survey_tries) == (5, 10, 1)
    assert records.ask(BadAnswers(), who=ANA, at=MONDAY) == ()
    assert records.ask(ToAsk(), who=ANA, at=MONDAY) == ()
