"""An appointment from the telephone to the trace, by the customer's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from store.commands import EditOrder, SaveSite
from tests.journeys.desk import at_the_console
from tests.journeys.stories import do
from tests.journeys.test_replanned import with_lifts
from tests.journeys.test_told_work import kept

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "ends before it begins", "(before the appointment, stays)",
        "(before the appointment, gives way)",
        "appointment: 20:00-22:00 Asia/Shanghai (12:00-14:00 here)",
        "(13:00-14:00 here)", "edited: appointment 20:00-22:00", "written down", "order 6 edited",
        "= at no certain time",
    ),
    "zh_CN": (
        "的结束早于开始", "（早于预约，不变）", "（早于预约，改以预约为准）",
        "预约：20:00-22:00 Asia/Shanghai（本地 12:00-14:00）",
        "（本地 13:00-14:00）", "已修改：预约 20:00-22:00", "已登记", "工单 6 已修改",
        "= 不定时间",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "size"), [("en", (120, 40)), ("zh_CN", (80, 24))])
async def test_what_was_agreed_on_the_telephone_is_by_the_customers_clock(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """The desk stands in UTC, the site in Shanghai: eight in the evening there is noon here."""
    turned, before, arrive, card, shifted, trace, written, edited, gone = WORDS[language]
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n", "enter")
        await ana.writes("Boiler cold")
        await ana.press("enter")
        await ana.writes("North Mill")
        await ana.press("down", "down", "down", "down")
        await ana.writes("1")
        await ana.press("down")
        await ana.writes("20:00-19:00")
        await ana.sees(turned)
        await ana.press("ctrl+s")
        await ana.sees("✗", turned)
        await ana.press(*["backspace"] * 5)
        await ana.writes("22:00")
        await ana.sees("09-21 20:00-22:00 Asia/Shanghai", "12:00-14:00", before, arrive)
        await ana.press("ctrl+s")
        await ana.sees(written)
        order = kept(records, 6)
        assert order.appointment_at == datetime(2026, 9, 21, 12, tzinfo=UTC)
        assert order.appointment_to == datetime(2026, 9, 21, 14, tzinfo=UTC)
        await ana.press("v")
        await ana.sees(card)
        await ana.press("ctrl+n")
        await ana.writes("21:00-22:00")
        await ana.sees("= 09-21 21:00-22:00 Asia/Shanghai", "13:00-14:00")
        await ana.press("enter")
        await ana.sees(edited, trace, shifted)
        await ana.press("ctrl+n")
        await ana.sees(gone)
        await ana.press("escape")
    assert kept(records, 6).appointment_at == datetime(2026, 9, 21, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "appointment 11:00 Asia/Shanghai (03:00 here); People trapped"),
        ("zh_CN", "预约 11:00 Asia/Shanghai（本地 03:00）；People trapped"),
    ],
)
async def test_a_repair_tells_an_appointment_by_the_customers_clock(
    records: Records, language: str, said: str
) -> None:
    """As card and `W` do: the row that is read before Enter."""
    numbers = with_lifts(records)
    do(records, SaveSite(code="B", name="B", zone="Asia/Shanghai"))
    met = {"appointment_at": datetime(2026, 9, 21, 3, tzinfo=UTC)}
    do(records, EditOrder(number=numbers[0], fields=met))
    async with at_the_console(records, size=(120, 40), language=language) as ana:
        await ana.sees("People trapped")
        await ana.press("R")
        await ana.sees(f"#6 {said}")
