"""A console that is covered: whoever sits there does nothing more to it, or for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import MouseScrollDown

from console.lull import Lull
from console.place import PlaceFile, place_in
from store.domain.session_refusals import SessionLocked
from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records
    from tests.journeys.desk import Operator

_WHEEL = MouseScrollDown(None, 10, 10, 0, 1, 0, shift=False, meta=False, ctrl=False)


def _cover(ana: Operator) -> None:
    ana.desk.lull = Lull(lock_s=1e-9)
    while ana.desk.covered_at is None:
        ana.desk.mind_lull(ana.clock())


async def test_one_that_ends_late_leaves_the_place_of_newer_ones(
    records: Records, tmp_path: Path
) -> None:
    """Its own it has kept when it was covered."""
    places = PlaceFile(tmp_path / "ana.json")
    newer = place_in({"queue": "waiting", "number": 7})
    async with at_the_console(records) as ana:
        ana.desk.places = places
        _cover(ana)
        assert places.read() not in (None, newer)
        places.write(newer)
        ana.desk.turn_away(SessionLocked())
    ana.desk.close_seat()
    assert places.read() == newer


async def test_a_wheel_that_turns_keeps_it_no_longer(records: Records) -> None:
    """As before it was covered."""
    async with at_the_console(records) as ana:
        await ana.desk.on_event(_WHEEL)
        kept = ana.desk.keyed_at
        assert kept > 0
        _cover(ana)
        await ana.desk.on_event(_WHEEL)
        assert ana.desk.keyed_at == kept
