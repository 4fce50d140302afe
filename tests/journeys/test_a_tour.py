"""The tour: a newcomer tries five keys on a real desk, and is led by what her hands did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.tour import STEPS, Tour
from store.commands.alarms import Acknowledge
from store.commands.orders import NewOrder
from store.domain.lifecycle import Move, State
from store.queries.board import LineOf
from store.records import open_records
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

pytestmark = pytest.mark.journey

SMALL = (80, 24)
SAID = {
    "en": ("v opens the order", "e tells why", "a acknowledges", "d sends", "z takes back"),
    "zh_CN": ("v 打开光标", "e 看截止", "a 确认告警", "d 派单", "z 撤销刚做"),
}
WORDS = {
    "en": ("Tour {}/5", "who goes", "is assigned", "acknowledged", "That was it: ?"),
    "zh_CN": ("导览 {}/5", "派给谁", "已派单", "已确认", "导览完毕：按 ?"),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_newcomer_goes_through_the_tour(records: Records, language: str) -> None:
    """Each step is noticed when it was done; the strip leaves room for what the step opens."""
    said, (head, who, assigned, heard, end) = SAID[language], WORDS[language]
    async with at_the_console(records, size=SMALL, language=language) as ana:
        await ana.sees("#1")
        await ana.press(":")
        await ana.types("tour" if language == "en" else "导览")
        await ana.sees(head.format(1), said[0])
        await ana.press("v")
        await ana.sees(head.format(2), said[1])
        await ana.press("e")
        await ana.sees("Esc")
        await ana.press("escape")
        await ana.sees(head.format(3), said[2])
        await ana.press("a")
        await ana.sees(heard, head.format(4), said[3])
        await ana.press("d")
        await ana.sees(who, head.format(4), "王芳")
        await ana.press("down", "enter")
        await ana.sees(assigned, head.format(5), said[4])
        await ana.press("z")
        await ana.sees(end)
        await ana.press("escape", "escape")
        await ana.sees_no(end)
    line = records.ask(LineOf(number=1), who=ANA, at=MONDAY)
    assert line is not None
    assert (line.state, line.technician_name) == (State.NEW, None)


async def test_the_tour_is_offered_once(records: Records, tmp_path: Path) -> None:
    """Not a second time at this account, whatever came of the first; asked for, it begins."""
    for start in range(2):
        async with at_the_console(records) as ana:
            ana.desk.tour_file = tmp_path / "state" / "toured"
            ana.desk.offer_tour()
            if not start:
                await ana.sees("New here?", "( begins it", "Esc not now")
                await ana.press("escape")
            await ana.desk.workers.wait_for_complete()
            await ana.sees_no("New here?")
            await ana.press("(")
            await ana.sees("Tour 1/5")
    assert (tmp_path / "state" / "toured").stat().st_size == 0


async def test_who_took_the_tour_unasked_is_not_offered_it(
    records: Records, tmp_path: Path
) -> None:
    """She knows it already, and what she left she does not want."""
    async with at_the_console(records) as ana:
        ana.desk.tour_file = tmp_path / "toured"
        await ana.press("(")
        await ana.sees("Tour 1/5")
        await ana.press("escape")
        await ana.sees_no("Tour 1/5")
        await ana.desk.workers.wait_for_complete()
        ana.desk.offer_tour()
        await ana.desk.workers.wait_for_complete()
        await ana.sees_no("New here?")


@pytest.mark.parametrize("folder", ["state", "state/deep"])
async def test_it_is_not_offered_where_that_could_not_be_kept(
    records: Records, tmp_path: Path, folder: str
) -> None:
    """Else it would be offered at every start."""
    (tmp_path / "state").write_text("a file where a folder should be")
    async with at_the_console(records) as ana:
        ana.desk.tour_file = tmp_path / folder / "toured"
        ana.desk.offer_tour()
        await ana.desk.workers.wait_for_complete()
        await ana.sees_no("New here?")


@pytest.mark.slow
async def test_the_sample_desk_comes_with_a_tour(sqlite_url: str, tmp_path: Path) -> None:
    """The one moment at which somebody is surely new."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, welcome=True) as ana:
        ana.desk.tour_file = tmp_path / "toured"
        await ana.sees("This desk has no orders yet.")
        await ana.press("1", "enter")
        await ana.sees("the sample desk is ready", "New here?", patience_s=60)
        await ana.press("(")
        await ana.sees("Tour 1/5")
    records.close()


async def test_a_wall_has_no_tour(records: Records, tmp_path: Path) -> None:
    """Its steps are commands."""
    async with at_the_console(records, only_looks=True) as ana:
        ana.desk.tour_file = tmp_path / "toured"
        ana.desk.offer_tour()
        await ana.press("(")
        await ana.sees("this console only shows the desk")
        await ana.sees_no("Tour 1/5", "New here?")
    assert not (tmp_path / "toured").exists()


async def test_where_no_alarm_rings_the_step_says_so_and_goes_on(records: Records) -> None:
    """Also where a colleague silences the last while it is the step."""
    async with at_the_console(records, size=SMALL) as ana:
        await ana.sees("Lift stuck")
        await ana.press("(", "(", "(")
        await ana.sees("Tour 3/5", "a acknowledges")
        do(records, Acknowledge())
        await ana.press("f5")
        await ana.sees("Tour 4/5", "No alarm rings now (a acknowledges one).")


async def test_an_order_that_goes_meanwhile_holds_nobody_up(records: Records) -> None:
    """The strip says why the key would be refused, and any other order will do.

    The list stands as it stood; of one that somebody has the strip says who, before it is his no
    more.
    """
    async with at_the_console(records, size=SMALL) as ana:
        await ana.sees("Lift stuck", "Boiler")
        await ana.press("(", "(", "(", "(")
        await ana.sees("Tour 4/5", "now on #1", "Boiler")
        await ana.press("down", "down")
        await ana.sees("#5 is with Li Wei; 2 lists unassigned")
        await ana.press("2")
        await ana.sees_no("Boiler")
        await ana.press("home")
        move(records, 1, Move.CANCEL, reason="sold")
        await ana.press("d")
        await ana.sees("who goes")
        await ana.press("down", "enter")
        await ana.sees("order 1 was changed by", "Tour 4/5", "cannot be assigned while it is canc")
        await ana.press("f5")
        await ana.sees_no("Lift stuck")
        await ana.press("d")
        await ana.sees("who goes")
        await ana.press("down", "enter")
        await ana.sees("is assigned", "Tour 5/5")


async def test_it_may_be_left_and_begun_again_at_any_time(records: Records) -> None:
    """Esc leaves what is open first; the work that was begun stays done."""
    async with at_the_console(records, size=SMALL) as ana:
        await ana.sees("Lift stuck")
        await ana.press("(", "v")
        await ana.sees("Tour 2/5", "Esc to the board")
        await ana.press("d")
        await ana.sees("who goes")
        await ana.press("escape", "escape", "escape")
        await ana.sees_no("Tour")
        assert ana.desk.tour is None
        await ana.press("(")
        await ana.sees("Tour 1/5")
        await ana.press("L")
        await ana.sees("导览 1/5")
        await ana.press("q")
    line = records.ask(LineOf(number=1), who=ANA, at=MONDAY)
    assert line is not None
    assert line.state is State.NEW


async def test_a_desk_without_orders_says_what_the_tour_lacks(sqlite_url: str) -> None:
    """The first order that is written down will do."""
    records = open_records(sqlite_url, feed=False)
    async with at_the_console(records, size=SMALL) as ana:
        await ana.sees("No order was ever written down here.")
        await ana.press("(")
        await ana.sees("Tour 1/5", "no order is chosen; ↓ or 1 shows others")
        do(records, NewOrder(title="Smoke", priority=2))
        await ana.press("f5", "v")
        await ana.sees("Tour 2/5")
    records.close()


def test_what_is_done_early_is_done() -> None:
    """Fast hands are not asked twice, and what is no step leads nowhere."""
    tour = Tour()
    assert not tour.hear("note")
    assert not tour.hear("assign")
    assert tour.hear("details")
    assert tour.step is not None
    assert tour.step.action == "explain"
    assert [step.action for step in STEPS[-2:]] == ["assign", "undo"]
    for step in STEPS:
        tour.hear(step.action)
    assert tour.step is None
