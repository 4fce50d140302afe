"""The board while the world goes on: other desks, other sizes, other languages, a lost store."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.overview import ALARMS_HELD
from scheduler.runner import fire_due
from store.commands.alarms import Acknowledge
from store.commands.orders import NewOrder
from store.domain.errors import StoreUnreachable
from store.domain.lifecycle import Move
from store.records import open_records
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records


def after(**span: float) -> datetime:
    """So long after the story begins."""
    return MONDAY + timedelta(**span)


pytestmark = pytest.mark.journey


async def test_what_another_process_did_appears(records: Records, sqlite_url: str) -> None:
    """Nobody presses refresh at a desk."""
    records.follow()
    other = open_records(sqlite_url, feed=False)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "4 at risk 0")
        move(other, 1, Move.ASSIGN, technician="L3")
        await ana.sees("A assigned 1 P1!", "Zhao Min")
    other.close()


async def test_new_orders_wait_behind_a_line(records: Records, sqlite_url: str) -> None:
    """The order under the cursor stays under the cursor, or a key hits the wrong one."""
    records.follow()
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("down", "down")
        assert "Boiler pressure low" in await ana.chosen()
        do(
            records,
            NewOrder(title="Smoke in the plant room", priority=1, level="critical"),
            at=MONDAY - timedelta(minutes=40),
        )
        await ana.sees("1 new")
        await ana.sees_no("Smoke in the plant room")
        assert "Boiler pressure low" in await ana.chosen()
        await ana.press("full_stop")
        await ana.sees("Smoke in the plant room")
        assert "Boiler pressure low" in await ana.chosen()


@pytest.mark.parametrize(
    ("language", "one", "three"),
    [
        ("en", "1 new - press . to show", "3 new, 1 first priority - press . to show"),
        ("zh_CN", "1 张新工单，按 . 显示", "3 张新工单，含 1 张一级，按 . 显示"),
    ],
)
async def test_a_first_priority_among_the_new_orders_is_told(
    records: Records, language: str, one: str, three: str
) -> None:
    """Whoever reads on must know that somebody is in danger behind that line."""
    records.follow()
    early = MONDAY - timedelta(minutes=40)
    async with at_the_console(records, language=language, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("end")
        do(records, NewOrder(title="No heat", priority=2, level="critical"), at=early)
        await ana.sees(one)
        do(records, NewOrder(title="Smoke in the plant room", priority=1), at=early)
        do(records, NewOrder(title="No light", priority=2, level="critical"), at=early)
        await ana.sees(three)
        await ana.press("full_stop")
        await ana.sees("Smoke in the")


async def test_an_order_that_left_the_queue_is_still_in_hand(records: Records) -> None:
    """Who dispatches from the orphans goes on with the same order, not with the next one."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("2")
        await ana.sees_no("A assigned 5 P2")
        await ana.press("d")
        await ana.types("L2")
        await ana.sees("order 1 is assigned", "1 gone - press . to show", "technician")
        await ana.sees("~> A assigned")
        await ana.press("c")
        await ana.sees("order 1 is accepted")


async def test_a_resize_never_loses_the_selection(records: Records) -> None:
    """From the wall to the laptop in the van and back."""
    async with at_the_console(records, size=(200, 50)) as ana:
        await ana.sees("Lift stuck", "clocks (Round the clock)", "Zhao Min")
        await ana.press("down", "down", "down")
        assert "Lamp out" in await ana.chosen()
        for width, height in ((80, 24), (60, 15), (120, 40), (200, 50)):
            await ana.resize(width, height)
            await ana.sees("Lamp out")
            assert "Lamp" in await ana.chosen()
        await ana.sees("clocks (Round the clock)")


async def test_eighty_columns_hold_what_matters(records: Records) -> None:
    """Queues as tabs, the table, the worst alarm, the keys and the help."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees(
            "1 open 5", "- to close 0", "Lift stuck with peo", "#1 customer waits", "? Help"
        )
        assert all(len(line) <= 80 for line in ana.screen())
        await ana.press("t")
        await ana.sees("Li Wei L1")
        await ana.press("t")
        await ana.sees_no("Li Wei L1")
        await ana.press("enter")
        await ana.sees("asked 00:10", "clocks (Round the clock)", "customer: Golden Lake Ltd")
        await ana.press("w")
        await ana.sees("#1 Wait · why:")
        await ana.types("no key")
        await ana.types("+30m")
        await ana.sees("order 1 is waiting", "W waiting")
        await ana.press("escape")
        await ana.sees("1 open 5")


async def test_the_language_changes_while_running(records: Records) -> None:
    """Two readers share one desk; every word of ours follows, no customer's word does."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck with people", "unassigned", "A assigned")
        await ana.press("L")
        await ana.sees("待派单", "A 已派单", "Lift stuck with people", "简体中文")
        await ana.sees_no("unassigned", "assigned", "overdue")
        await ana.press("x")
        await ana.sees("工单 1")
        await ana.press("L")
        await ana.sees("unassigned")


async def test_an_empty_queue_says_why(records: Records) -> None:
    """An empty list is an answer; it must not look like a fault."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("7")
        await ana.sees("No order waits for anything.", "1 shows all 5 open orders")
        await ana.press("left_square_bracket")
        await ana.sees("Nobody is at work on an order now.")
        await ana.press("1")
        await ana.sees("Lift stuck")


async def test_help_names_every_key_and_why_not(records: Records) -> None:
    """Generated from the table of actions, so that it cannot lie."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("question_mark")
        await ana.sees("Keys", "Dispatch", "not now: order 1 cannot be closed while it is new")
        await ana.press("escape")
        await ana.sees("Lift stuck")


async def test_what_is_too_long_for_the_line_goes_on_below_itself(records: Records) -> None:
    """Words that wrap to the edge would stand among the keys."""
    async with at_the_console(records, size=(80, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("question_mark")
        await ana.sees("give the order")
        first = next(line for line in ana.screen() if "give the order" in line)
        (rest,) = (line for line in ana.screen() if ": d as assign" in line)
        assert len(rest) - len(rest.lstrip()) == first.index("give the order")


async def test_countdowns_tick_and_the_bell_rings_once(records: Records) -> None:
    """Time passes on the screen; what turns bad is heard, and can be silenced."""
    async with at_the_console(records) as ana:
        await ana.sees("40m resp")
        await ana.passes(minutes=31)
        await ana.sees("9:00 resp")
        await ana.passes(seconds=1)
        await ana.sees("8:59 resp")
        before = ana.bells
        fire_due(records, at=MONDAY + timedelta(minutes=45))
        await ana.passes(minutes=15)
        await ana.sees("#2 customer waits for news")
        assert ana.bells == before + 2, "once twice: nobody has come for the others"


async def test_the_bell_is_for_news_alone(records: Records) -> None:
    """Not for what rang before; but for one more by a slow clock, and one instead of another."""
    async with at_the_console(records) as ana:
        await ana.sees("#2 nobody follows")
        assert ana.bells == 0, "it rang before anybody sat here"
        do(records, NewOrder(title="Lamp out in hall C", priority=4))
        await ana.press("f5")
        await ana.sees("all open 6")
        assert ana.bells == 0, "nothing has rung since"
        do(records, NewOrder(title="Leak", priority=2), at=after(minutes=-40))
        fire_due(records, at=after(seconds=-30))
        await ana.press("f5")
        await ana.sees("#7 nobody follows")
        assert ana.bells == 1, "a machine whose clock is behind fired it"
        do(records, Acknowledge(), at=after(seconds=1))
        fire_due(records, at=after(minutes=5))
        await ana.passes(minutes=5)
        await ana.sees("#3 nobody follows")
        assert ana.bells == 2, "no more ring than before, but another one does"


async def test_a_storm_of_alarms_does_not_drown_the_next_one(records: Records) -> None:
    """More ring than the strip holds, and one more is heard all the same; silencing one is not."""
    for n in range(ALARMS_HELD + 5):
        do(records, NewOrder(title=f"Storm {n}", priority=2))
    fire_due(records, at=MONDAY + timedelta(minutes=16))
    (last,) = do(records, NewOrder(title="Late", priority=2), at=after(minutes=20)).numbers
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "nobody follows")
        before = ana.bells
        fire_due(records, at=after(minutes=36))
        assert str(last) not in " ".join(line for line in ana.screen() if "nobody follows" in line)
        await ana.passes(minutes=36)
        await ana.sees("+ 27 more alarms")
        assert ana.bells == before + 2, "once twice: nobody has come for the storm"
        do(records, Acknowledge(numbers=(2,)), at=after(minutes=37))
        await ana.passes(minutes=1)
        await ana.sees_no("P2 #2 nobody follows")
        assert ana.bells == before + 2


async def test_a_lost_store_is_told_and_comes_back(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last board stays readable; commands are refused in a sentence; it mends by itself."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        for door in ("reading", "writing"):
            monkeypatch.setattr(records.database, door, _gone)
        await ana.press("f5")
        await ana.sees("SQLite unreachable 0 s", "Lift stuck")
        await ana.passes(seconds=12)
        await ana.sees("SQLite unreachable 12 s")
        await ana.press("semicolon")
        await ana.types("written in the dark")
        await ana.sees("the store is away", "written in the dark")
        monkeypatch.undo()
        await ana.passes(seconds=5)
        await ana.sees("SQLite ok", "written in the dark")
        await ana.press("enter")
        await ana.sees("noted on order 1")


def _gone(**_told: object) -> None:
    raise StoreUnreachable(why="no route to host")
