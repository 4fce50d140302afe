"""Times as operators type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.whens import parse_when
from store.domain.errors import BadInput

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 9, 21, 1, 30, tzinfo=UTC)
"""09:30 on a Monday in Shanghai."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15:00", "2026-09-21 15:00"),
        ("9:00", "2026-09-22 09:00"),
        ("15：30", "2026-09-21 15:30"),
        ("3点", "2026-09-21 15:00"),
        ("03点", "2026-09-22 03:00"),
        ("3.30", "2026-09-22 03:30"),
        ("+2h", "2026-09-21 11:30"),
        ("+30m", "2026-09-21 10:00"),
        ("90分钟", "2026-09-21 11:00"),
        ("+1.5h", "2026-09-21 11:00"),
        ("2天", "2026-09-23 09:30"),
        ("tomorrow 9:00", "2026-09-22 09:00"),
        ("明天 14:30", "2026-09-22 14:30"),
        ("明天14:30", "2026-09-22 14:30"),
        ("后天", "2026-09-23 09:00"),
        ("Tomorrow", "2026-09-22 09:00"),
        ("2026-10-01 08:15", "2026-10-01 08:15"),
        ("10-01 08:15", "2026-10-01 08:15"),
        ("3-02 08:15", "2027-03-02 08:15"),
        ("0200", "2026-09-22 02:00"),
        ("1530", "2026-09-21 15:30"),
        ("tomorrow 0930", "2026-09-22 09:30"),
        ("2026-10-01 0815", "2026-10-01 08:15"),
    ],
)
def test_what_an_operator_types_is_understood(text: str, expected: str) -> None:
    """On the wall clock of the desk, the next one to come."""
    found = parse_when(text, at=AT, zone=SHANGHAI)
    assert found.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "15",
        "25:00",
        "+2x",
        "31-31 9:00",
        "9:99",
        "明天 x",
        "1:2:3",
        "2460",
        "9999",
        "+1530",
    ],
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    """The refusal says how to write one."""
    with pytest.raises(BadInput, match=r"write 15:00, \+2h"):
        parse_when(text, at=AT, zone=SHANGHAI)


@pytest.mark.parametrize("text", ["today 8:00", "今天 8:00", "早上8点前 x", "2026-09-20 9:00"])
def test_what_has_passed_is_refused_as_such(text: str) -> None:
    """Nobody is woken in the past; what would be right is said."""
    passed = "is not a time" if "x" in text else "has passed"
    with pytest.raises(BadInput, match=rf"{passed}.*write 15:00"):
        parse_when(text, at=AT, zone=SHANGHAI)


def test_tomorrow_across_a_clock_change_keeps_the_wall_clock() -> None:
    """In Berlin the night of 25 October 2026 is an hour longer."""
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime(2026, 10, 24, 16, 0, tzinfo=UTC)
    found = parse_when("tomorrow 9:00", at=at, zone=berlin)
    assert found == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 10**6))
def test_a_time_of_day_is_always_to_come_and_within_a_day(
    hour: int, minute: int, seconds: int
) -> None:
    """Nobody wakes an order in the past."""
    at = AT + timedelta(seconds=seconds)
    found = parse_when(f"{hour}:{minute:02}", at=at, zone=SHANGHAI)
    assert timedelta() < found - at <= timedelta(days=1)


@given(st.integers(1, 12), st.sampled_from([("", 0), ("半", 30)]), st.integers(0, 86_400))
def test_a_bare_oclock_is_the_next_one_that_the_hands_show(
    hour: int, past: tuple[str, int], seconds: int
) -> None:
    """Nobody who says two o'clock at noon means the night; who means it says so."""
    at = AT + timedelta(seconds=seconds)
    found = parse_when(f"{hour}点{past[0]}", at=at, zone=SHANGHAI).astimezone(SHANGHAI)
    assert timedelta() < found - at <= timedelta(hours=12)
    assert (found.hour % 12, found.minute) == (hour % 12, past[1])
