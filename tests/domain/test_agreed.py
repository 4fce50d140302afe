"""The promise to arrive that an appointment takes the place of: what the level alone would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.agreed import arrive_by, gives_way
from store.domain.lifecycle import Move, State
from store.domain.targets import ClockKind
from tests.builders import ALL_DAY, MONDAY, OFFICE, clock, gold, moved, order, rules, standing_in

MINUTE = timedelta(minutes=1)
LAID = {"office": OFFICE, "around the clock": ALL_DAY}
ROADS = (
    (),
    (Move.ASSIGN,),
    (Move.ASSIGN, Move.ACCEPT, Move.DEPART),
    (Move.ASSIGN, Move.ACCEPT, Move.WAIT, Move.RESUME),
)

moments = st.integers(0, 20 * 24 * 60).map(lambda minutes: MONDAY + minutes * MINUTE)


@given(moments, st.integers(0, 6 * 24 * 60), st.sampled_from(sorted(LAID)), st.sampled_from(ROADS))
def test_it_is_due_as_it_would_be_without_the_appointment(
    asked: datetime, after: int, laid: str, road: tuple[Move, ...]
) -> None:
    """On any calendar, however long it waited; and it gives way to what begins no sooner."""
    by = rules(calendar=LAID[laid])
    meets = asked + after * MINUTE
    alone = moved(order(by, asked), *road, by=by)
    agreed = moved(order(by, asked, appointment_at=meets), *road, by=by)
    due = clock(alone, ClockKind.ARRIVE).due_at
    assert due is not None
    assert arrive_by(alone, by) == arrive_by(agreed, by) == due
    assert gives_way(alone, by) is None
    assert gives_way(agreed, by) == (due if due <= meets else None)


@pytest.mark.parametrize("state", [State.ON_SITE, State.DONE, State.CLOSED, State.CANCELLED])
def test_who_has_been_there_is_not_awaited(state: State) -> None:
    """Nor anybody at what is over."""
    held = standing_in(state, appointment_at=MONDAY + timedelta(days=9))
    assert arrive_by(held, rules()) is None
    assert gives_way(held, rules()) is None


def test_a_level_that_promises_no_arrival_gives_nothing_up() -> None:
    """As of the lowest priority of many a contract."""
    level = gold()
    kept = {key: one for key, one in level.targets.items() if key[1] is not ClockKind.ARRIVE}
    by = rules(replace(level, targets=kept))
    assert gives_way(order(by, appointment_at=MONDAY + timedelta(days=9)), by) is None
