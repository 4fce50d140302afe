"""What an answer means: nothing is done that was not said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from console.choices import MOST, Choice, one_meant, technicians
from console.pasting import WholePastes
from store.domain.errors import NameAmbiguous
from store.domain.lifecycle import Move, State
from store.queries.board import LineOf
from store.queries.people import TechnicianLine
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import move

if TYPE_CHECKING:
    from store.queries.board import BoardLine
    from store.records import Records

pytestmark = pytest.mark.journey


def order(records: Records, number: int) -> BoardLine:
    """An order as the store has it now."""
    line = records.ask(LineOf(number=number), who=ANA, at=MONDAY)
    assert line is not None
    return line


@pytest.mark.parametrize("word", ["no", "n", "否"])
async def test_a_no_does_nothing(records: Records, word: str) -> None:
    """Enter after a typed no is not a yes; what is neither asks again."""
    move(records, 1, Move.ASSIGN, technician="L2")
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("f")
        await ana.sees("Enter yes")
        await ana.types("maybe")
        await ana.sees("“maybe” is neither")
        await ana.press(*["backspace"] * 5)
        await ana.types(word)
        await ana.sees("left, nothing done")
    assert order(records, 1).state is State.ASSIGNED


async def test_a_race_shows_both_choices(records: Records) -> None:
    """Whom a colleague has sent stands beside whom the operator has written."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.writes("L2")
        move(records, 1, Move.ASSIGN, technician="L3")
        await ana.press("enter")
        await ana.sees("it is with Zhao Min now; do it all the same?", "you wrote: L2")
        await ana.types("no")
        await ana.sees("left")
    assert order(records, 1).technician_code == "L3"


async def test_nobody_is_sent_by_chance(records: Records) -> None:
    """Neither nothing, where somebody has the order, nor a text that fits several sends one."""
    move(records, 1, Move.ASSIGN, technician="L1")
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "#1 ", "Li Wei")
        await ana.press("d", "enter")
        await ana.sees("nothing was given")
        await ana.types("L")
        await ana.sees("“L” fits several", "L2 王芳")
        assert order(records, 1).technician_code == "L1"
        await ana.press("down", "enter")
        await ana.sees("order 1 is assigned → ")
    assert order(records, 1).technician_code == "L2"


def test_the_beginning_of_one_name_is_enough() -> None:
    """It is chosen before names that only hold the text; two that begin so are asked about."""
    west, roxbury = (
        Choice(answer=code, shown=name, name=name)
        for code, name in (("B17", "West Roxbury"), ("B14", "Roxbury"))
    )
    assert one_meant((west, roxbury), "rox") is roxbury
    assert one_meant((west, roxbury), "west") is west
    for unclear in ("bury", "b1"):
        with pytest.raises(NameAmbiguous):
            one_meant((west, roxbury), unclear)


def test_the_beginning_of_a_name_that_may_not_be_alone_is_asked_about() -> None:
    """Of very many that fit only some are offered; a code or a whole name is enough even so."""
    west = Choice(answer="B17", shown="West Roxbury", name="West Roxbury")
    others = tuple(Choice(answer=f"C{n}", shown=n, name=f"Hall west {n}") for n in "abcdefg")
    assert len((west, *others)) == MOST
    with pytest.raises(NameAmbiguous):
        one_meant((west, *others), "west")
    assert one_meant((west, *others), "cd") is others[3]
    assert one_meant((west, *others), "hall west e") is others[4]
    assert one_meant((west, *others[1:]), "west") is west


def test_a_code_is_meant_before_a_name() -> None:
    """Codes are unique, names are not."""
    named, coded = Choice(answer="L1", shown="L2", name="L2"), Choice(answer="L2", shown="Li")
    assert one_meant((named, coded), "l2") is coded


def test_who_can_go_at_once_is_offered_first() -> None:
    """Then who is not on shift, who rests, and who is away; a whole code before all of them."""
    free = TechnicianLine(
        id=1, code="L9", name="Li", phone="", state="available", state_since=None, jobs=0,
        number=None, title=None, site_name=None, on_shift=True, absent=False, away_until=None,
    )  # fmt: skip
    people = [
        replace(free, code="L1", absent=True),
        replace(free, code="L2", state="break"),
        replace(free, code="L3", on_shift=False),
        replace(free, code="L4", jobs=2),
        free,
    ]
    offered = [choice.answer for choice in technicians(people, "l")]
    assert offered == ["L9", "L4", "L3", "L2", "L1"]
    assert technicians(people, "l1")[0].answer == "L1"


async def test_a_paste_of_lines_is_kept_whole(records: Records) -> None:
    """The second line of a message may be the telephone number."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("semicolon")
        await ana.writes("call back\n0571 8888\x1b[31m red\n")
        await ana.sees("call back 0571 8888␛[31m red")
        await ana.press("enter")
        await ana.sees("noted on order 1")


async def test_a_paste_into_nothing_does_nothing(records: Records) -> None:
    """It says so, where it would else be a guess."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.writes("Rm")
        await ana.sees("no line is open to paste into")


@pytest.mark.parametrize("cut", range(1, 24))
def test_a_paste_is_one_whatever_is_in_it(cut: int) -> None:
    """Wherever the line was cut, and whatever escape stands inside."""
    parser = WholePastes()
    sent = "a\x1b[200~x\x1b[31mRm\x1b\x1b[201~b"
    heard = [*parser.feed(sent[:cut]), *parser.feed(sent[cut:])]
    told = [getattr(event, "text", None) or getattr(event, "key", None) for event in heard]
    assert told == ["a", "x\x1b[31mRm\x1b", "b"]


async def test_the_form_says_names_and_what_to_do(records: Records) -> None:
    """A digit replaces the priority; an unknown site is no dead end; the queue is told."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("6", "n", "enter")
        await ana.sees("New order")
        await ana.types("Tap drips")
        await ana.types("Tower 9")
        await ana.press("enter")
        await ana.types("gold")
        await ana.sees("Golden Lake Ltd C1", "proposed")
        await ana.press("enter", "1")
        await ana.sees("^s makes with the order: new site “Tower 9”")
        await ana.press(*["up"] * 4, *["backspace"] * 7)
        await ana.sees_no("makes with the order")
        await ana.press("ctrl+s")
        await ana.sees("order 6 written down; it is in 2 unassigned")
    made = order(records, 6)
    assert (made.priority, made.customer_name, made.site_code) == (1, "Golden Lake Ltd", None)


async def test_a_text_that_is_too_long_is_refused_and_kept(records: Records) -> None:
    """What was typed stands in the line still, to be made shorter."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("semicolon")
        await ana.writes("x" * 4_001)
        await ana.press("enter")
        await ana.sees("note: 4001 characters; give up to 4000")
        await ana.press("backspace", "enter")
        await ana.sees("noted on order 1")


async def test_the_cursor_goes_where_the_mistake_is(records: Records) -> None:
    """Who saves from another line mends what was refused, and not what was right."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.sees("New order")
        await ana.press(*["up"] * 5, "9", "ctrl+s")
        await ana.sees("nothing was given")
        await ana.writes("Tap drips")
        await ana.press("ctrl+s")
        await ana.sees("“9” is none")
        await ana.press("2", "ctrl+s")
        await ana.sees("order 6 written down")
    made = order(records, 6)
    assert (made.title, made.priority) == ("Tap drips", 2)
