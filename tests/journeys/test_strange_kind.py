"""A kind of work that is mistyped is told before it is saved: it would ask for no skill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.grammar.kinds import Strange, strange
from store.queries.usual import KindsLike
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.lifts import of_lifts

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey


async def test_a_mistyped_kind_is_told_in_the_form_and_in_the_line(records: Records) -> None:
    """With the one that is most like it; the form lists those that there are."""
    number = of_lifts(records)
    async with at_the_console(records) as ana:
        await ana.press("n")
        await ana.sees("kind of work")
        await ana.press("down", "down", "down", "down", "down")
        await ana.sees(" lift ")  # offered before anything is typed
        await ana.writes("?")
        await ana.sees("lift")
        await ana.press("backspace")
        await ana.writes("lfit")
        await ana.sees("new kind of work “lfit”, which asks for no skill; is “lift” meant?")
        await ana.press(*(["backspace"] * 4))
        await ana.writes("lift")
        await ana.sees_no("new kind of work")
        await ana.press("escape")
        await ana.press("colon")
        await ana.writes("new door stuck /kind lfit")
        await ana.sees("new kind of work “lfit”, which asks for no skill; is “lift” meant?")
        await ana.press("enter")
        await ana.sees("order 7 written down")
        await ana.press("colon")
        await ana.writes("new door stuck again /kind lfit")  # a slip stays one, however often
        await ana.sees("kind of work “lfit” asks for no skill; is “lift” meant?")
    kinds = records.ask(KindsLike(), who=ANA, at=MONDAY)
    assert number == 6
    for kind, said in (
        ("lift", None),
        ("LIFT", None),
        ("", None),
        ("lfti", Strange("lfti", "lift", new=True)),
        ("lfit", Strange("lfit", "lift", new=False)),
        ("window", Strange("window", "", new=True)),
    ):
        assert strange(kind, kinds) == said
