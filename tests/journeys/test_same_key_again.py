"""A key pressed once more after a dispatch means the next order, not the one just given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_the_same_key_again_does_not_fall_into_the_order_just_given(
    records: Records,
) -> None:
    """Where it has left the list that is said first; two letters within a name mean nobody."""
    async with at_the_console(records) as ana:
        await ana.press("2")
        await ana.sees("2 unassigned")
        await ana.press("d")
        await ana.writes("L2")
        await ana.press("enter")
        await ana.sees("is assigned → 王芳", "~")
        await ana.press("d")
        await ana.sees("it has left this list: Down goes on")
        await ana.press("d")
        await ana.writes("ei")
        await ana.sees("nothing fits")
        await ana.writes("w")
        await ana.press("escape")
        await ana.press("down", "d")
        await ana.sees_no("it has left this list")
