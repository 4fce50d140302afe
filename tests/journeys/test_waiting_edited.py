"""What waits is edited where it was written; nothing else that was typed there is lost by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from console.typed_line import TypedLine
from console.waiting import Waiting
from store.commands.contact import NoteOrder
from store.queries.card import Trace
from tests.journeys.desk import ANA, MONDAY, at_the_console

if TYPE_CHECKING:
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

KEYED = Waiting(
    action="note",
    texts={"text": "it waits"},
    command=NoteOrder(number=1, text="it waits"),
    at=MONDAY,
)
TYPED = Waiting(
    action="note",
    texts={"": "note 1 typed"},
    command=None,
    at=MONDAY,
    line=TypedLine(text="note 1 typed", named=(1,), seen_at=MONDAY),
)


def notes(records: Records, number: int = 1) -> list[str]:
    """What was noted on an order."""
    trace = records.ask(Trace(number=number), who=ANA, at=MONDAY)
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


async def left(ana: Operator, item: Waiting) -> None:
    """An earlier console has left this."""
    await ana.sees("Lift stuck")
    ana.desk.pile.found(None, [item])
    ana.desk.recount()


async def jumps_to_what_waits(ana: Operator) -> None:
    """By a key that works while a line is open, too."""
    await ana.press("ctrl+p")
    await ana.writes("待发")
    await ana.sees("what waits for the store")
    await ana.press("enter")
    await ana.sees("Waiting to be sent")


async def test_an_unsaved_text_comes_back_once_what_was_edited_is_sent(records: Records) -> None:
    """Both are about the same order, and by the same key."""
    async with at_the_console(records) as ana:
        await left(ana, KEYED)
        await ana.press("semicolon")
        await ana.writes("my own words")
        await jumps_to_what_waits(ana)
        await ana.press("e")
        await ana.sees("being edited")
        await ana.press("escape", "escape", "semicolon")
        await ana.sees("note: it waits")
        await ana.types(" no more")
        await ana.sees("noted on order 1")
        assert (notes(records), ana.desk.pile.items) == (["it waits no more"], ())
        await ana.press("colon")
        await ana.types("note 1 typed between")
        await ana.press("semicolon")
        await ana.sees("note: my own words")
        assert notes(records) == ["it waits no more", "typed between"]


async def test_what_is_edited_again_is_as_it_was_written_since(records: Records) -> None:
    """And who empties it has given up editing: another note does not take its place."""
    async with at_the_console(records) as ana:
        await left(ana, KEYED)
        await ana.press("dollar_sign", "e", "escape", "semicolon")
        await ana.writes(" and more")
        await ana.press("escape", "dollar_sign", "e", "escape", "semicolon")
        await ana.sees("note: it waits and more")
        await ana.press("ctrl+u", "escape", "semicolon")
        await ana.sees_no("it waits and more")
        await ana.types("another")
        await ana.sees("1 waits")
        assert (notes(records), len(ana.desk.pile.items)) == (["another"], 1)


async def test_another_line_does_not_take_the_place_of_what_was_edited(records: Records) -> None:
    """The one that was edited gave way to a line that only shows something."""
    async with at_the_console(records) as ana:
        await left(ana, TYPED)
        await ana.press("dollar_sign", "e")
        await ana.sees(": note 1 typed")
        await ana.press("ctrl+u")
        await ana.types("figures")
        await ana.sees("Esc back")
        await ana.press("escape", "colon")
        await ana.types("note 2 another")
        await ana.sees("✓")
        assert (notes(records, 2), ana.desk.pile.items[0].id) == (["another"], TYPED.id)


async def test_the_mark_stays_on_what_it_was_set_on(records: Records) -> None:
    """What stands above it is sent meanwhile: `x` drops no other than the one that was marked."""
    records.database.patience = 1.0
    async with at_the_console(records) as ana:
        await left(ana, KEYED)
        for text in ("second", "third"):
            command = NoteOrder(number=2, text=text)
            item = replace(KEYED, id=text, key=text, texts={"text": text}, command=command)
            ana.desk.pile.found(None, [item])
        ana.desk.pile.items = ana.desk.pile.items[::-1]
        await ana.press("dollar_sign")
        with records.database.writing():
            await ana.press("j", "j", "k", "k")
            await ana.sets_off("enter", "j")
            await ana.glimpses("> 01:00 Note #2 second", "being sent")
            await ana.desk.workers.wait_for_complete()
            await ana.passes(seconds=1)
            await ana.sees("sent when the store is free")
        await ana.passes(seconds=1)
        await ana.sees_no("it waits")
        await ana.press("x")
        await ana.sees("dropped")
        assert [item.id for item in ana.desk.pile.items] == ["third"]
