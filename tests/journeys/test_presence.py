"""Two operators at two consoles: each sees who else is at an order, and neither is kept from it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from store.commands.operators import SaveOperator
from store.domain.who import EVERYWHERE, THE_DESK, Scope, Who
from store.persistence.presence import PRESENCE
from store.queries.people import Operators
from tests.journeys.desk import MONDAY, Clock, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

NAMES = {"ana": "李 An\x1b[7mna", "bo": "Bo"}
"""One of them would turn the terminal's colours about."""


@asynccontextmanager
async def two(
    records: Records, *, language: str = "en", bo_sees: Scope = EVERYWHERE
) -> AsyncIterator[tuple[Operator, Operator]]:
    """Ana and Bo, each at a console, by one clock."""
    for code, name in NAMES.items():
        do(records, SaveOperator(code=code, name=name))
    who = {one.code: one.id for one in records.ask(Operators(), who=THE_DESK, at=MONDAY)}
    sits = partial(at_the_console, records, size=(160, 40), language=language, clock=Clock())
    async with (
        sits(who=Who(operator=who["ana"])) as ana,
        sits(who=Who(operator=who["bo"], scope=bo_sees)) as bo,
    ):
        records.follow()
        yield ana, bo


async def rests(operator: Operator) -> None:
    """Her hands rest for as long as a chosen order wants before it is told."""
    await operator.passes(seconds=1)
    await operator.passes(seconds=3)


SAID = {
    "en": ("looks at it", "is writing on it since 01:00 (Note)", "you may go on"),
    "zh_CN": ("正在看", "自 01:00 正在写（备注）", "可以继续"),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_each_sees_what_the_other_does(records: Records, language: str) -> None:
    """Who looks, who writes and since when, on the card and before the row; then nobody."""
    looks, writes, _go_on = SAID[language]
    async with two(records, language=language) as (ana, bo):
        await ana.sees("Lift stuck")
        await rests(ana)
        await bo.sees(f"na {looks}", "@> N")
        assert not any("\x1b" in line for line in bo.screen())
        await ana.press("semicolon")
        await ana.passes(seconds=1)
        await ana.passes(seconds=1)
        await bo.sees(writes, "*> N")
        await ana.press("escape")
        await rests(ana)
        await bo.sees(looks, "@> N")
        await ana.press("down")
        await rests(ana)
        await bo.sees("@  N")
        await bo.sees_no(looks)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_form_on_a_claimed_order_says_so_and_lets_go_on(
    records: Records, language: str
) -> None:
    """At once when it is opened, or when the other begins; what is typed is done all the same."""
    _looks, writes, go_on = SAID[language]
    async with two(records, language=language) as (ana, bo):
        await ana.sees("Lift stuck")
        await bo.sees("Lift stuck")
        await ana.press("semicolon")
        await ana.writes("waiting for the caretaker")
        await ana.passes(seconds=1)
        await ana.passes(seconds=1)
        await bo.sees(writes)
        await bo.press("semicolon")
        await bo.sees(go_on)
        await bo.passes(seconds=1)
        await bo.passes(seconds=1)
        await ana.sees(go_on, "waiting for the caretaker")
        head = records.head()
        await bo.types("seen")
        await bo.sees("✓ ")
        await ana.press("enter")
        assert records.head() > head


async def test_a_lease_that_ends_takes_the_mark_away(records: Records) -> None:
    """A console that was killed renews nothing: others see it go without any news."""
    async with two(records) as (ana, bo):
        await ana.sees("Lift stuck")
        await rests(ana)
        await bo.sees("looks at it", "@> N")
        await bo.passes(seconds=40)
        await bo.sees("looks at it")
        await bo.passes(seconds=5)
        await bo.sees_no("looks at it", "@> N")


async def test_who_goes_on_looking_stays_in_sight(records: Records) -> None:
    """That a lease was renewed is told to nobody: it is asked for when it seems to be over."""
    async with two(records) as (ana, bo):
        await ana.sees("Lift stuck")
        await rests(ana)
        await bo.sees("looks at it", "@> N")
        for _ in range(3):
            await ana.passes(seconds=20)
            await rows_told(records, ana)
        await bo.passes(seconds=1)
        await bo.sees("looks at it", "@> N")


async def test_who_sees_other_sites_only_sees_nobody(records: Records) -> None:
    """The order is not his, and so is not who works on it."""
    async with two(records, bo_sees=Scope(frozenset({2}))) as (ana, bo):
        await ana.sees("Lift stuck")
        await bo.sees("Lamp out")
        await rests(ana)
        await ana.press("down")
        await rests(ana)
        await bo.sees("looks at it")
        await ana.press("up")
        await rests(ana)
        await bo.sees_no("looks at it", "@")
        assert bo.desk.attention.seen == ()


async def test_a_console_on_the_wall_tells_nothing(records: Records) -> None:
    """It has a cursor, and nobody behind it."""
    async with at_the_console(records, size=(160, 40), only_looks=True) as wall:
        await wall.sees("Lift stuck")
        await rests(wall)
        await rests(wall)
        assert await rows_told(records, wall) == 0


async def rows_told(records: Records, operator: Operator) -> int:
    """How many consoles tell that they are at an order, once what is under way is written."""
    await operator.desk.workers.wait_for_complete()
    with records.database.reading() as conn:
        return int(conn.execute(select(func.count()).select_from(PRESENCE)).scalar_one())


async def test_a_console_that_closes_is_at_no_order(records: Records) -> None:
    """Others need not wait for its lease."""
    async with at_the_console(records, size=(160, 40)) as ana:
        await ana.sees("Lift stuck")
        await rests(ana)
        await rests(ana)
        assert await rows_told(records, ana) == 1
        ana.desk.leave_orders()
        assert await rows_told(records, ana) == 0


async def test_a_store_that_takes_no_write_is_no_news(records: Records) -> None:
    """The operator is told nothing, and his keys go on; it is told as soon as it can be."""
    async with at_the_console(records, size=(160, 40)) as ana:
        await ana.sees("Lift stuck")
        with records.database.writing():
            await rests(ana)
            assert await rows_told(records, ana) == 0
            await ana.press("down")
            assert "2" in await ana.chosen()
            await rests(ana)
            assert await rows_told(records, ana) == 0
            await ana.sees_no("✗")
        await rests(ana)
        await rests(ana)
        assert await rows_told(records, ana) == 1
