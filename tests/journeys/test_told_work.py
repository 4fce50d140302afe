"""How long, how many, for when: told by keys, in the form and in a line; seen where one decides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import NewOrder
from store.domain.moves_common import live_visits
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console, crosswise
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.domain.order import WorkOrder
    from store.records import Records

pytestmark = pytest.mark.journey
AT_TEN = MONDAY + timedelta(hours=1)

WORDS = {
    "en": (
        "order 1 edited", "takes 2 people", "and who goes with", "takes 3h00, as told",
        "appointment 11:00-12:00", "appointment: ", "crew: ",
    ),
    "zh_CN": (
        "工单 1 已修改", "需 2 人", "同去", "工时 3h00（已指定）",
        "预约 11:00-12:00", "预约：", "人手：",
    ),
}  # fmt: skip


def kept(records: Records, number: int) -> WorkOrder:
    """An order as the store has it now."""
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order


@crosswise()
async def test_what_is_told_by_keys_is_what_who_goes_reckons_with(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """A crew is sent one beside the other, and both stand on the board."""
    edited, people, goes, takes, meets, *card = WORDS[language]
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.sees("Lift stuck")
        for key, text in (("ctrl+w", "3h"), ("ctrl+x", "2"), ("ctrl+n", "11:00-12:00")):
            await ana.press(key)
            await ana.writes(text)
            await ana.press("enter")
            await ana.sees(edited)
        order = kept(records, 1)
        assert (order.takes_s, order.crew) == (10_800, 2)
        await ana.press("W")
        await ana.sees(people, takes, meets)
        await ana.sets_off("enter", "enter")  # the second one falls on a list of others
        await ana.sees(goes)
        assert len(live_visits(kept(records, 1).visits)) == 1
        await ana.press("escape")
        await ana.sees("+?")
        await ana.press("W")
        await ana.sees(goes)
        await ana.press("enter")
        await ana.sees("Lift stuck", "+")
        await ana.press("v")
        await ana.sees(*card)
    assert len(live_visits(kept(records, 1).visits)) == 2


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_an_appointment_that_is_missed_rings_and_is_counted_down_to(
    records: Records, language: str
) -> None:
    """By its own name on the board, in the alarms and on the card; the finder knows it."""
    appt, found, overdue, card = {
        "en": ("appt", "1 found", "overdue (appt)", "appointment: "),
        "zh_CN": ("预约", "", "超时（预约）", "预约："),
    }[language]
    do(records, NewOrder(title="Boiler", priority=4, appointment_at=AT_TEN), at=MONDAY)
    async with at_the_console(records, language=language) as ana:
        await ana.press("slash")
        await ana.writes("appointment:today crew:1")
        await ana.press("enter")
        await ana.sees("Boiler", appt, found)
        fire_due(records, at=AT_TEN + timedelta(minutes=1))
        await ana.passes(minutes=61)
        await ana.press("f5")
        await ana.press("v")
        await ana.sees(card)
        await ana.press("escape", "A")
        await ana.sees(overdue)


async def test_nothing_takes_it_away_again(records: Records) -> None:
    """By the same keys, and by a line."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("takes 1 3h")
        await ana.press("enter")
        await ana.sees("order 1 edited")
        await ana.press("ctrl+w", "enter")
        await ana.sees("order 1 edited")
    assert kept(records, 1).takes_s is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_form_for_a_new_order_asks_for_them(
    records: Records, size: tuple[int, int]
) -> None:
    """In lines of their own, above tools and parts; what is none is told there."""
    async with at_the_console(records, size=size) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.writes("Rebuild the pump")
        await ana.press("up", "up", "up")
        await ana.sees("people", "work takes", "appointment")
        await ana.writes("0")
        await ana.press("ctrl+s")
        await ana.sees("write 1 to 9")
        await ana.press("backspace")
        await ana.writes("2")
        await ana.press("up")
        await ana.writes("20h")
        await ana.press("up")
        await ana.writes("tomorrow 14:00-16:00")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down")
    order = kept(records, 6)
    assert (order.takes_s, order.crew) == (72_000, 2)
    assert order.appointment_at is not None
    assert order.appointment_to is not None
