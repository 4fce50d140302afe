"""A board without orders says so in every pane, whenever the store is there."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from console import i18n
from console.app import Desk
from console.screens.board import BoardScreen
from console.seat import Seat
from console.widgets.pages import PartsPage
from store.records import open_records
from tests.journeys.desk import ANA, PATIENCE_S, Clock, Operator, at_the_console

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_the_card_of_no_order_is_not_blank(sqlite_url: str) -> None:
    """Also where the window had its size before the store was open, and is never pulled."""
    i18n.use("en")
    clock, may_open = Clock(), threading.Event()
    with closing(open_records(sqlite_url, feed=False, zone="Asia/Shanghai")) as records:

        def late() -> Seat:
            assert may_open.wait(PATIENCE_S)
            return Seat(records=records, who=ANA, name="Ana", now=clock)

        desk = Desk(late, now=clock, zone=UTC, ticking=False)
        async with desk.run_test(size=(200, 50)) as pilot:
            await pilot.pause()
            may_open.set()
            ana = Operator(desk, pilot, clock)
            await ana.sees(" Ana ", "no order is chosen")


async def test_a_window_pulled_wider_knows_at_once_that_none_is_chosen(records: Records) -> None:
    """Where nothing is found there is nothing to ask for: no answer comes that would say it."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.press("slash")
        await ana.types("zebra")
        await ana.sees("0 found")
        board = ana.desk.screen
        assert isinstance(board, BoardScreen)
        board.ask_card.now()
        card = board.query_one("#card", PartsPage)
        assert (card.display, "no order is chosen" in str(card._lines)) == (False, True)
        await ana.resize(200, 50)
        await ana.sees("no order is chosen")


async def test_a_pane_that_gets_room_asks_for_its_order(records: Records) -> None:
    """Whenever it gets it: the window may have said that it is wide long before."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        board = ana.desk.screen
        assert isinstance(board, BoardScreen)
        card = board.query_one("#card", PartsPage)
        card.styles.display = "none"
        await ana.resize(200, 50)
        await ana.sees("(c)Accept")
        assert not card.display
        board.show_card()
        assert "no order is chosen" not in str(card._lines), "one is"
        card.styles.display = "block"
        await ana.sees("#1 Lift stuck")
