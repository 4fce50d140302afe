"""F6 and ` where a technician is marked: the line names whom the cursor stands on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.panes.people_table import PeopleTable
from store.commands import SaveAbsence
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_in_who_should_go_the_marked_one_is_meant(records: Records) -> None:
    """And not who has the order that is asked about."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("W")
        await ana.sees("1 L")
        marked = next(row for row in ana.screen() if row.startswith(" >  1 L"))
        await ana.press("down", "f6")
        code = next(row for row in ana.screen() if row.startswith(" >  2 L")).split()[2]
        assert code not in marked
        await ana.sees(f"absent {code}")
        await ana.types(" until 18:00 ill")
        await ana.sees(f"({code}) is absent until 18:00")


async def test_on_the_schedule_board_the_day_that_is_looked_at_is_whose(records: Records) -> None:
    """Its rows are people."""
    async with at_the_console(records, size=(80, 24)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("Y")
        await ana.sees("Zhao Min")
        row = next(row for row in ana.screen() if row.startswith(" > "))
        await ana.press("f6")
        code = {"Li Wei": "L1", "王芳": "L2", "Zhao Min": "L3"}
        await ana.sees("absent " + next(one for name, one in code.items() if name in row))


async def test_among_the_technicians_of_the_board_the_marked_one_is_meant(records: Records) -> None:
    """Absent or back: else whoever has the chosen order, or is the only one absent."""
    hour = timedelta(hours=1)
    for who in ("L2", "L3"):
        absent = SaveAbsence(technician=who, starts_at=MONDAY, ends_at=MONDAY + 9 * hour)
        do(records, absent)
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck", "absent")
        await ana.press("grave_accent")
        await ana.sees_no(":here L")
        await ana.press("escape", "tab")
        people = ana.desk.screen.query_one(PeopleTable)
        assert people.has_focus
        await ana.press("end", "f6")
        code = people.code_at_cursor
        await ana.sees(f"absent {code}")
        await ana.press("escape")
        while people.code_at_cursor == "L1":
            await ana.press("up")
        people.focus()
        await ana.press("grave_accent")
        await ana.sees(f"here {people.code_at_cursor}")
