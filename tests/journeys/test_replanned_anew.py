"""The whole board planned anew: what is said where nobody is found, or who was read is another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveAbsence, SaveTechnician
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do, move
from tests.journeys.test_replanned import opens, order, with_lifts

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_where_nobody_can_be_found_it_is_not_said_that_all_is_well(records: Records) -> None:
    """No row, and an order that nobody has."""
    one, two, three = with_lifts(records)
    for number in (one, two, three):
        move(records, number, Move.CANCEL, reason="gone")
    do(records, SaveTechnician(code="AN", name="安娜", active=False))
    do(records, NewOrder(title="Smoke", site="B", kind="lift"))
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.sees("Smoke")
        await ana.press("R")
        await ana.sees("nobody may go, or has time: #9", "Nobody can be found for what is left")
        await ana.sees_no("nothing is to be changed")


async def test_who_gains_an_order_is_ticked_as_he_was_read(records: Records) -> None:
    """Somebody else since then: it is marked, and is not accepted until it is ticked again."""
    one, two, three = with_lifts(records)
    records.follow()
    async with at_the_console(records, size=(120, 30)) as ana:
        await opens(ana)
        await ana.press("space", "space")
        away = MONDAY + timedelta(days=3)
        do(records, SaveTechnician(code="CY", name="Cy", home="A", skills={"lift": 3}))
        do(records, SaveAbsence(technician="AN", starts_at=MONDAY, ends_at=away))
        await ana.sees("CY Cy", "[?]", f"not ticked any more: #{one}, #{two}, #{three}")
        await ana.press("enter")
        await ana.sees("nothing is ticked; Space ticks an order")
        assert order(records, one).technician is None
        await ana.press("plus")
        await ana.sees_no("not ticked any more")
        await ana.sees("[x]")
