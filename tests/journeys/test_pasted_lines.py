"""What is pasted into the command line is taken whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.desk import at_the_console
from tests.journeys.test_typed_commands import facts

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_a_paste_that_is_no_line_is_refused_whole(records: Records) -> None:
    """A clipboard may hold a book; nothing of it is cut to something nobody meant."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("note 1 calm")
        await ana.writes("x" * 1_000_000)
        await ana.sees(": note 1 calm ", "✗ longer than a line of 2000 characters: nothing of it")


async def test_a_line_that_lacks_what_was_pasted_is_not_done(records: Records) -> None:
    """The end of it had no room: what stands there is another line than was meant."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("colon")
        await ana.writes("note 1 calm")
        await ana.types("x" * 3_000)
        await ana.sees(": note 1 calm ", "nothing of it was taken; change the line")
        assert "noted" not in facts(records, 1)
        await ana.types("er")
        await ana.sees_no("nothing of it was taken")
    assert facts(records, 1)[-1] == "noted"
