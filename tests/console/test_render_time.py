"""How a countdown is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.render_time import WIDTH, countdown, here, left, nearness

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
seconds = st.integers(-400 * 86_400, 400 * 86_400)


@pytest.mark.parametrize(
    ("to_go", "text"),
    [
        (0, "0:00"),
        (599, "9:59"),
        (600, "10m"),
        (3_599, "59m"),
        (3_600, "1h00"),
        (7_500, "2h05"),
        (86_399, "23h59"),
        (86_400, "1d00h"),
        (273_600, "3d04h"),
        (864_000, "10d"),
        (-1, "-00:01"),
        (-192, "-03:12"),
        (-600, "-10m"),
        (-7_500, "-2h05"),
        (-273_600, "-3d04h"),
    ],
)
def test_a_countdown_reads_like_this(to_go: int, text: str) -> None:
    """Worked out by hand, at every change of unit."""
    assert left(AT + timedelta(seconds=to_go), AT).strip() == text


@given(seconds)
def test_a_countdown_never_changes_its_width(to_go: int) -> None:
    """Or the column would move."""
    assert len(left(AT + timedelta(seconds=to_go), AT)) == WIDTH


@given(seconds)
def test_what_is_overdue_has_a_sign(to_go: int) -> None:
    """Colour is never the only carrier."""
    due = AT + timedelta(seconds=to_go)
    assert ("-" in left(due, AT)) == (to_go < 0) == (nearness(due, AT) == "overdue")


@given(st.integers(600, 86_399), st.integers(0, 59))
def test_minutes_change_once_a_minute(to_go: int, second: int) -> None:
    """Most seconds of most countdowns write nothing."""
    whole = to_go - to_go % 60
    start = AT + timedelta(seconds=whole)
    assert left(start + timedelta(seconds=second), AT) == left(start, AT)


def test_nothing_due_shows_nothing() -> None:
    """An order without a target is not on time, and not late."""
    assert left(None, AT) == " " * WIDTH
    assert nearness(None, AT) == ""


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "UTC"])
def test_the_ends_of_the_calendar_can_be_shown_anywhere(zone: str) -> None:
    """An import may bring the year 9999; a page that dies of it shows nothing at all."""
    for moment in (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
        assert here(moment, ZoneInfo(zone)).strftime("%H:%M")


@given(
    st.one_of(st.integers(-900, 900), st.integers(-90_000, 90_000), st.integers(-(10**7), 10**7)),
    st.integers(0, 999_999),
    st.floats(0, 1, exclude_max=True),
)
def test_a_countdown_stays_as_long_as_it_says(seconds: int, parts: int, when: float) -> None:
    """Rows that need not be looked at again are not; one that changes sooner would be missed."""
    due_at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    at = due_at + timedelta(seconds=seconds, microseconds=parts)
    text, look, until = countdown(due_at, at)
    assert (text, look) == (left(due_at, at), nearness(due_at, at))
    assert until > at
    last = timedelta(microseconds=1)
    for later in (at + (until - at - last) * when, until - last):
        assert (left(due_at, later), nearness(due_at, later)) == (text, look)


def test_a_countdown_at_the_end_of_the_calendar_is_looked_at_again() -> None:
    """There is no later moment to wait for."""
    end = datetime.max.replace(tzinfo=UTC)
    assert countdown(end - timedelta(hours=1), end)[2] == end
