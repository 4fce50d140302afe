"""The whole board planned anew, at the keyboard: proposed, ticked, accepted, taken back."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.replan.needing import Looking
from console.screens.board import BoardScreen
from console.seat import Seat
from store.commands import NewOrder, SaveAbsence, SaveSite, SaveTechnician
from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move, State
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from store.domain.order import WorkOrder
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

SEEN = {
    "en": ("1 order changes hands; 2 orders are given out", "in time", "nobody comes:"),
    "zh_CN": ("1 单换人；派出 2 单", "准时", "无人能去："),
}
OVER = {"en": "✓ 192 plans compared", "zh_CN": "✓ 已比较 192 个方案"}
DONE = {"en": "done for 3: #6-8", "zh_CN": "已处理 3 张：#6-8"}


def with_lifts(records: Records) -> tuple[int, int, int]:
    """Two who master lifts, of whom one is absent and has an order; two that nobody has."""
    for number in range(1, 6):
        with contextlib.suppress(MoveRefused):
            move(records, number, Move.CANCEL, reason="elsewhere")
    for code, at in (("A", 121.4), ("B", 121.4267)):
        do(records, SaveSite(code=code, name=code, zone="UTC", latitude=31.2, longitude=at))
    for code, name in (("AN", "安娜"), ("BO", "Bo")):
        do(records, SaveTechnician(code=code, name=name, home="A", skills={"lift": 3}))
    titles = ("People trapped", "Door creaks", "Button dark")
    asked = (NewOrder(title=t, site="B", kind="lift", level="critical") for t in titles)
    one, two, three = (do(records, new).numbers[0] for new in asked)
    move(records, three, Move.ASSIGN, technician="BO")
    away = MONDAY + timedelta(days=3)
    do(records, SaveAbsence(technician="BO", starts_at=MONDAY - timedelta(hours=1), ends_at=away))
    return one, two, three


def order(records: Records, number: int) -> WorkOrder:
    """An order as the store has it now."""
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY).order


async def opens(ana: Operator, language: str = "en") -> None:
    """The board planned anew, and the search for better plans over."""
    await ana.sees("People trapped")
    await ana.press("R")
    await ana.sees(*SEEN[language])


NEEDS = {
    "en": "1 order of Bo needs somebody: R shows a repair",
    "zh_CN": "Bo 有 1 单要另派人：按 R 看补派方案",
}


@pytest.mark.parametrize(("language", "small"), [*((known, 400) for known in SEEN), ("en", 0)])
async def test_the_board_says_calmly_who_needs_somebody(
    records: Records, language: str, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose order it is and which key helps; nothing moves by itself; helped, it is gone.

    A large board is looked over in a process of its own, which finds the same.
    """
    monkeypatch.setattr("console.replan.needing.SMALL", small)
    _one, _two, three = with_lifts(records)
    head = records.head()
    async with at_the_console(records, language=language) as ana:
        await ana.sees("People trapped")
        await ana.passes(seconds=1)
        await ana.passes(minutes=1)
        await ana.sees(NEEDS[language])
        (other,) = NEEDS.keys() - {language}
        await ana.press("L")
        await ana.sees(NEEDS[other])  # at once
        await ana.press("L")
        assert records.head() == head
        await ana.press("R")
        await ana.sees(*SEEN[language])
        await ana.press("enter")
        await ana.sees(DONE[language])
        await ana.sees_no(NEEDS[language])
    assert order(records, three).technician is not None


async def test_a_look_that_nobody_waits_for_any_more_ends(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The console is left while a large board is looked over."""
    monkeypatch.setattr("console.replan.needing.SMALL", 0)
    seat = Seat(records=records, who=ANA, name="Ana", now=lambda: MONDAY)
    looking = Looking()
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(looking.look, seat, open_orders=1)
        looking.end()
        assert found.result(20) is None
    assert looking.look(seat, open_orders=1) is None


async def test_a_look_that_fails_or_comes_late_leaves_the_line(records: Records) -> None:
    """It says what is known; an answer that is overtaken by a later one changes nothing."""
    with_lifts(records)
    async with at_the_console(records) as ana:
        await ana.passes(seconds=1)
        await ana.passes(minutes=1)
        await ana.sees(NEEDS["en"])
        board = ana.desk.screen
        assert isinstance(board, BoardScreen)
        board.post_message(BoardScreen.Needed(99, RuntimeError("away"), 0.1))
        board.post_message(BoardScreen.Needed(0, None, 0.1))
        await ana.press("j")
        await ana.sees(NEEDS["en"])
        board.post_message(BoardScreen.Needed(99, None, 0.1))
        await ana.sees_no(NEEDS["en"])


async def test_an_urgent_order_that_nobody_has_is_part_of_it(records: Records) -> None:
    """As soon as somebody could go; others that nobody has stand in their queue."""
    with_lifts(records)
    async with at_the_console(records) as ana:
        asked = NewOrder(title="Smoke", site="B", kind="lift", priority=1, level="critical")
        number = do(records, asked).numbers[0]
        await ana.passes(seconds=1)
        await ana.passes(minutes=1)
        both = "; 1 order of the first priority needs somebody: R shows a repair"
        await ana.sees(f"1 order of Bo needs somebody{both}")
    assert order(records, number).state is State.NEW


@pytest.mark.parametrize("language", SEEN)
async def test_r_proposes_and_enter_accepts_all_of_it(records: Records, language: str) -> None:
    """Who is absent loses his order; what nobody has is given out; one key takes all of it back."""
    numbers = with_lifts(records)
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await opens(ana, language)
        await ana.sees(OVER[language], "BO Bo", "AN 安娜")
        assert order(records, numbers[0]).technician is None
        await ana.press("enter")
        await ana.sees(DONE[language])
        assert len({order(records, number).technician for number in numbers}) == 1
        await ana.press("z")
        await ana.sees_no(DONE[language])
    assert [order(records, n).state for n in numbers] == [State.NEW, State.NEW, State.ASSIGNED]


async def test_a_part_of_it_is_accepted(records: Records) -> None:
    """Space takes an order out, and what it comes to follows; nothing ticked is nothing done."""
    one, two, three = with_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        await ana.press("space", "down", "space")
        await ana.sees("1 order changes hands ", "[ ]", "nobody may go, or has time: #6, #7")
        await ana.press("down", "space")
        await ana.sees("nothing changes")
        await ana.press("enter")
        await ana.sees("nothing is ticked; Space ticks an order")
        await ana.press("space", "enter")
        await ana.sees("order 8 is assigned → 安娜")
    assert [order(records, n).technician is None for n in (one, two, three)] == [True, True, False]


async def test_all_or_none_of_it_is_ticked_by_one_key(records: Records) -> None:
    """To keep one of many, none is ticked, and then that one."""
    numbers = with_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        await ana.press("minus")
        await ana.sees("nothing changes", "[ ]", "+ - all, none")
        await ana.press("plus")
        await ana.sees("1 order changes hands; 2 orders are given out", "[x]")
        await ana.press("minus", "space", "enter")
        await ana.sees("order 6 is assigned → 安娜")
    assert [order(records, n).state for n in numbers] == [State.ASSIGNED, State.NEW, State.ASSIGNED]


async def test_an_order_is_looked_at_before_it_is_decided(records: Records) -> None:
    """And what was ticked is still ticked afterwards; other keys are for the order's own page."""
    with_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        await ana.press("down", "space", "v")
        await ana.sees("Door creaks", "what happened")
        await ana.press("escape")
        await ana.sees("[ ]", "accept what is ticked")
        await ana.press("f")
        await ana.sees("this is done to an order; v opens the one under the cursor")


async def test_a_click_ticks_and_accepts_nothing(records: Records) -> None:
    """The first takes the cursor, the second the tick; a whole board is not moved by a slip."""
    numbers = with_lifts(records)
    head = records.head()
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        row = next(y for y, line in enumerate(ana.screen()) if "Door creaks" in line)
        await ana.pilot.click(offset=(40, row), times=2)
        await ana.sees("1 order changes hands; 1 order is given out", "[ ]")
        assert records.head() == head
        await ana.press("enter")
        await ana.sees("done for 2: ")
    assert order(records, numbers[1]).technician is None


CHANGED = {
    "en": "the list has just changed: look at it, and Enter once more",
    "zh_CN": "列表刚刚变了：看清后再按一次 Enter",
}
AFTER = {"en": "done for 2: ", "zh_CN": "已处理 2 张："}
GIVEN = {"en": "1 order changes hands; 1 order is given out", "zh_CN": "1 单换人；派出 1 单"}


@pytest.mark.parametrize("language", SEEN)
async def test_news_plan_the_board_anew(records: Records, language: str) -> None:
    """What somebody else gives out meanwhile is no part of it any more; Enter asks to look."""
    one, two, three = with_lifts(records)
    records.follow()
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await opens(ana, language)
        await ana.press("down")
        move(records, two, Move.CANCEL, reason="gone")
        await ana.sees(GIVEN[language])
        await ana.press("enter")
        await ana.sees(CHANGED[language])
        assert None in {order(records, one).technician, order(records, three).technician}
        await ana.press("enter")
        await ana.sees(AFTER[language])
    assert order(records, two).state is State.CANCELLED
    assert None not in {order(records, one).technician, order(records, three).technician}


async def test_news_leave_what_is_ticked_as_it_is(records: Records) -> None:
    """Only what cannot be any more goes; what somebody has taken out stays out."""
    one, two, three = with_lifts(records)
    records.follow()
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        await ana.press("space")
        await ana.sees("1 order changes hands; 1 order is given out")
        move(records, two, Move.CANCEL, reason="gone")
        await ana.sees("1 order changes hands ", "[ ]")
        await ana.press("enter")
        await ana.sees(CHANGED["en"])
        await ana.press("enter")
        await ana.sees("order 8 is assigned → 安娜")
    assert order(records, one).technician is None
    assert order(records, three).technician is not None


async def test_what_comes_new_after_all_were_left_out_is_left_out(records: Records) -> None:
    """Who picks a few of many accepts nothing that somebody else takes down meanwhile."""
    one, two, _three = with_lifts(records)
    records.follow()
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        await ana.press("minus", "space")
        await ana.sees("1 order is given out ")
        asked = NewOrder(title="Smoke", site="B", kind="lift", priority=2, level="critical")
        new = do(records, asked).numbers[0]
        await ana.sees("Smoke", "1 order is given out ")
        await ana.press("enter")
        await ana.sees(CHANGED["en"])
        await ana.press("enter")
        await ana.sees("order 6 is assigned → 安娜")
    assert [order(records, n).technician is None for n in (one, two, new)] == [False, True, True]


async def test_a_board_that_moved_on_is_said_and_planned_anew(records: Records) -> None:
    """What was shown is done as shown, or not at all; no news had come of it."""
    one, _two, three = with_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        move(records, one, Move.ASSIGN, technician="AN")
        await ana.press("enter")
        await ana.sees("the board has moved on since this was proposed, so nothing was done")
        await ana.sees("1 order changes hands; 1 order is given out")
        await ana.press("enter")
        await ana.sees("done for 2: ")
    assert order(records, three).technician is not None
