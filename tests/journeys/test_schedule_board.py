"""The schedule board at the keyboard: jobs chosen, moved, swapped and locked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from console.panes.hand_bar import HandBar
from store.commands import SaveAbsence
from store.commands.locks import LockOrder
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do, move
from tests.store.desk import stored

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


@pytest.fixture
def board(records: Records) -> Records:
    """Wang has three orders, Zhao one, and Li one."""
    for number in (1, 2, 4):
        move(records, number, Move.ASSIGN, technician="L2")
    move(records, 3, Move.ASSIGN, technician="L3")
    return records


async def test_a_job_is_moved_once_its_cost_is_seen(board: Records) -> None:
    """To whom by up and down, before which other by left and right; Enter does it, z undoes it."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>", "--*1****---*2****--+4++++", "late - way")
        await ana.press("down", "right")
        await ana.sees("--*1****---<2***>", "#2 P2 03:00-04:00 late by 20m (arrive) 三号楼水泵漏水")
        await ana.press("m", "down")
        await ana.sees("#2 → L3 Zhao Min 01:30-02:30", "|--??????")
        await ana.sees("L2 王芳: lateness 560 → 400, travel 90 → 60 cost 650 → 460 (-190)")
        await ana.sees("L3 Zhao Min: travel 30 → 60 cost 30 → 60 (+30)", "makes wait: #3 by 1h30")
        head = board.head()
        for key in ("Z", "U", "F"):  # letters of a name, perhaps
            ana.desk.screen.query_one(HandBar).say("", "")
            await ana.sees_no("an order is lifted")
            await ana.press(key)
            await ana.sees("an order is lifted", "??????")
        await ana.press("escape")
        await ana.sees_no("??????")
        assert (board.head(), stored(board, 2).technician) == (head, 2)
        await ana.press("up", "m", "down", "right")
        await ana.sees("+3++++...??????", "03:00-04:00 late by 20m (arrive) start planned")
        await ana.press("enter")
        await ana.sees("order 2 is assigned → Zhao Min, to begin at", "+3++++---<2***>")
        assert stored(board, 2).technician == 3
        await ana.press("z")
        await ana.sees("--*1****---*2****--+4++++")
        assert (stored(board, 2).technician, stored(board, 2).planned_at) == (2, None)


async def test_two_jobs_change_places(board: Records) -> None:
    """The second is chosen by the arrows; what both days come to is shown first."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "s", "enter")
        await ana.sees("choose the job to swap with")
        await ana.press("down")
        await ana.sees("#1 → L3 Zhao Min", "#3 → L2 王芳")
        await ana.press("enter")
        await ana.sees("done for 2: #1, #3")
        assert [stored(board, n).technician for n in (1, 3)] == [3, 2]


async def test_a_lock_holds_on_every_screen(board: Records) -> None:
    """Its mark is on the timeline, the board and the card; who would move it is told by whom."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "right", "comma")
        await ana.sees("order 2 is locked to 王芳", "&#2 P2", "late by 20m (arrive) locked")
        await ana.press("left")
        await ana.sees("---&2****")
        await ana.press("right", "m", "down")
        await ana.sees("! L3 Zhao Min: Desk has locked the order to 王芳")
        await ana.press("enter")
        await ana.sees("Desk has locked the order to 王芳; unlock it first")
        await ana.press("escape", "escape")
        await ana.sees("三号楼水泵漏水", "&王芳")
        await ana.press("colon")
        await ana.types("d 2 L1")
        await ana.sees("order 2 cannot be assigned: Desk locked it to 王芳; unlock it first")
        await ana.press("escape")
        await ana.press("down", "d")
        await ana.writes("L1")
        await ana.sees("it is locked to 王芳: unlock it first; /also sends a second one")
        await ana.press("escape")
        await ana.press("colon")
        await ana.types("v 2")
        await ana.sees("technician: &王芳 (L2)", "locked by Desk", "locked: 王芳")
        await ana.press("ctrl+k")
        await ana.sees("order 2 is unlocked")
        await ana.press("ctrl+k")
        await ana.sees("order 2 is not locked")
        await ana.press("comma")
        await ana.sees("order 2 is locked to 王芳")
        await ana.press("comma")
        await ana.sees("order 2 is locked already")
    assert stored(board, 2).locked_by is not None


async def test_what_is_under_way_stays_and_rules_are_named(board: Records) -> None:
    """A rule that a move breaks is to be seen before it is done all the same."""
    for step in (Move.ACCEPT, Move.DEPART):
        move(board, 5, step)
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("#5 Boiler pressure low")
        await ana.press("m")
        await ana.sees("order 5 is under way; it stays where it is")


async def test_a_held_key_breaks_no_rule(board: Records) -> None:
    """Who holds Enter, or presses it twice, has not read what it breaks; later it is meant."""
    do(board, SaveAbsence(technician="L3", starts_at=MONDAY, ends_at=MONDAY + timedelta(days=4)))
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "right", "m", "down")
        await ana.sees("! L3 Zhao Min: is absent")
        await ana.press("enter")
        await ana.sees("this breaks the rules above; Enter again does it all the same")
        for _held in range(4):
            await ana.press("enter")
            await ana.passes(seconds=0.4)
            await ana.sees("this breaks the rules above; Enter again does it all the same")
            assert stored(board, 2).technician == 2
        await ana.passes(seconds=1)
        await ana.press("enter")
        await ana.sees("order 2 is assigned → Zhao Min")
        assert stored(board, 2).technician == 3


async def test_who_has_read_what_it_breaks_may_do_it_though_news_came(board: Records) -> None:
    """A living desk weighs what is lifted anew every few seconds; it is the same move."""
    board.follow()
    do(board, SaveAbsence(technician="L3", starts_at=MONDAY, ends_at=MONDAY + timedelta(days=4)))
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "right", "m", "down")
        await ana.sees("! L3 Zhao Min: is absent", "L2 王芳: lateness 560 → 400")
        await ana.press("enter")
        await ana.sees("this breaks the rules above; Enter again does it all the same")
        move(board, 1, Move.CANCEL, reason="gone")
        await ana.sees_no("lateness 560 → 400")
        await ana.sees("! L3 Zhao Min: is absent")
        await ana.passes(seconds=2)
        await ana.press("enter")
        await ana.sees("order 2 is assigned → Zhao Min")
        assert stored(board, 2).technician == 3


async def test_a_board_that_moved_on_refuses_and_weighs_again(board: Records) -> None:
    """Somebody else has given him something since: nothing is done, and the new cost is shown."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "right", "m", "down")
        await ana.sees("L3 Zhao Min: travel 30 → 60 cost 30 → 60 (+30)")
        do(board, LockOrder(number=3))
        await ana.press("enter")
        again = "the day of Zhao Min, 王芳 is another now: look again, then choose"
        await ana.sees(again, "L3 Zhao Min: travel 30 → 60 cost 30 → 60 (+30)")
        assert stored(board, 2).technician == 2
        await ana.press("enter")
        await ana.sees("order 2 is assigned → Zhao Min")


async def test_keys_go_on_after_a_refused_move(board: Records) -> None:
    """Under way by now, it goes nowhere: Enter and the arrows say so again, Esc puts it down."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "right", "m")
        await ana.sees("#2 → L2 王芳", "cost")
        for step in (Move.ACCEPT, Move.DEPART):
            move(board, 2, step)
        await ana.press("down")
        await ana.sees("cannot begin at another")
        for key in ("enter", "right"):
            ana.desk.screen.query_one(HandBar).say("", "")
            await ana.sees_no("cannot begin at another")
            await ana.press(key)
            await ana.sees("cannot begin at another")
        await ana.press("escape")
        await ana.sees_no("cannot begin at another")
        await ana.press("question_mark")
        await ana.sees("move the job: to whom, before which other")
    assert stored(board, 2).technician == 2


async def test_no_cost_is_taken_unseen(board: Records) -> None:
    """Enter typed before it is shown only shows it; the next one does it."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "right")
        await ana.sees("--*1****---<2***>")
        await ana.hurries("mj\r")
        await ana.sees("look at what it costs; Enter again does it")
        await ana.sees("L3 Zhao Min: travel 30 → 60 cost 30 → 60 (+30)")
        await ana.press("enter", "enter")
        await ana.sees("look at what it costs; Enter again does it")
        assert stored(board, 2).technician == 2
        await ana.passes(seconds=2)
        await ana.press("enter")
        await ana.sees("order 2 is assigned → Zhao Min")
        assert stored(board, 2).technician == 3


async def test_what_makes_nothing_worse_is_done_at_once(board: Records) -> None:
    """Where it is already costs nobody anything: Enter need not wait to be pressed again."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("--<5+++>")
        await ana.press("down", "right")
        await ana.sees("--*1****---<2***>")
        await ana.hurries("m\r")
        await ana.sees("order 2 is assigned → 王芳")


async def test_hours_zoom_and_move(board: Records) -> None:
    """Beyond the last job the hours move; + and - show fewer and more of them."""
    async with at_the_console(board, size=(120, 40)) as ana:
        await ana.press("Y")
        await ana.sees("23:00", "07:00")
        await ana.press("plus")
        await ana.sees("00:00 01:00 02:00 03:00")
        await ana.press("minus", "minus")
        await ana.sees("21:00", "17:00")
        await ana.press("minus", "minus")
        await ana.sees("16:00")
        await ana.press("plus", "plus", "greater_than_sign")
        await ana.sees("00:00", "02:00", "2026-09-21")
        await ana.press("less_than_sign", "less_than_sign")
        await ana.sees("22:00")
        await ana.press("right")
        await ana.sees("23:00")
        await ana.press("question_mark")
        await ana.sees("move the job: to whom, before which other")


async def test_the_board_in_chinese_on_a_small_screen(board: Records) -> None:
    """The same keys; names of both scripts stand in one column."""
    async with at_the_console(board, size=(80, 24), language="zh_CN") as ana:
        await ana.press("Y")
        await ana.sees("王芳", "移动", "对调")
        rows = [line for line in ana.screen() if "已派单" in line and "|" in line]
        assert len({cell_len(row[: row.index("|")]) for row in rows}) == 1
        await ana.press("down", "right", "m", "down")
        await ana.sees("#2 → L3 Zhao Min", "王芳：超时 560 → 400", "保持原样")
        await ana.press("enter")
        await ana.sees("工单 2 已派单 → Zhao Min")
        await ana.press("comma")
        await ana.sees("工单 2 已锁定给 Zhao Min")
        await ana.press("m", "up")
        await ana.sees("Desk 已把工单锁定给 Zhao Min")
        await ana.press("enter")
        await ana.sees("请先解锁")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_whom_it_goes_to_is_named_by_letters(board: Records, language: str) -> None:
    """A letter that is a command elsewhere is one of a name while an order is lifted."""
    async with at_the_console(board, size=(120, 40), language=language) as ana:
        await ana.press("Y")
        await ana.sees("+4++++")
        await ana.press("down", "right", "m")
        await ana.press(*"zhao", "space", "m")
        await ana.sees("“zhao m”", "#2 → L3 Zhao Min")
        await ana.press("x")
        await ana.sees("“zhao mx”")
        await ana.press("enter")
        await ana.sees("✓" if language == "en" else "已派单 → Zhao Min")
    assert stored(board, 2).technician == 3
