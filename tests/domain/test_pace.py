"""The pace of a desk: minutes of life and instants of the desk, there and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.pace import LIFE, Pace, read_pace

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
spans = st.timedeltas(timedelta(0), timedelta(days=2))
paces = st.builds(Pace, st.floats(1, 60))
CLOSE = timedelta(milliseconds=1)


@given(paces, spans)
def test_minutes_of_life_lead_back_to_the_instant(pace: Pace, ahead: timedelta) -> None:
    """And what takes so long in life takes as much less here."""
    minutes = pace.minutes(NINE, NINE + ahead)
    assert abs(pace.after(NINE, minutes) - (NINE + ahead)) < CLOSE
    assert abs(pace.here(ahead) * pace.speed - ahead) < CLOSE


@given(spans)
def test_life_is_as_it_is(ahead: timedelta) -> None:
    """To the last bit: a desk where it is serious reckons as ever."""
    assert LIFE.here(ahead) == ahead
    assert LIFE.minutes(NINE, NINE + ahead) == ahead.total_seconds() / 60
    assert LIFE.lasted(NINE, NINE + ahead) == ahead


def test_what_was_before_the_drill_went_at_the_pace_of_life() -> None:
    """A copy has a past; what began in it and ended in the drill was partly slow."""
    pace = Pace(12.0, NINE)
    before, after = NINE - timedelta(minutes=30), NINE + timedelta(minutes=5)
    assert pace.lasted(before - timedelta(hours=1), before) == timedelta(hours=1)
    assert pace.lasted(NINE, after) == timedelta(hours=1)
    assert pace.lasted(before, after) == timedelta(minutes=90)
    assert Pace(12.0).lasted(NINE, after) == timedelta(hours=1)


@given(paces, st.none() | st.just(NINE), st.none() | st.just(NINE + timedelta(minutes=20)))
def test_a_store_keeps_a_pace(pace: Pace, since: datetime | None, until: datetime | None) -> None:
    """What is read is what was written."""
    kept = Pace(pace.speed, since, until)
    assert read_pace(kept.written()) == kept


@pytest.mark.parametrize(
    "text", ["", "12", "12.0 - - -", "fast - -", "0 - -", "-1 - -", "nan - -", "inf - -", "2 x y"]
)
def test_what_is_no_pace_is_that_of_life(text: str) -> None:
    """A store that says so is still opened."""
    assert read_pace(text) == LIFE


@pytest.mark.parametrize(
    ("speed", "minutes"), [(1, 60), (2, 30), (6, 10), (7, 5), (12, 5), (45, 1), (60, 1)]
)
def test_an_hour_of_life_is_a_step_of_the_clock(speed: float, minutes: int) -> None:
    """So that a scale of them can be read."""
    assert Pace(speed).hour() == timedelta(minutes=minutes)
