"""What stands in the form when the line goes is kept, heard of or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.css.query import NoMatches
from textual.widget import MountError
from textual.widgets import Input

from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_the_last_key_before_the_end_is_kept(records: Records) -> None:
    """The line shows it already, while the form behind it has still to hear of it."""
    async with at_the_console(records) as ana:
        await ana.press("n", "enter")
        await ana.sees("what is wrong")
        await ana.writes("Door jam")
        ana.desk.screen.query_one("#title", Input).value = "Door jams"
        ana.desk.exit(0)
        kept = [draft.texts["title"] for draft in ana.desk.shelf.drafts]
        assert kept == ["Door jams"]


async def test_what_is_asked_of_a_screen_taken_down_is_no_fault(records: Records) -> None:
    """It may still be at work then; whatever else goes wrong is one, also at the end."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
    for error in (NoMatches("#status"), MountError("not mounted")):
        ana.desk._handle_exception(error)
        assert ana.desk.return_code != 1
    ana.desk._handle_exception(RuntimeError())
    assert ana.desk.return_code == 1
