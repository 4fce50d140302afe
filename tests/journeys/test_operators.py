"""Operators on their screen: whoever administers the desk does it from there, nobody else can."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest

from console.unrecorded import plain, unrecorded
from store.commands.operator_codes import EnterByCode, UseCode
from store.commands.operator_keys import AddKey, RevokeOperator
from store.commands.operators import AppointOperator, SaveOperator
from store.domain.who import THE_DESK, Who
from store.queries.operator_keys import KeysOf
from store.queries.people import ListOperators, OperatorNamed
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.store.desk import a_key

if TYPE_CHECKING:
    from store.queries.people import OperatorLine
    from store.records import Records

pytestmark = pytest.mark.journey


def line(records: Records, code: str) -> OperatorLine:
    found = records.ask(ListOperators(), who=THE_DESK, at=MONDAY)
    return next(one for one in found if one.code == code)


@pytest.fixture
def bo(records: Records) -> Who:
    """A dispatcher with a key."""
    for command in (
        SaveOperator(code="bo", name="Bo Li"),
        AddKey(operator="bo", line=f"{a_key(1)} bo@home"),
    ):
        records.do(command, who=THE_DESK, at=MONDAY)
    return records.ask(OperatorNamed(code="bo"), who=THE_DESK, at=MONDAY)


async def test_an_administrator_keeps_the_operators(records: Records, bo: Who) -> None:
    """With a key and a line each; what was done is seen at once."""
    async with at_the_console(records) as ana:
        await ana.press("vertical_line")
        await ana.sees("Bo Li", "dispatcher", "operators who work here: 2")
        await ana.press("n")
        await ana.types("cy screen Cy Wall")
        await ana.sees("operator cy is read-only screen of every site", "Cy Wall")
        await ana.press("home", "r")
        await ana.sees("operators role bo")
        await ana.types("supervisor")
        await ana.sees("operator bo is supervisor of every site")
        await ana.press("home")
        await ana.sees("bo@home")
        await ana.press("t")
        await ana.sees("operators take bo SHA256:")
        await ana.press("enter")
        await ana.sees("of bo is revoked")
        await ana.press("home", "x", "enter")
        await ana.sees("operator bo is retired", "operators who work here: 2")
    assert (line(records, "bo").role, line(records, "bo").active) == ("supervisor", False)
    assert [key.revoked for key in records.ask(KeysOf(), who=THE_DESK, at=MONDAY)] == [True]
    assert line(records, "cy").role == "screen"
    assert bo.operator != ANA.operator


async def test_a_dispatcher_sees_who_is_there_and_changes_nobody(records: Records, bo: Who) -> None:
    """The store says why, in a sentence; nobody's key is shown to him but his own."""
    records.do(AddKey(operator="desk", line=f"{a_key(2)} desk@home"), who=THE_DESK, at=MONDAY)
    async with at_the_console(records, who=bo) as him:
        await him.press("vertical_line")
        await him.sees("administrator", "dispatcher")
        await him.press("home")
        await him.sees("bo@home")
        await him.press("down", "t")
        await him.sees("no key of operator desk is known here")
        await him.press("home", "r")
        await him.types("administrator")
        await him.sees("a dispatcher may not administer operators")
    assert line(records, "bo").role == "dispatcher"


async def test_who_is_revoked_while_he_sits_here_sees_nothing_more(
    records: Records, bo: Who
) -> None:
    """His console ends with the sentence; so it does for who only looked."""
    async with at_the_console(records, who=bo) as him:
        await him.sees("timers")
        records.do(RevokeOperator(operator="bo"), who=THE_DESK, at=MONDAY)
        await him.press("f5")
        await him.is_turned_away()
        assert "operator bo does not work here any more" in str(him.desk.refusal)


async def test_a_console_that_would_misread_the_store_ends(records: Records) -> None:
    """A newer program has renewed it under him; what he reads on might not be so."""
    async with at_the_console(records) as ana:
        await ana.sees("timers")
        with records.database.writing() as conn:
            conn.exec_driver_sql("UPDATE store_meta SET value = '9999' WHERE name = 'min_reader'")
        await ana.press("f5")
        await ana.is_turned_away()
        assert "a newer paidan has renewed the store" in str(ana.desk.refusal)


async def test_a_screen_takes_no_command(records: Records, bo: Who) -> None:
    """The role makes a console one that only looks, whatever it was started with."""
    records.do(AppointOperator(operator="bo", role="screen"), who=THE_DESK, at=MONDAY)
    wall = records.ask(OperatorNamed(code="bo"), who=THE_DESK, at=MONDAY)
    async with at_the_console(records, who=wall) as him:
        await him.sees("view only")
        await him.press("n")
        await him.sees("this console only shows the desk")


async def test_a_code_is_shown_where_it_is_made_and_nowhere_else(records: Records, bo: Who) -> None:
    """It does what `paidan operator code` does; beside another operator it stands no more."""
    async with at_the_console(records) as ana:
        await ana.press("vertical_line")
        await ana.sees("Bo Li", "c b code")
        for key, does, command in (
            ("b", "lets bo in by a browser", EnterByCode),
            ("c", "ssh claim@HOST asks bo for it", partial(UseCode, line=a_key(2))),
        ):
            await ana.press("home", key)
            await ana.sees("show a one-time code by which")
            await ana.press("enter")
            await ana.sees(does, "one-time code of operator bo, good until")
            (code,) = re.findall("(?:[2-9A-Z]{4}-){4}[2-9A-Z]{4}", plain("\n".join(ana.screen())))
            records.do(command(code=code), who=THE_DESK, at=MONDAY)
            await ana.press("end")
            await ana.sees_no(unrecorded(code))
