"""A drill at the console: what is called out covers nothing, and an outage says that it is one."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.child import Child
from console.drill.news import News
from console.drilling import Drill
from store.domain.pace import Pace
from store.records import open_records
from tests.journeys.desk import ANA, MONDAY, at_the_console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.records import Records

pytestmark = pytest.mark.journey


class Told:
    """What the drill tells, when the story has it told."""

    def __init__(self) -> None:
        self.coming: list[News] = []

    def __call__(self) -> Sequence[News]:
        news, self.coming = self.coming, []
        return news


def drilled(told: Told) -> Drill:
    """Twenty minutes of a bad day."""
    return Drill(
        began=MONDAY, ends_at=MONDAY + timedelta(minutes=20), pace=Pace(12.0), script="bad day",
        copied=False, take=told,
    )  # fmt: skip


def ill(seconds: float = 0) -> News:
    """Somebody falls ill."""
    return News(what="ill", at=MONDAY + timedelta(seconds=seconds), who="Bo (L9)")


async def test_what_is_called_out_covers_no_list(records: Records) -> None:
    """It stands in a line of its own while the list of technicians is open, and after it."""
    told = Told()
    async with at_the_console(records, size=(80, 24), drill=drilled(told)) as ana:
        await ana.sees("What happens in the drill is told here.")
        await ana.press("d")
        await ana.sees("L3 Zhao Min", "who goes")
        before = [line for line in ana.screen() if "Zhao Min" in line or "who goes" in line]
        told.coming = [ill()]
        await ana.passes(seconds=1)
        await ana.sees("Bo (L9) falls ill")
        assert [line for line in ana.screen() if "Zhao Min" in line or "who goes" in line] == before
        assert not ana.desk._notifications


async def test_what_is_called_out_while_a_form_is_open_is_there_afterwards(
    records: Records,
) -> None:
    """However long that took."""
    told = Told()
    async with at_the_console(records, drill=drilled(told)) as ana:
        await ana.press("n")
        await ana.sees("what is wrong")
        told.coming = [ill(), News(what="return", at=MONDAY, number=5)]
        await ana.passes(seconds=1)
        await ana.passes(seconds=50)
        await ana.sees_no("falls ill")
        await ana.press("escape")
        await ana.passes(seconds=1)
        await ana.sees("Bo (L9) falls ill", "#5 is back")
        await ana.passes(seconds=25)
        await ana.sees_no("falls ill")
        await ana.sees("#5 is back")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Drill outage", "back at 01:01:40", "Note calls by hand", "system down (drill)")),
        ("zh_CN", ("演练停机", "01:01:40", "手记", "系统停机（演练）")),
    ],
)
async def test_an_outage_of_the_drill_says_that_it_is_one(
    language: str, said: tuple[str, ...], records: Records
) -> None:
    """Since when, what to do, when it is over; whoever calls meanwhile is heard when he calls."""
    told = Told()
    drill = drilled(told)
    async with at_the_console(records, size=(80, 24), drill=drill, language=language) as ana:
        told.coming = [
            News(what="down", at=MONDAY, seconds=100),
            News(what="call", at=MONDAY + timedelta(seconds=30), who="P1 no light"),
        ]
        await ana.passes(seconds=1)
        await ana.sees(*said)
        await ana.sees_no("no light", "stalled")
        await ana.passes(seconds=30)
        await ana.sees("P1 no light")
        told.coming = [News(what="up", at=MONDAY + timedelta(seconds=100))]
        await ana.passes(seconds=70)
        await ana.sees_no(said[0], said[-1])


async def test_a_day_that_broke_off_is_told(records: Records) -> None:
    """In a drill, and at a demo's desk."""
    for drill in (drilled(Told()), None):
        child = Child("a day")
        async with at_the_console(records, drill=drill, child=child) as ana:
            child.listen((), lambda _line: None)
            await ana.passes(seconds=1)
            await ana.sees("has broken off")


async def test_the_day_of_a_drill_has_hours_of_the_drill(records: Records) -> None:
    """Five minutes each at twelve times the pace of life."""
    records.database.pace = Pace(12.0)
    async with at_the_console(records, drill=drilled(Told())) as ana:
        await ana.press("Y")
        await ana.sees("00:50", "01:10", "2026-09-21")


async def test_another_console_at_a_drills_desk_says_so(records: Records) -> None:
    """Its store says how fast it lives and until when; nobody there takes it for serious."""
    with records.work(who=ANA, at=MONDAY) as work:
        work.keep_pace(Pace(12.0, None, MONDAY + timedelta(minutes=20)))
    url = records.database.url.render_as_string(hide_password=False)
    with closing(open_records(url, feed=False)) as other:
        async with at_the_console(other) as ana:
            await ana.sees("DRILL 20:00")
            await ana.passes(seconds=61)
            await ana.sees("DRILL 18:59")
            await ana.press("Y")
            await ana.sees("00:50", "01:10", "2026-09-21")
            await ana.press("escape", "n")
            await ana.sees("DRILL · New order")
