"""The year ends, and the desk does not know the holidays of the next one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.service import Service
from store.commands.orders import NewOrder
from store.commands.promises import ExtendCalendar
from store.records import open_records
from tests.journeys.desk import Clock, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

pytestmark = pytest.mark.journey

NOVEMBER = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai, five weeks before what is known ends."""


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Records]:
    """A desk in Shanghai that knows China's holidays of this year, and has nothing to do."""
    records = open_records(sqlite_url, feed=True, zone="Asia/Shanghai")
    known = ExtendCalendar(code="office", off=("2026-10-01",), known_until="2026-12-31")
    do(records, known, at=NOVEMBER)
    yield records
    records.close()


def sweep(records: Records, at: datetime) -> None:
    """What every console does by itself within seconds."""
    Service(records, now=lambda: at)._ring()


@pytest.mark.parametrize(
    ("language", "said", "seen", "none"),
    [
        ("en", "office: holidays known to 2026-12-31", "seen by Desk", "no alarms"),
        ("zh_CN", "office：节假日仅知至 2026-12-31", "Desk 已确认", "没有告警"),
    ],
)
async def test_the_alarm_says_what_to_do_and_goes_when_it_is_done(
    desk: Records, language: str, said: str, seen: str, none: str
) -> None:
    """On the smallest screen, with the bell, in either language; extending it ends the alarm."""
    clock = Clock(NOVEMBER)
    async with at_the_console(desk, language=language, size=(80, 24), clock=clock) as ana:
        await ana.sees(none)
        sweep(desk, NOVEMBER)
        await ana.sees(said, "paidan calendar office --extend 2027")
        assert ana.bells == 1
        await ana.resize(120, 40)
        await ana.press("a", "enter")
        await ana.sees(said, seen)
        do(desk, ExtendCalendar(code="office", known_until="2027-12-31"), at=NOVEMBER)
        await ana.sees(none)


async def test_it_rings_again_when_it_gets_worse(desk: Records) -> None:
    """Two weeks before the end, and when it has come."""
    clock = Clock(NOVEMBER)
    async with at_the_console(desk, clock=clock) as ana:
        await ana.sees("no alarms")
        sweep(desk, NOVEMBER)
        await ana.sees("office: holidays known to")
        await ana.press("a")
        await ana.sees("acknowledge that of the calendar? office: holidays known to")
        await ana.press("enter")
        await ana.sees("alarm of the calendar office acknowledged", "seen by")
        await ana.passes(days=25)
        sweep(desk, clock.at)
        await ana.sees("!! office: holidays known to")
        await ana.sees_no("seen by")
        await ana.passes(days=30)
        sweep(desk, clock.at)
        await ana.sees("!! office: holidays unknown after 2026-12-31")
        assert ana.bells == 3


@pytest.mark.parametrize(
    ("language", "shelved", "back"),
    [
        ("en", "alarm of the calendar office shelved until", "office taken from the shelf"),
        ("zh_CN", "日历 office 的告警已搁置至", "日历 office 的告警已取回"),
    ],
)
async def test_it_is_put_aside_by_the_keys_of_every_alarm(
    desk: Records, language: str, shelved: str, back: str
) -> None:
    """Until the list of the next year is there; and taken off again."""
    sweep(desk, NOVEMBER)
    async with at_the_console(desk, language=language, clock=Clock(NOVEMBER)) as ana:
        await ana.press("A")
        await ana.sees("office")
        await ana.press("S", "enter")
        await ana.types("list on Monday")
        await ana.sees(shelved, "= ", "list on Monday")
        await ana.press("O")
        await ana.sees(back)
        await ana.sees_no("list on Monday")


async def test_why_this_deadline_tells_that_it_may_be_wrong(desk: Records) -> None:
    """It lies where nobody knows the holidays yet."""
    late = datetime(2026, 12, 30, 1, 0, tzinfo=UTC)
    do(desk, NewOrder(title="Repaint hall", priority=4, level="standard"), at=late)
    async with at_the_console(desk, clock=Clock(late + timedelta(minutes=5))) as ana:
        await ana.sees("Repaint hall")
        await ana.press("e")
        await ana.sees("Why this deadline?")
        await ana.press("right")
        await ana.sees("holidays not known from here on", "01-01 00:00")
