"""Who should go is asked while an order is looked at, and painted together with its list."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from textual.screen import Screen

from console.screens.board import BoardScreen
from console.screens.recommend import RecommendScreen
from store.commands.people import MoveTechnician
from store.domain.lifecycle import Move
from store.domain.who import Origin
from store.queries.answers.crew import Everybody
from tests.journeys.desk import ANA, at_the_console
from tests.journeys.lifts import SEEN, SENT, of_lifts, sent_to
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Idle

    from console.seat import Seat
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that everybody is reckoned with, from now on; hands rest at once."""
    times, made = list[str](), Everybody.__init__

    def counted(them: Everybody, *given: Any) -> None:
        times.append("once")
        made(them, *given)

    monkeypatch.setattr(Everybody, "__init__", counted)
    monkeypatch.setattr("console.screens.foreseeing._RESTED_S", 0.001)
    return times


async def looks_at_the_lift(ana: Operator) -> None:
    """With its order alone on the list; what is asked for it has come."""
    await looks_at_the_lift_only(ana)
    board = ana.desk.screen
    assert isinstance(board, BoardScreen)
    await comes_about(lambda: board.ahead.told(6) is not None)
    await ana.rests()


@pytest.mark.parametrize("language", SEEN)
async def test_the_answer_is_there_with_the_key(
    records: Records, language: str, reckoned: list[str]
) -> None:
    """It is reckoned once, and Enter sends by it."""
    number = of_lifts(records)
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await looks_at_the_lift(ana)
        before = len(reckoned)
        await ana.press("W")
        await ana.sees("1 AN 安娜", *SEEN[language][1:])
        assert len(reckoned) == before
        await ana.press("enter")
        await ana.sees(SENT[language])
    assert sent_to(records, number) == ["AN"]


async def test_what_changed_since_is_reckoned_anew(records: Records, reckoned: list[str]) -> None:
    """Also by what no news tells: where somebody was seen."""
    of_lifts(records)
    async with at_the_console(records, size=(80, 24)) as ana:
        await looks_at_the_lift(ana)
        before = len(reckoned)
        do(records, MoveTechnician(technician="AN", latitude=31.2, longitude=121.6))
        await ana.press("W")
        await ana.sees("1 BO Bo", "2 AN 安娜")
        assert len(reckoned) > before


async def test_nothing_is_asked_for_an_order_that_somebody_has(
    records: Records, reckoned: list[str]
) -> None:
    """Whom it is taken from is seldom asked."""
    number = of_lifts(records)
    move(records, number, Move.ASSIGN, technician="BO")
    async with at_the_console(records, size=(80, 24)) as ana:
        await looks_at_the_lift_only(ana)
        await ana.rests()
        before = len(reckoned)
        board = foresees(ana)
        await ana.rests()
        assert (board.ahead.told(number), len(reckoned)) == (None, before)


async def test_an_order_is_asked_for_once(records: Records, reckoned: list[str]) -> None:
    """However long the cursor stays on it."""
    of_lifts(records)
    async with at_the_console(records, size=(80, 24)) as ana:
        await looks_at_the_lift(ana)
        before = len(reckoned)
        foresees(ana)
        await ana.rests()
        assert len(reckoned) == before


def foresees(ana: Operator) -> BoardScreen:
    """Hands rest on the board once more."""
    board = ana.desk.screen
    assert isinstance(board, BoardScreen)
    board.foresee_soon()
    return board


@pytest.mark.parametrize("low_bandwidth", [True, False])
async def test_a_spared_or_distant_line_asks_nothing_ahead(
    records: Records, reckoned: list[str], *, low_bandwidth: bool
) -> None:
    """Many of them end on one machine."""
    of_lifts(records)
    who = ANA if low_bandwidth else replace(ANA, origin=Origin(address="192.0.2.7"))
    console = at_the_console(records, size=(80, 24), who=who, low_bandwidth=low_bandwidth)
    async with console as ana:
        await ana.sees("People trapped")
        await ana.press("down", "up")
        await ana.rests()
        assert not reckoned
        await ana.press("W")
        await ana.sees("usually takes 1h00")
        assert reckoned


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Each time that the list is painted, or too early would be, whether its answer had come."""
    times, paint, idle = list[bool](), Screen._compositor_refresh, Screen._on_idle

    def seen(screen: Screen[Any]) -> None:
        if isinstance(screen, RecommendScreen):
            times.append(screen._answered)

    def painting(screen: Screen[Any]) -> None:
        seen(screen)
        paint(screen)

    async def resting(screen: Screen[Any], event: Idle) -> None:
        if isinstance(screen, RecommendScreen) and not screen._answered:
            seen(screen)
        await idle(screen, event)

    monkeypatch.setattr(Screen, "_compositor_refresh", painting)
    monkeypatch.setattr(Screen, "_on_idle", resting)
    return times


@pytest.mark.parametrize("language", SEEN)
async def test_the_list_is_painted_with_its_rows(
    records: Records, language: str, painted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never empty before them, where they come soon; and no frame that they would wait for."""
    of_lifts(records)
    monkeypatch.setattr("console.screens.telling._PAINTED_WITHIN_S", 3600.0)
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await looks_at_the_lift_only(ana)
        await ana.press("W")
        await ana.sees("1 AN 安娜")
    assert painted
    assert all(painted)


async def test_the_rows_wait_for_no_other_frame(
    records: Records, painted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new screen's first frame would come after a sixtieth of a second; here after an hour."""
    of_lifts(records)
    monkeypatch.setattr("console.screens.telling._PAINTED_WITHIN_S", 3600.0)
    async with at_the_console(records, size=(80, 24)) as ana:
        await looks_at_the_lift_only(ana)
        monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 3600.0)
        await ana.pilot.press("W")
        async with asyncio.timeout(30):
            while not any(painted):  # noqa: ASYNC110  to paint sets off no event
                await asyncio.sleep(0.01)


RECKONING = {"en": "reckoning ...", "zh_CN": "正在推算"}


@pytest.mark.parametrize("language", RECKONING)
async def test_a_slow_answer_keeps_no_screen_back(
    records: Records, language: str, painted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands there in a moment, and says that it reckons."""
    of_lifts(records)
    may_answer, asked = Event(), RecommendScreen.asked

    def held(screen: RecommendScreen, seat: Seat) -> Any:
        may_answer.wait(30)
        return asked(screen, seat)

    monkeypatch.setattr(RecommendScreen, "asked", held)
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await looks_at_the_lift_only(ana)
        await ana.press("W")
        await ana.sees(RECKONING[language])
        await comes_about(lambda: bool(painted))
        assert not any(painted)
        may_answer.set()
        await ana.sees("1 AN 安娜")
    assert painted[-1]


async def comes_about(holds: Callable[[], bool]) -> None:
    """Wait for what nothing on the screen tells."""
    for _ in range(2_000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it has not come about")


async def looks_at_the_lift_only(ana: Operator) -> None:
    """Whatever was asked for it."""
    await ana.sees("People trapped")
    await ana.press("slash")
    await ana.types("#6")
    await ana.sees("/ #6")
