"""What is told away from the board: alarms, keys that belong elsewhere, words that grow old."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.feed import NewsArrived
from scheduler.runner import fire_due
from tests.journeys.desk import MONDAY, at_the_console

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from store.records import Records

pytestmark = pytest.mark.journey


async def test_every_alarm_can_be_reached_from_a_small_screen(records: Records) -> None:
    """The strip holds one; the list has them all, and leads to the order of each."""
    fire_due(records, at=MONDAY + timedelta(minutes=45))
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.passes(minutes=45)
        await ana.sees("more alarms - A lists all")
        await ana.press("A")
        await ana.sees("not acknowledged", "customer waits for news", "nobody follows")
        first = (await ana.chosen()).split()[2]
        await ana.sees("5 not acknowledged")
        await ana.press("a")
        await ana.sees("4 not acknowledged")
        await ana.sees(f"alarm of #{first} acknowledged", "✓ ")
        second = (await ana.chosen()).split()
        assert first not in second
        assert "✓" not in second
        await ana.press("d")
        await ana.sees("Enter opens the order of the alarm; this is to be done there")
        number = (await ana.chosen()).split()[2]
        await ana.press("enter")
        await ana.sees(f"#{number} ", "asked ")
        await ana.press("escape")
        await ana.sees("not acknowledged")
        await ana.press("escape")
        await ana.sees("1 open 5")


async def test_what_was_done_among_the_alarms_is_taken_back_there(records: Records) -> None:
    """The key is offered beside the result; it must not be refused."""
    fire_due(records, at=MONDAY + timedelta(minutes=45))
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.passes(minutes=45)
        await ana.press("A")
        await ana.sees("5 not acknowledged")
        await ana.press("a")
        await ana.sees("4 not acknowledged", "undo: z")
        await ana.press("z")
        await ana.sees("5 not acknowledged", "redo: Z")
        await ana.press("Z")
        await ana.sees("4 not acknowledged")
        await ana.press("U")
        await ana.sees("Enter opens the order of the alarm; this is to be done there")
        await ana.press("colon")
        await ana.types("show 1")
        await ana.sees("#1 ", "asked ")


async def test_other_screens_tell_that_it_rings(records: Records) -> None:
    """Whoever reads a card for ten minutes hears of it there, too, and can answer it there."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("#1 customer waits for news")
        await ana.press("enter")
        await ana.sees("asked 00:10", "! 2 alarms ")
        fire_due(records, at=MONDAY + timedelta(minutes=45))
        await ana.passes(minutes=45)
        await ana.sees("!! 5 alarms, 2 for the supervisor")
        for key, title in (("e", "Why this deadline?"), ("question_mark", "Keys")):
            await ana.press(key)
            await ana.sees(title, "! 5 alarms")
            await ana.press("escape")
            await ana.sees_no(title)
        await ana.press("f5")
        await ana.sees("01:45 deadline missed: arrive")
        await ana.press("a")
        await ana.sees("alarm of #1 acknowledged: ", "! 4 alarms")
        await ana.press("a")
        await ana.sees("order 1 has no alarm that rings")


@pytest.mark.parametrize(
    ("keys", "shown"),
    [((), "#1 customer waits"), (("enter",), "asked 00:10"), (("A",), "not acknowledged")],
    ids=["board", "card", "alarms"],
)
async def test_what_nobody_has_heard_is_not_silenced(
    records: Records, keys: tuple[str, ...], shown: str
) -> None:
    """It rang for something worse between the look and the key, wherever the key was pressed."""
    async with at_the_console(records) as ana:
        await ana.sees("#1 customer waits")
        await ana.press(*keys)
        await ana.sees(shown)
        fire_due(records, at=MONDAY + timedelta(minutes=45))
        await ana.press("a")
        await ana.sees("order 1 has just rung for something else")
        await ana.passes(minutes=45)
        await ana.press("f5")
        await ana.sees("deadline missed" if keys == ("enter",) else "overdue")
        await ana.press("a")
        await ana.sees("alarm of #1 acknowledged: ")


async def test_a_line_silences_what_was_heard_when_it_was_typed(records: Records) -> None:
    """An order that rings for something worse before Enter goes on ringing."""
    async with at_the_console(records) as ana:
        await ana.sees("#1 customer waits")
        await ana.press("colon")
        await ana.writes("ack 1")
        await ana.sees("→ acknowledge the alarm of #1")
        fire_due(records, at=MONDAY + timedelta(minutes=45))
        await ana.press("enter")
        await ana.sees("order 1 has just rung for something else")


async def test_a_key_of_the_board_says_elsewhere_that_it_is_one(records: Records) -> None:
    """A key that does nothing and says nothing teaches nothing."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("enter")
        await ana.sees("asked 00:10")
        for key in ("2", "full_stop", "t", "B", "right_square_bracket", "A"):
            await ana.press(key)
            await ana.sees("this is to be done on the board; Esc leads back to it")
            await ana.press("semicolon", "escape")
            await ana.sees("left, nothing done")
        await ana.resize(80, 180)
        await ana.press("question_mark")
        await ana.sees("not now: this is to be done on the board")
        await ana.press("d")
        await ana.sees("this key works on the board; Esc back")
        await ana.press("down")
        await ana.sees_no("this key works on the board")
        await ana.press("at", "tab", "f1")  # no other key ends the console
        await ana.press("escape", "n", "enter")
        await ana.writes("Water in the cellar")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down", "asked 00:10")


async def test_what_was_said_is_news_for_half_a_minute(records: Records) -> None:
    """An old refusal over a calm board is taken for a new one."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("x")
        await ana.sees("✗ order 1 cannot be closed")
        await ana.press("L")
        await ana.sees("✗ 工单 1")
        await ana.press("L")
        await ana.sees("✗ order 1 cannot be closed")
        await ana.passes(seconds=29)
        await ana.sees("✗ order 1 cannot be closed")
        await ana.passes(seconds=1)
        await ana.sees_no("✗ order 1")
        await ana.press("x")
        await ana.sees("✗ order 1 cannot be closed")
        await ana.press("7")
        await ana.sees("No order waits for anything.")
        await ana.sees_no("✗ order 1")


async def test_a_closed_card_brings_no_old_word_back(records: Records) -> None:
    """What was said before it was opened belongs to another moment."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("x")
        await ana.sees("✗ order 1 cannot be closed")
        await ana.press("enter")
        await ana.sees("what happened")
        await ana.press("escape")
        await ana.sees("1 all open")
        await ana.sees_no("✗ order 1")


async def test_a_second_may_pass_while_a_screen_is_put_up(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time, news and another language can come before a screen has its parts; it stands then."""
    async with at_the_console(records) as ana:
        desk = ana.desk
        put_up = desk.go_to

        def put_up_late(screen: Screen[Any], done: Callable[[Any], None] | None = None) -> None:
            put_up(screen, done)
            assert not screen.is_mounted
            ana.clock.at += timedelta(minutes=1)
            desk.tick()
            desk.stand(trouble_since=ana.clock.at)
            desk.on_news_arrived(NewsArrived(0, frozenset(), reload=True))
            desk.speak("en")

        monkeypatch.setattr(desk, "go_to", put_up_late)
        await ana.sees("1 all open")
        screens = {"A": "not acknowledged", "enter": "asked ", "question_mark": "Keys"}
        for key, title in screens.items():
            await ana.press(key)
            await ana.sees(title)
            await ana.press("escape")
            await ana.sees_no(title)
        await ana.press("enter", "e")
        await ana.sees("Why this deadline?")
        assert ana.clock.at >= MONDAY + timedelta(minutes=5)
