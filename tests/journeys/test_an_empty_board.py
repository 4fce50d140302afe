"""A board without orders says so in every pane, whenever the store is there."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import UTC

import pytest

from console import i18n
from console.app import Desk
from console.seat import Seat
from store.records import open_records
from tests.journeys.desk import ANA, PATIENCE_S, Clock, Operator

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
