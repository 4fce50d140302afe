"""The journal of a newer paidan, told again by an older one."""

from __future__ import annotations

from hypothesis import given, settings

from store.domain.facts import Fact
from store.domain.replay import differences, replay
from tests.domain.undo_desk import days, lived

ROWS = ("visits", "pauses", "clocks", "moods")


@settings(deadline=None, max_examples=30)
@given(days)
def test_what_a_newer_program_tells_beside_it_is_passed_over(day: list[tuple[str, int]]) -> None:
    """Fields that are known are judged, and none of the rest is taken for damage."""
    desk = lived(day)
    newer = [
        Fact(
            name=told.fact.name,
            body={
                "set": {**told.fact.body.get("set", {}), "mood": 3},
                **{rows: _moody(told.fact.body.get(rows, ())) for rows in ROWS},
            },
            words={**(told.fact.words or {}), "moods.1.reason": "so"},
        )
        for told in desk.story
    ]
    assert differences(desk.order, replay(newer, number=7)) == ()


def _moody(rows: list[tuple[int, dict[str, object] | None]]) -> list[list[object]]:
    return [[place, row if row is None else {**row, "mood": 3}] for place, row in rows]
