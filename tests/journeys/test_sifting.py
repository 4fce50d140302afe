"""Lists of their own are narrowed by words, as the board is; Esc shows all, then leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.screens.board import BoardScreen
from console.screens.sifting import sifted
from console.widgets.window import Row, Tinted
from store.commands.voices import KeepComplaint
from tests.journeys.desk import at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey

WORDS = {
    "en": ("2 complaints to be answered", "hum: 1 of 2 rows", "No row has all of these words",
           "complaint 1 withdrawn"),
    "zh_CN": ("待答复投诉 2 条", "hum：2 行中的 1 行", "没有一行包含全部这些文字", "投诉 1 已撤销"),
}  # fmt: skip
LISTS = ("surveys", "actions", "projects", "exceptions", "training", "ideas", "packs", "radar")


@pytest.mark.parametrize("language", WORDS)
async def test_a_list_is_narrowed_by_what_its_rows_have(records: Records, language: str) -> None:
    """What is left is what keys are about; Esc brings the others back before it leaves."""
    some, one, none, withdrawn = WORDS[language]
    do(records, KeepComplaint(said="the lift HUMS at night", about="noise", number=1))
    do(records, KeepComplaint(said="nobody came", about="late", number=2))
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.press("f19")
        await ana.sees(some, "HUMS", "nobody came")
        await ana.press("slash")
        await ana.writes("hum")
        await ana.sees(one)
        assert not any("nobody came" in line for line in ana.screen())
        await ana.writes(" 7")
        await ana.sees(none)
        await ana.press("backspace", "backspace", "enter", "0")
        await ana.writes("a slip")
        await ana.press("enter")
        await ana.sees(withdrawn)
        await ana.press("escape")
        await ana.sees("nobody came")
        await ana.press("escape")
        await ana.sees("Boiler pre")


async def test_every_list_of_its_own_can_be_narrowed(records: Records) -> None:
    """Also where it is empty; the footer says so, and Esc in the line leaves the filter."""
    async with at_the_console(records, size=(120, 40)) as ana:
        for word in LISTS:
            await ana.press("colon")
            await ana.writes(word)
            await ana.press("enter")
            await ana.sees("Esc back")
            await ana.press("slash")
            await ana.writes("zz")
            await ana.sees("zz: 0 of")
            await ana.press("enter", "escape", "escape")
            await ana.sees("Boiler pre")
        assert isinstance(ana.desk.screen, BoardScreen)


rows = st.lists(st.lists(st.text(max_size=6), min_size=1, max_size=3), max_size=6).map(
    lambda told: [
        Row(key=n, version=0, mark=(n,), cells=(Tinted(first, "muted"), *more))
        for n, (first, *more) in enumerate(told)
    ]
)


@given(rows, st.lists(st.text(max_size=3), max_size=3).map(" ".join))
def test_what_is_left_is_in_order_and_has_each_word(some: list[Row], text: str) -> None:
    """Nothing is looked for in no words; more words leave no more rows."""
    assert list(sifted(some, " ")) == some
    left = sifted(some, text)
    assert [row.key for row in left] == sorted(row.key for row in left)  # type: ignore[type-var]
    assert set(left) <= set(sifted(some, " ".join(text.split()[:1])))
