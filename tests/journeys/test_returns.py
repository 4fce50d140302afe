"""A guess hides nothing, and nobody chases what was finished without having read so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import MoveOrder, NewOrder, SaveCustomer
from store.domain.lifecycle import Move
from store.queries.card import OrderCard, Trace
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
TITLE = "Gate jammed half open"


@pytest.fixture(autouse=True)
def known(records: Records) -> int:
    """A firm that is mostly at S2, and has a gate at S1 that was mended yesterday afternoon."""
    before = MONDAY - timedelta(hours=20)
    records.do(
        SaveCustomer(code="GM", name="Grand Mills", phone="010-8888 6666"), who=ANA, at=before
    )
    for title in ("Lamp", "Sink", "Door"):
        records.do(NewOrder(title=title, customer="GM", site="S2"), who=ANA, at=before)
    asked = NewOrder(title=TITLE, customer="GM", site="S1", caller="Zoe 139 1234 5678")
    number: int = records.do(asked, who=ANA, at=before).numbers[0]
    return number


def finish(records: Records, number: int) -> None:
    """The work is done at 13:10 in Greenwich, the day before."""
    at = MONDAY - timedelta(hours=11, minutes=50)
    records.do(MoveOrder(number=number, move=Move.ASSIGN, technician="L1"), who=ANA, at=at)
    finished = MoveOrder(number=number, move=Move.FINISH, insist=True)
    records.do(finished, who=ANA, at=at)


async def test_a_guessed_site_does_not_hide_the_repeat(records: Records, known: int) -> None:
    """The firm is mostly elsewhere: its site is proposed, and what it called about is found."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.writes("88886666")
        await ana.sees(">Grand Mills GM")
        await ana.press("enter")
        await ana.sees("S2 proposed")
        await ana.writes("the gate is jammed again")
        await ana.sees(f"> #{known} {TITLE}", "^t chases it instead")
        await ana.press("ctrl+t")
        await ana.sees(f"order {known} was chased: 1")


async def test_what_was_finished_comes_back_as_a_new_order(records: Records, known: int) -> None:
    """It is said, and `^s` then writes a new one that is linked to it."""
    finish(records, known)
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.types("139 1234 5678")
        await ana.writes("the gate is jammed again")
        await ana.sees(f"> #{known} ", "finished yesterday 13:10")
        await ana.press("ctrl+t")
        await ana.sees(f"#{known} was finished yesterday 13:10: ^s writes a new order linked to it")
        await ana.sees(f"New order, a return of #{known}", "望江花园 S1", "proposed")
        await ana.press("escape", "n")
        await ana.sees(f"New order, a return of #{known}")  # as the draft has it
        await ana.press("ctrl+s")
        await ana.sees(f"written down as a return of order {known}")
        new = records.ask(OrderCard(number=known + 1), who=ANA, at=MONDAY)
        assert [kin.number for kin in new.links] == [known]
        await ana.press("z")
        await ana.sees("taken back")
    over = records.ask(OrderCard(number=known), who=ANA, at=MONDAY)
    assert (over.order.chased, over.links) == (0, ())
    assert records.ask(Trace(number=known), who=ANA, at=MONDAY)[-1].fact != "chased"


async def test_a_key_faster_than_the_list_chases_nothing_unseen(records: Records) -> None:
    """What it would chase is shown first; the same key once more means it."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.hurries("139 1234 5678\rthe gate is jammed again\x14")
        await ana.sees("✗ perhaps known already, ^t chases it", "> #9 ")
        await ana.press("ctrl+t")
        await ana.sees("order 9 was chased: 1")


async def test_it_is_chased_all_the_same_by_a_second_key(records: Records, known: int) -> None:
    """A key that is held has not read it; `^o` takes the return back."""
    finish(records, known)
    clock = Clock()
    async with at_the_console(records, size=(80, 24), language="zh_CN", clock=clock) as ana:
        await ana.sees("Lift stuck")
        await ana.press("n")
        await ana.types("139 1234 5678")
        await ana.writes("the gate is jammed again")
        await ana.sees(f"> #{known} ", "昨天 13:10")
        await ana.press("ctrl+t", "ctrl+t")
        await ana.sees(f"#{known}", "再按 ^t")
        await ana.press("ctrl+o")
        await ana.sees_no("返修")
        await ana.press("ctrl+t")
        await ana.sees("返修")
        await ana.passes(seconds=2)
        await ana.press("ctrl+t")
        await ana.sees(f"工单 {known} 已记催单，共 1 次")


async def test_a_typed_order_says_what_it_is_like(records: Records, known: int) -> None:
    """With the line that chases it; Enter writes it down all the same."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("n gate jammed half open @S1 /by Zoe 139 1234 5678")
        await ana.sees(f"like #{known} {TITLE}", f"chase {known}")
        await ana.press("enter")
        await ana.sees(f"order {known + 1} written down")
        await ana.press("colon")
        await ana.writes("n tap drips in the canteen")
        await ana.sees("write down “tap drips in the canteen”")
        await ana.sees_no("like #")


async def test_the_key_says_first_that_it_is_finished(records: Records, known: int) -> None:
    """A yes chases it; Esc leaves it as it is."""
    finish(records, known)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("-")  # to close
        await ana.sees(TITLE)
        await ana.press("I")
        await ana.sees("finished yesterday 13:10: is it a return? `n` writes one", "Enter yes")
        await ana.press("escape")
        assert records.ask(OrderCard(number=known), who=ANA, at=MONDAY).order.chased == 0
        await ana.press("I", "enter")
        await ana.types("still jammed")
        await ana.sees(f"order {known} was chased: 1")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_typed_chase_of_finished_work_wants_the_word(
    records: Records, known: int, language: str
) -> None:
    """It is said while it is typed; `/insist` is the yes."""
    finish(records, known)
    line, said, sure, done = {
        "en": (f"chase {known}", "finished yesterday 13:10", " /insist", "was chased: 1"),
        "zh_CN": (f"催 {known}", "昨天 13:10 完工", " /强制", "催单"),
    }[language]
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes(line)
        await ana.sees(said)
        await ana.press("enter")
        await ana.sees(said)
        assert records.ask(OrderCard(number=known), who=ANA, at=MONDAY).order.chased == 0
        await ana.types(sure)
        await ana.sees(done)
    assert records.ask(OrderCard(number=known), who=ANA, at=MONDAY).order.chased == 1
