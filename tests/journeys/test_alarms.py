"""An operator deals with alarms: shelves, acknowledges sets, reads a flood, makes her calls."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.quiet import QuietHours
from scheduler.horizons import tell_horizons
from scheduler.runner import fire_due
from store.commands import MoveOrder, NewOrder, PromiseFollowUp, SaveCalendar
from store.domain.lifecycle import Move
from store.domain.who import Who
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])


def storm(records: Records, count: int = 12) -> None:
    """As many calls from one site, and nobody takes them."""
    for place in range(count):
        new = NewOrder(title=f"flat {place}", priority=2, site="S2", customer="C1")
        do(records, new, at=MONDAY)
    fire_due(records, at=MONDAY + timedelta(minutes=16))


async def test_an_alarm_is_shelved_and_comes_back_with_its_bell(records: Records) -> None:
    """Two answers; a quarter of an hour later it rings as if it were new."""
    async with at_the_console(records) as ana:
        await ana.sees("#1 customer waits for news")
        await ana.press("S")
        await ana.sees("shelve until", "+30m")
        await ana.press("enter")
        await ana.types("spare part comes at ten")
        await ana.sees("alarm of #1 shelved until", "= ", "spare part comes at ten")
        rang = ana.bells
        fire_due(records, at=MONDAY + timedelta(minutes=30))
        await ana.passes(minutes=31)
        await ana.press("f5")
        await ana.sees_no("spare part comes at ten")
        assert ana.bells > rang


@LANGUAGES
async def test_shelving_by_word_is_undone_by_one_key(records: Records, language: str) -> None:
    """The line, its echo, the effect, and back."""
    line, said, back = {
        "en": ("shelve 1 30m ;waiting for part", "alarm of #1 shelved", "taken back"),
        "zh_CN": ("搁置 1 30分 ;等配件", "#1 的告警已搁置", "已撤回"),
    }[language]
    async with at_the_console(records, language=language) as ana:
        await ana.sees("#1")
        await ana.press("colon")
        await ana.types(line)
        await ana.sees(said)
        await ana.press("z")
        await ana.sees_no(said)
        await ana.sees(back if language == "en" else "告警搁置")


@LANGUAGES
async def test_a_set_is_acknowledged_after_a_look(records: Records, language: str) -> None:
    """Above three, each order is shown with what happens to it."""
    storm(records)
    line, said = {"en": ("ack 6-12", "stays"), "zh_CN": ("确认 6-12", "确认")}[language]
    async with at_the_console(records, language=language) as ana:
        await ana.passes(minutes=17)
        await ana.press("colon")
        await ana.types(line)
        await ana.sees("flat 0", "flat 6", "#6" if language == "en" else said)
        await ana.press("enter")
        await ana.sees("7")
        with records.database.reading() as conn:
            asked = "SELECT count(*) FROM alarm WHERE acknowledged_at IS NOT NULL"
            assert conn.exec_driver_sql(asked).scalar() == 7


async def test_what_went_by_itself_stays_until_it_is_seen(records: Records) -> None:
    """Another system says that it is over; the strip says so, `a` has seen it."""
    over = MoveOrder(number=1, move=Move.CANCEL, reason="elsewhere")
    records.do(over, who=Who(operator=ANA.operator, via="import"), at=MONDAY)
    async with at_the_console(records) as ana:
        await ana.sees("over, unseen")
        await ana.press("A")
        await ana.sees("~", "over, unseen")
        await ana.press("down", "a")
        await ana.sees("seen that its alarm came and went")
        await ana.sees_no("over, unseen")


async def test_the_alarm_under_the_cursor_is_shelved_and_taken_back(records: Records) -> None:
    """On the screen of all alarms, where no order is chosen."""
    async with at_the_console(records) as ana:
        await ana.sees("#1 customer waits for news")
        await ana.press("A", "S")
        await ana.sees("shelve until", "+30m")
        await ana.writes("+45m")  # what is typed takes the place of what is proposed
        await ana.sees("shelve until: +45m")
        await ana.press("enter")
        await ana.writes("waiting for part")
        await ana.press("escape")
        await ana.sees("what you wrote is kept")
        await ana.press("S", "enter")
        await ana.sees("why: waiting for part")
        await ana.press("enter")
        await ana.sees("alarm of #1 shelved", "shelved until", "waiting for part")
        await ana.press("O")
        await ana.sees("alarm of #1 taken from the shelf")
        await ana.sees_no("waiting for part")


async def test_a_long_reason_of_a_shelf_can_be_read_to_its_end(records: Records) -> None:
    """Below the list, on as many lines as it takes; not of an alarm that rings."""
    why = " ".join(f"word{n}" for n in range(40))
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("#1")
        await ana.press("A", "S", "enter")
        await ana.types(why)
        await ana.sees("alarm of #1 shelved")
        await ana.sees("by Desk", "word0", "word39")
        await ana.press("O")
        await ana.sees_no("word39")


async def test_a_calendars_alarm_is_undone_by_one_key(records: Records) -> None:
    """And not what was done to an order before it."""
    spec = {"zone": "UTC", "week": {"mon": [["08:00", "18:00"]]}, "holidays": ["2026-01-01"]}
    known = {**spec, "known_until": "2026-09-30"}
    do(records, SaveCalendar(code="hall", name="Town hall", spec=known), at=MONDAY)
    tell_horizons(records, at=MONDAY)
    async with at_the_console(records) as ana:
        await ana.press("colon")
        await ana.types("note 1 called back")
        await ana.sees("noted")
        await ana.press("colon")
        await ana.types("shelve hall +2h ;list comes")
        await ana.sees("alarm of the calendar hall shelved until", "undo: z")
        await ana.press("z")
        await ana.sees("the calendar hall: “alarm shelved” taken back")


async def test_the_supervisor_is_called_once_and_louder(records: Records) -> None:
    """Two bells, the first line flashes, and the alarm says that nobody acknowledged it."""
    async with at_the_console(records) as ana:
        await ana.sees("#1 customer waits for news")
        await ana.press("f5")
        rang = ana.bells
        fire_due(records, at=MONDAY + timedelta(minutes=15))
        await ana.passes(minutes=15)
        await ana.sees("5m nobody acknowledged · Lift stuck", "35m nobody acknowledged · ")
        assert ana.bells == rang + 2
        await ana.passes(minutes=1)
        await ana.press("f5")
        assert ana.bells == rang + 2
        await ana.press("A")
        await ana.sees("not acknowledged", "nobody  ")


async def test_an_order_that_nobody_has_says_since_when(records: Records) -> None:
    """Not since the alarm of it: one time, here and on the screen of all alarms."""
    fire_due(records, at=MONDAY + timedelta(minutes=16))
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.passes(minutes=19)
        await ana.sees("#3 nobody follows 29m Lamp out in hall B")
        await ana.press("A")
        await ana.sees("nobody follows", "-29m Lamp out in hall B")


async def test_quiet_hours_let_only_the_worst_through(records: Records) -> None:
    """At night a lamp waits until it is over, a lift with people does not."""
    hours = QuietHours.read("00:00-12:00")
    async with at_the_console(records, quiet=hours) as ana:
        await ana.sees("#1 customer waits for news")
        new = NewOrder(title="door", priority=3, site="S2", customer="C1")
        do(records, new, at=MONDAY)
        fire_due(records, at=MONDAY + timedelta(minutes=15))
        rang = ana.bells
        await ana.passes(minutes=1)
        await ana.press("f5")
        await ana.sees("door")
        assert ana.bells <= rang + 2
        rang = ana.bells
        await ana.passes(minutes=700)
        await ana.press("f5")
        assert ana.bells > rang


@LANGUAGES
async def test_her_calls_come_with_a_script_and_one_key(records: Records, language: str) -> None:
    """Nobody answers: noted, and promised again for half an hour later."""
    promised = PromiseFollowUp(number=2, due_at=MONDAY + timedelta(minutes=1), note="报价")
    do(records, promised, at=MONDAY)
    texts = {
        "en": ("Golden Lake Ltd", "this is the service desk", "no answer (again", "next call"),
        "zh_CN": ("Golden Lake Ltd", "这里是工程部服务台", "无人接听（", "下次回访"),
    }[language]
    async with at_the_console(records, language=language, size=(80, 24)) as ana:
        await ana.passes(minutes=2)
        await ana.press("C")
        await ana.sees(*texts[:3], "报价")
        await ana.press("2")
        await ana.sees(texts[3])
        await ana.sees_no("报价”")
        await ana.press("z")
        await ana.sees("报价")
        await ana.press("3")
        await ana.types("+2h")
        await ana.sees(texts[3])


async def test_what_came_of_a_call_is_answered_in_words(records: Records) -> None:
    """Which outcome, when again, what was said; the list has one call less."""
    do(records, PromiseFollowUp(number=2, due_at=MONDAY + timedelta(minutes=1)), at=MONDAY)
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.passes(minutes=2)
        await ana.press("C")
        await ana.sees("1 promised call")
        await ana.press("E")
        await ana.types("shouted")
        await ana.sees("write reached, no-answer, promised, unhappy or done")
        await ana.press("ctrl+u")
        await ana.types("reached")
        await ana.press("enter")
        await ana.types("is content")
        await ana.sees("#2: reached", "nobody is to be called now")


async def test_bell_flash_and_notifications_are_switched_by_keys(records: Records) -> None:
    """Each for itself, while the console runs."""
    async with at_the_console(records, size=(80, 24)) as ana:
        for key, off in (
            ("P", "the flash is off"),
            ("N", "new alarms notify"),
            ("m", "bell is off"),
        ):
            await ana.press(key)
            await ana.sees(off)
        await ana.press("P")
        await ana.sees("new alarms flash")
