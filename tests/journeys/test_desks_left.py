"""A process in which one desk after the other is opened and closed keeps nothing of them."""

from __future__ import annotations

import asyncio
import gc
import shutil
import weakref
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from store.records import open_records
from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.journey

WARM, DESKS = 2, 3
"""The first ones fill what is kept for good: modules, statements, words."""
FEW = 200
"""Objects that caches of a fixed size may still have room for; a desk is made of many hundreds."""
ROOMS = ("console.", "scheduler.", "store.")


async def _visited(file: Path) -> list[weakref.ref[Any]]:
    """What one desk was made of, after an order was looked at, written about and left."""
    with closing(open_records(f"sqlite:///{file}")) as records:
        async with at_the_console(records) as ana:
            await ana.sees("Lift stuck")
            await ana.press("enter")
            await ana.sees("what happened")
            await ana.press("semicolon")
            await ana.types("seen on the way")
            await ana.sees("noted on order 1")
            await ana.press("escape", "n", "escape", "question_mark")
            parts = [ana.desk, *ana.desk.screen_stack, *ana.desk.screen.walk_children()]
            return [weakref.ref(part) for part in (*parts, records, records.database)]


def _ours() -> int:
    """How many objects there are that our own modules made."""
    gc.collect()
    return sum(str(type(thing).__module__).startswith(ROOMS) for thing in gc.get_objects())


async def test_closed_desks_leave_nothing(small_desk_file: Path, tmp_path: Path) -> None:
    """Nor does what Python looks for only now and then grow with each.

    The last one is still known to the threads that worked for it, until others take their place.
    """
    visited: list[list[weakref.ref[Any]]] = []
    before = 0
    for number in range(WARM + DESKS):
        if number == WARM:
            before = _ours()
        file = tmp_path / f"{number}.db"
        shutil.copyfile(small_desk_file, file)
        visited.append(await asyncio.create_task(_visited(file)))  # in a context of its own
    after = _ours()
    assert [part for parts in visited[:-1] for part in parts if part() is not None] == []
    assert after - before < FEW
