"""The store is away: what needs nothing from it is asked, waits, and is done once it is back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.pile import WaitingFile
from console.screens.minding import Minding
from console.waiting import Waiting
from store.commands.contact import NoteOrder
from store.commands.follow_ups import KeepFollowUp, PromiseFollowUp
from store.commands.plans import SavePlan
from store.domain.errors import BadInput
from store.queries.card import OrderCard
from store.queries.plans import ListPlans
from tests.journeys.desk import ANA, MONDAY, PATIENCE_S, at_the_console
from tests.journeys.stories import do
from tests.store.plan_desk import planned

if TYPE_CHECKING:
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

SOON = MONDAY + timedelta(hours=1)


class Disk:
    """The disk of the store, which can be taken out; and the one on which is kept what waits."""

    def __init__(self, url: str, ana: Operator, tmp_path: Path) -> None:
        self._file = Path(url.removeprefix("sqlite:///"))
        self._out = tmp_path / "out"
        self._out.mkdir()
        self._ana = ana
        ana.desk.pile.found(*WaitingFile.claim(tmp_path / "waiting", "ana"))

    async def leaves(self) -> None:
        """Nobody reaches the store, and the console has noticed it."""
        _move(self._file, self._file.parent, self._out)
        (board,) = [one for one in self._ana.desk.screen_stack if isinstance(one, Minding)]
        board.look.now()
        await self._until(away=True)

    async def comes(self) -> None:
        """It is there as it was, and the console has heard from it."""
        _move(self._file, self._out, self._file.parent)
        await self._until(away=False)

    async def _until(self, *, away: bool) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE_S
        while (self._ana.desk.away is not None) != away:
            assert loop.time() < end
            await self._ana.rests()
            await asyncio.sleep(0.01)


def _move(file: Path, here: Path, there: Path) -> None:
    for part in here.glob(f"{file.name}*"):
        part.rename(there / part.name)


def outcomes(records: Records) -> list[str | None]:
    """What came of the follow-ups of the first order, those promised first before."""
    card = records.ask(OrderCard(number=1), who=ANA, at=MONDAY)
    return [held.outcome for held in sorted(card.follow_ups, key=lambda held: held.due_at)]


async def test_a_typed_order_needs_no_store_to_be_compared_with(
    records: Records, sqlite_url: str, tmp_path: Path
) -> None:
    """What it is like is not known then, and nobody waits for it: the line is kept as it stands."""
    async with at_the_console(records, size=(140, 40)) as ana:
        await ana.sees("Lift stuck")
        disk = Disk(sqlite_url, ana, tmp_path)
        await ana.press("colon")
        await ana.writes("n lift stuck with people @S1")
        await ana.sees("like #1 Lift stuck with people · 望江花园, 50m ago: chase 1")
        await ana.press("escape")
        await disk.leaves()
        await ana.press("colon")
        await ana.writes("n lift stuck with people @S1")
        await ana.sees("the store is away: Enter keeps this line until it is back")
        await ana.sees_no("like #")
        await ana.press("enter")
        await ana.sees("1 waits")
        await disk.comes()
        await ana.sees("Lift stuck", "lift stuck with people")


async def test_what_needs_nothing_from_the_store_waits(
    records: Records, sqlite_url: str, tmp_path: Path
) -> None:
    """A chase from the form, a call that was kept, a new plan: each is done once it is back.

    Which call was owed stood on the screen: the one due first, not the one promised first.
    """
    for hours in (2, 0):
        do(records, PromiseFollowUp(number=1, due_at=SOON + timedelta(hours=hours)))
    async with at_the_console(records, size=(140, 40)) as ana:
        await ana.sees("Lift stuck")
        disk = Disk(sqlite_url, ana, tmp_path)
        await ana.press("n", "enter")
        await ana.types("lift stuck, still")
        await ana.writes("S1")
        await ana.sees("> #1")
        await disk.leaves()
        await ana.press("ctrl+t")
        await ana.sees("1 waits", "this waits and is sent when it is back: $ shows it")
        await ana.press("H")
        await ana.types("he is glad")
        await ana.sees("this waits and is sent", "2 wait")
        await ana.press("Q", "n")
        await ana.types("Lift inspection")
        await ana.writes("2 weeks")
        await ana.press("ctrl+s")
        await ana.sees("this waits and is sent", "3 wait")
        await ana.press("n")
        await ana.sees("New plan")
        await ana.sees_no("Lift inspection")
        await ana.press("escape")
        await disk.comes()
        await ana.sees("Lift inspection")
    assert records.ask(OrderCard(number=1), who=ANA, at=MONDAY).order.chased == 1
    assert outcomes(records) == ["he is glad", None]
    assert len(records.ask(ListPlans(), who=ANA, at=MONDAY)) == 1


async def test_a_store_that_is_busy_is_not_called_away(records: Records, tmp_path: Path) -> None:
    """Nor is what waits only behind something else: a plan, then an order from its form."""
    records.database.patience = 0.1
    async with at_the_console(records, size=(140, 40)) as ana:
        await ana.sees("Lift stuck")
        ana.desk.pile.found(*WaitingFile.claim(tmp_path / "waiting", "ana"))
        with records.database.writing():
            await ana.press("Q", "n")
            await ana.types("Lift inspection")
            await ana.writes("2 weeks")
            await ana.press("ctrl+s")
            await ana.sees("the store is busy; this waits", "is free: $ shows it", "1 waits")
            await ana.press("escape", "n", "enter")
            await ana.writes("Gate jammed")
            await ana.press("ctrl+s")
            await ana.sees("this waits behind what you did before", "$ shows it", "2 wait")
        await ana.passes(seconds=1)
        await ana.sees("what waited was sent", "Gate jammed")
    assert [plan.title for plan in records.ask(ListPlans(), who=ANA, at=MONDAY)]


def test_another_follow_up_is_not_taken_for_the_one_that_was_meant(records: Records) -> None:
    """A colleague kept it first: the next one is still owed."""
    for hours in (2, 0):
        do(records, PromiseFollowUp(number=1, due_at=SOON + timedelta(hours=hours)))
    do(records, KeepFollowUp(number=1, due_at=SOON, outcome="mine"))
    with pytest.raises(BadInput, match="no open follow-up of that time"):
        do(records, KeepFollowUp(number=1, due_at=SOON, outcome="mine, too"))
    assert outcomes(records) == ["mine", None]


async def test_a_change_of_a_plan_says_why_it_does_not_wait(
    records: Records, sqlite_url: str, tmp_path: Path
) -> None:
    """It would undo what others change meanwhile; nothing typed is lost.

    Nor does one that is the first to hear of it.
    """
    planned(records, who=ANA, site="S1", at=MONDAY)
    async with at_the_console(records, size=(140, 40)) as ana:
        await ana.press("Q")
        await ana.sees("boiler round")
        await ana.press("enter")
        await ana.sees("Plan 1")
        disk = Disk(sqlite_url, ana, tmp_path)
        await disk.leaves()
        await ana.writes(" twice")
        await ana.press("ctrl+s")
        await ana.sees("a change of a plan is not kept", "boiler round twice")
        ana.desk.stand(trouble=None)
        await ana.press("ctrl+s")
        await ana.sees("cannot be reached", "boiler round twice")
        assert not ana.desk.pile.items
        await disk.comes()
        await ana.press("ctrl+s")
        await ana.sees("plan 1 saved")


async def test_another_plan_is_not_taken_for_the_one_that_waits(records: Records) -> None:
    """One that was refused is being edited, and a plan is begun on the line meanwhile."""
    wrong = SavePlan(title="Boiler round", rule="never", start="2026-10-01", time="09:00")
    texts = {"title": wrong.title}
    left = Waiting(action="plans", texts=texts, command=wrong, at=MONDAY, why="no")
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        ana.desk.pile.found(None, [left])
        await ana.press("dollar_sign", "e", "escape", "colon")
        await ana.types("plans new title:Gates rule:monthly")
        await ana.sees("New plan", "Gates")
        await ana.press("ctrl+s")
        await ana.sees("plan 1 saved")
        await ana.press("dollar_sign")
        await ana.sees("Boiler round")
        await ana.press("escape", "Q", "n")
        await ana.sees("New plan, as you left it", "Boiler round")


async def test_the_page_follows_the_mark(records: Records) -> None:
    """What Enter would send is seen, however much waits."""
    words = [f"words {place}." for place in range(20)]
    left = [
        Waiting(
            action="note",
            texts={"text": text},
            command=NoteOrder(number=1, text=text),
            at=MONDAY,
        )
        for text in words
    ]
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        ana.desk.pile.found(None, left)
        await ana.press("dollar_sign")
        await ana.sees("words 0.", "words 10.")
        await ana.sees_no("words 15.")
        await ana.press(*["j"] * 15)
        await ana.sees("words 15.", "from an earlier console")
        assert any(">" in line and "words 15." in line for line in ana.screen())
        await ana.sees_no("words 0.")
        await ana.press(*["k"] * 15)
        await ana.sees("words 0.")
