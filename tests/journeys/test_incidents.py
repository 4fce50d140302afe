"""A major incident and orders that have to do with one another, at the keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.runner import fire_due
from store.commands.contact import UpdateCustomer
from store.queries.card import OrderCard, Trace
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.queries.card import Card
    from store.records import Records


def _card(records: Records, number: int) -> Card:
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY)


async def test_an_incident_is_told_on_a_cadence_by_keys(records: Records) -> None:
    """Marked on the board and on the card; who had no word stands first, until told."""
    own = UpdateCustomer(number=3, text="of his own, before")
    do(records, own, at=MONDAY - timedelta(minutes=5))
    async with at_the_console(records, size=(200, 50)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("end")
        await ana.sees("#4 Door closes too hard")
        await ana.press("exclamation_mark")
        await ana.sees("word every", "30m")
        await ana.press("enter")
        await ana.sees("every 30 minutes", "!! Door closes", "MAJOR INCIDENT")
        await ana.press("l")
        await ana.press("colon")
        await ana.types("under 2-3 4")
        await ana.sees("without the last word: 2", "! not told yet", "! last told")
        ana.clock.at += timedelta(minutes=31)
        fire_due(records, at=ana.clock.at)
        await ana.press("f5")
        await ana.sees("#4 customer waits for news")
        await ana.press("asterisk")
        await ana.types("power is back at three")
        await ana.sees("word to the customers of order 4 and of 2 under it is recorded")
        await ana.sees_no("without the last word", "#4 customer waits for news")
        await ana.press("right_parenthesis")
        await ana.sees("is a major incident no more")
        await ana.sees_no("!! Door closes")
        await ana.press("z")
        await ana.sees("taken back", "!! Door closes")
    for number in (4, 2, 3):
        told = [entry.fact for entry in records.ask(Trace(number=number), who=ANA, at=MONDAY)]
        assert "updated_customer" in told


async def test_an_incident_in_chinese_by_typed_lines(records: Records) -> None:
    """Declared, split, merged: each said in the reader's language."""
    async with at_the_console(records, size=(200, 50), language="zh_CN") as ana:
        await ana.sees("Lift stuck")
        for typed, seen in (
            ("重大 1 每30分钟", "每 30 分钟向所有客户通报"),
            ("重大 2 每天", "请写 30m、45 或 1h"),
        ):
            await ana.press("colon")
            await ana.types(typed)
            await ana.sees(seen)
        await ana.press("escape")
        for typed, seen in (
            ("拆分 1 ;门机", "拆出工单"),
            ("合并 2 1", "重复报修 1 次"),
            ("解除 1", "已解除重大故障"),
        ):
            await ana.press("colon")
            await ana.types(typed)
            await ana.sees(seen)


async def test_one_key_goes_to_the_related_order_and_back(records: Records) -> None:
    """At once where there is one; of several the marked one."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("ampersand")
        await ana.sees("other order")
        await ana.types("2")
        await ana.sees("order 1 is linked to order 2")
        await ana.press("at")
        await ana.sees("linked", "#1 ")
        assert _card(records, 2).links[0].number == 1
        await ana.press("at")
        await ana.sees("#1 Lift stuck")
        await ana.press("escape", "escape")
        await ana.press("colon")
        await ana.types("link 1 3")
        await ana.sees("order 1 is linked to order 3")
        await ana.press("at")
        await ana.sees("has to do with", "#2 ", "#3 ")
        await ana.press("down", "enter")
        await ana.sees("#3 ", "what happened")
        await ana.press("tilde")
        await ana.types("1")
        await ana.sees("order 3 is linked to order 1 no more")
        await ana.press("at")
        await ana.sees("nothing yet")
        await ana.press("escape")


async def test_a_split_and_a_merge_by_keys_are_taken_back(records: Records) -> None:
    """The part stands on the board, the duplicate on the card of what goes on."""
    async with at_the_console(records, size=(200, 50)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("percent_sign")
        await ana.types("door of the car")
        await ana.sees("split off from order 1", "door of the car")
        await ana.press("z")
        await ana.sees("taken back")
        assert _card(records, 1).links == ()
        await ana.press("equals_sign")
        await ana.types("2")
        await ana.sees("P2 → P1")
        await ana.press("enter")
        await ana.sees("order 1 is duplicate", "#2 has priority 1 now, not 2")
        assert [one.number for one in _card(records, 2).duplicates] == [1]
        await ana.press("z")
        await ana.sees("taken back")
        assert _card(records, 2).duplicates == ()
