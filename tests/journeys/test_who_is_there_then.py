"""Whom a dispatcher sends to what begins later: who is there then, not who is there now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import EditOrder, SaveAbsence, SaveShift
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

SAID = {
    "en": (
        "L1 Li Wei", "✗ absent until 09:00", "✗ off shift until tomorrow 01:00",
        "! Li Wei (L1): is absent then (06:00), until 09:00", "order 1 is assigned",
    ),
    "zh_CN": (
        "L1 Li Wei", "✗ 请假到 09:00", "✗ 到 明天 01:00 才当班",
        "! Li Wei（L1）：届时（06:00）在请假，到 09:00", "工单 1 已派单",
    ),
}  # fmt: skip


def they_come_and_go(records: Records) -> None:
    """It begins at six: Li Wei and Zhao Min leave at four, Wang Fang is back at three (UTC)."""
    hour = timedelta(hours=1)
    do(records, EditOrder(number=1, fields={"appointment_at": MONDAY + 5 * hour}))
    for who, away, back in (("L1", 3, 8), ("L2", -1, 2)):
        absent = SaveAbsence(
            technician=who, starts_at=MONDAY + away * hour, ends_at=MONDAY + back * hour
        )
        do(records, absent)
    for begins, ends in ((-1, 3), (24, 32)):
        shift = SaveShift(
            technician="L3", starts_at=MONDAY + begins * hour, ends_at=MONDAY + ends * hour
        )
        do(records, shift)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_who_is_away_when_the_appointment_begins_is_marked_and_warned_of(
    records: Records, language: str
) -> None:
    """Who is absent only now is none of them; sending all the same keeps that it was known."""
    they_come_and_go(records)
    named, absent, off, warned, sent = SAID[language]
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.sees("L2")
        assert "✗" not in next(row for row in ana.screen() if "L2" in row).split("L2")[1][:14]
        await ana.writes("L3")
        await ana.sees(off)
        await ana.press(*["backspace"] * 2)
        await ana.writes("L1")
        await ana.sees(named, absent, warned)
        await ana.press("enter")
        await ana.sees(sent)
    visit = records.ask(OrderCard(number=1), who=ANA, at=MONDAY).order.visits[-1]
    assert visit.state.value == "assigned"
