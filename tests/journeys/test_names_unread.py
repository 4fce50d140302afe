"""What a question waits for is not to be had: it goes on all the same, and Esc leaves it."""

from __future__ import annotations

import logging
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from console import naming
from console.seat import Seat
from store.commands.projects_asked import SaveDepartments
from store.queries.heeds import Heeds
from tests.journeys.desk import at_the_console
from tests.journeys.lifts import of_lifts, sent_to
from tests.journeys.stories import do
from tests.journeys.test_asked_ahead import comes_about
from tests.journeys.test_own_choice import chooses_it
from tests.store.project_desk import DEPARTMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.records import Records

pytestmark = pytest.mark.journey


def before(
    monkeypatch: pytest.MonkeyPatch, kind: type[object], happens: Callable[[], object]
) -> None:
    """Have something happen before the store is asked such a question."""
    ask = Seat.ask

    def asked(seat: Seat, query: Any) -> Any:
        if isinstance(query, kind):
            happens()
        return ask(seat, query)

    monkeypatch.setattr(Seat, "ask", asked)


def broken() -> None:
    """What no store says."""
    raise RuntimeError("broken")


async def test_a_name_that_cannot_be_read_is_taken_as_it_stands(
    records: Records, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The next question comes, and the log says what was wrong."""
    do(records, SaveDepartments(departments=DEPARTMENTS))
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.press("f14", "5")
        await ana.sees("customer")
        monkeypatch.setattr(naming, "look_up", lambda *_given: broken())
        with caplog.at_level(logging.ERROR, "paidan.console"):
            await ana.hurries("C1\r")
            await ana.sees("which department")
            await ana.press("escape")
            await ana.sees("left")
    assert "what a name means could not be read" in caplog.messages


async def test_esc_does_not_wait_for_what_a_name_means(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does what comes afterwards: the same question is asked again and answered."""
    do(records, SaveDepartments(departments=DEPARTMENTS))
    told, reads = Event(), naming.look_up

    def slow(*given: Any) -> Any:
        told.wait(60)
        return reads(*given)

    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.press("f14", "5")
        await ana.sees("customer")
        monkeypatch.setattr(naming, "look_up", slow)
        try:
            await ana.sets_off("C", "1", "enter")
            await comes_about(lambda: ana.desk.typed.held)
            await ana.sets_off("escape")
            await ana.glimpses("left; what")
        finally:
            told.set()
        await ana.press("5")
        await ana.sees("customer")
        await ana.hurries("C1\r")
        await ana.sees("which department")


async def test_where_the_rules_cannot_be_read_he_goes_as_before(
    records: Records, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """By Enter, however early it comes."""
    number = of_lifts(records)
    first = [broken]
    before(monkeypatch, Heeds, lambda: first and first.pop()())
    async with at_the_console(records) as ana:
        await chooses_it(ana)
        with caplog.at_level(logging.ERROR, "paidan.console"):
            await ana.hurries("dAN\r")
            await ana.sees("order 6 is assigned → 安娜")
    assert sent_to(records, number) == ["AN"]
    assert "what speaks against whom could not be read" in caplog.messages


async def test_esc_does_not_wait_for_the_rules(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is sent."""
    number, told = of_lifts(records), Event()
    before(monkeypatch, Heeds, lambda: told.wait(60))
    async with at_the_console(records) as ana:
        await chooses_it(ana)
        try:
            await ana.sets_off("d", "enter")
            await comes_about(lambda: ana.desk.typed.held)
            await ana.sets_off("escape")
            await ana.glimpses("left, nothing done")
        finally:
            told.set()
        await ana.rests()
    assert sent_to(records, number) == []
