"""Fast hands: keys come in bursts, and each belongs to what the key before it has opened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from console.screens.finding import Finding
from store.domain.lifecycle import Move, State
from store.queries.board import LineOf
from store.queries.card import Trace
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import move

if TYPE_CHECKING:
    from pathlib import Path

    from console.panes.filter_bar import FilterBar
    from store.queries.board import BoardLine
    from store.records import Records

pytestmark = pytest.mark.journey


def order(records: Records, number: int) -> BoardLine:
    """An order as the store has it now."""
    line = records.ask(LineOf(number=number), who=ANA, at=MONDAY)
    assert line is not None
    return line


def notes(records: Records, number: int) -> list[str]:
    """The notes on an order, oldest first."""
    trace = records.ask(Trace(number=number), who=ANA, at=MONDAY)
    return [entry.words["note"] for entry in reversed(trace) if entry.fact == "noted"]


@pytest.mark.parametrize("key", list("duwhXp;=n"))
async def test_what_follows_an_opening_key_is_written_in_its_prompt(
    records: Records, key: str
) -> None:
    """x, y, f and a are keys of the board, and letters of whoever is typing."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "#1 customer waits")
        await ana.hurries(f"{key}xyfa")
        await ana.sees("xyfa")
        await ana.sees_no("✗", "acknowledged", "seen by")
    assert order(records, 1).version == 1


async def test_a_prompt_takes_all_its_answers_in_one_burst(records: Records) -> None:
    """The second question is open before the second answer is read."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("wno key for room 12\r+2h\r")
        await ana.sees("order 1 is waiting")
    assert order(records, 1).reason == "no key for room 12"


async def test_a_form_takes_all_its_lines_in_one_burst(records: Records) -> None:
    """The first site that fits is taken, though the store had not told of it when Enter came.

    What is proposed for this customer came late, so it is shown before it is saved.
    """
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("n\rSmoke in the cellar\r望江\r\rgolden\r\r\r\r\r\r\r")
        await ana.sees("proposed from what is known")
        await ana.press("enter")
        await ana.sees("order 6 written down")
    made = order(records, 6)
    assert (made.title, made.site_name) == ("Smoke in the cellar", "望江花园")
    assert (made.customer_name, made.priority) == ("Golden Lake Ltd", 2)


async def test_the_next_key_is_about_the_order_just_written(records: Records) -> None:
    """Not about the order that the cursor stood on while the form was open."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("n\rSmoke in the cellar\r\r\r\r\r\r\r\r\r\rdL2\r;two engines sent\r")
        await ana.sees("noted on order 6")
    assert order(records, 6).technician_code == "L2"
    assert order(records, 1).technician_code is None


async def test_a_key_after_another_queue_waits_for_its_orders(records: Records) -> None:
    """Order 5 is assigned, and must not get what is meant for the first of the orphans."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("3")
        await ana.sees("3 not accepted 1")
        assert "Boiler pressure low" in await ana.chosen()
        await ana.hurries("2;first of the orphans\r")
        await ana.sees("noted on order 1")
    assert notes(records, 1) == ["first of the orphans"]


async def test_a_chain_of_keys_takes_an_order_through_its_life(records: Records) -> None:
    """Each key counts on the one before; none is refused as a change by somebody else."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("dL2\rcoi;motor replaced\rfyx")
        await ana.sees("order 1 is closed")
    assert order(records, 1).state is State.CLOSED
    assert notes(records, 1) == ["motor replaced"]


async def test_an_order_is_opened_and_worked_on_in_one_burst(records: Records) -> None:
    """Its own screen knows from the first moment which order it is about."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("\r;seen on its own screen\r")
        await ana.sees("noted on order 1", "what happened")
        await ana.hurries("dL2\rc")
        await ana.sees("order 1 is accepted")
    assert notes(records, 1) == ["seen on its own screen"]


async def test_copying_takes_nothing_of_the_keys_behind_it(
    records: Records, tmp_path: Path
) -> None:
    """Order and row go to one file, one after the other, while the next keys are obeyed."""
    async with at_the_console(records) as ana:
        ana.desk.copy_file = tmp_path / "copied.txt"
        await ana.sees("Lift stuck")
        await ana.hurries('";sent on to the caretaker\r')
        await ana.sees("noted on order 1")
        await ana.desk.workers.wait_for_complete()
        assert (tmp_path / "copied.txt").read_text().startswith("#1 P1 Lift stuck with people")
        await ana.hurries("j'")
        await ana.sees("copied.txt, and given")
        await ana.desk.workers.wait_for_complete()
        assert "三号楼水泵漏水" in (tmp_path / "copied.txt").read_text()
    assert notes(records, 1) == ["sent on to the caretaker"]


async def test_a_copy_is_of_the_order_as_it_is_now(records: Records, tmp_path: Path) -> None:
    """A colleague has sent somebody since the row was drawn: his name goes with it."""
    async with at_the_console(records) as ana:
        ana.desk.copy_file = tmp_path / "copied.txt"
        await ana.sees("Lift stuck")
        move(records, 1, Move.ASSIGN, technician="L3")
        await ana.press("quotation_mark")
        await ana.sees("✓ #1, due (resolve) ", "copied.txt, and given")
        assert "technician: Zhao Min" in (tmp_path / "copied.txt").read_text()


async def test_screens_are_opened_and_left_in_one_burst(records: Records) -> None:
    """A screen that closes takes nothing of what was typed for the one below with it."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("\r?\x1b\x1be\x1b\r\x1bn\x1b;on the board again\r")
        await ana.sees("noted on order 1", "all open")
    assert notes(records, 1) == ["on the board again"]


async def test_a_change_by_somebody_else_within_the_chain_is_told(records: Records) -> None:
    """Our own last key is no licence to overwrite what a colleague did since."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("dL2\r")
        await ana.sees("order 1 is assigned")
        move(records, 1, Move.ASSIGN, technician="L3")
        await ana.hurries("c")
        await ana.sees("order 1 was changed by", "do it all the same?")
    assert order(records, 1).state is State.ASSIGNED


async def test_what_counted_on_a_refused_key_is_dropped(records: Records) -> None:
    """Where no prompt opened, its text must not run over the board."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "#1 customer waits")
        await ana.hurries("xall done, fine\r")
        await ana.sees("order 1 cannot be closed while it is new")
        await ana.press("semicolon")
        await ana.types("the next burst works")
        await ana.sees("noted on order 1")
    assert order(records, 1).state is State.NEW
    assert not order(records, 1).acknowledged


async def test_a_wrong_answer_keeps_the_rest_of_the_burst_off_the_line(records: Records) -> None:
    """What was meant for the next question is no part of this answer."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("hsoon\rcall the caretaker\r")
        await ana.sees("“soon” is not a time")
        await ana.sees_no("caretaker")
        await ana.press(*["backspace"] * 4)
        await ana.types("+1h")
        await ana.sees("about what")


async def test_a_click_elsewhere_leaves_the_question(records: Records) -> None:
    """Else the next letter would be a key of the board while the prompt still stands there."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("w")
        await ana.writes("half a rea")
        await ana.clicks(60, 4)
        await ana.sees("left; what you wrote is kept")
        assert "Boiler" in await ana.chosen()


async def test_in_a_burst_the_key_hits_what_was_found(records: Records) -> None:
    """Fast hands do not wait for the list."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.hurries("/漏水\rd")
        await ana.sees("#2 Dispatch")


async def test_in_a_burst_the_key_waits_for_a_board_that_is_slow(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in a line that is closed: it hears of what was typed before the board does."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        at_once = Finding.on_filter_bar_typed

        async def slowly(board: Finding, message: FilterBar.Typed) -> None:
            for _turn in range(200):
                await asyncio.sleep(0)
            at_once(board, message)

        monkeypatch.setattr(Finding, "on_filter_bar_typed", slowly)
        await ana.hurries("/漏水\rd")
        await ana.sees("#2 Dispatch")
