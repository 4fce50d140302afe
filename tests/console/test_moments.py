"""Past moments as operators type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.moments import read_moment
from store.domain.errors import BadInput

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 9, 21, 1, 30, 30, tzinfo=UTC)
"""09:30:30 on a Monday in Shanghai."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:15", "2026-09-21 09:15:00"),
        ("9:15:20", "2026-09-21 09:15:20"),
        ("09：30", "2026-09-21 09:30:00"),
        ("15:00", "2026-09-20 15:00:00"),
        ("8点", "2026-09-21 08:00:00"),
        ("24:00", "2026-09-21 00:00:00"),
        ("yesterday 17:00", "2026-09-20 17:00:00"),
        ("昨天17:00", "2026-09-20 17:00:00"),
        ("前天", "2026-09-19 00:00:00"),
        ("-2h", "2026-09-21 07:30:30"),
        ("45m", "2026-09-21 08:45:30"),
        ("now", "2026-09-21 09:30:30"),
        ("9-20", "2026-09-20 00:00:00"),
        ("12-24 08:00", "2025-12-24 08:00:00"),
        ("2026-09-18", "2026-09-18 00:00:00"),
        ("2026-09-18 09:15", "2026-09-18 09:15:00"),
        ("2026-09-18T09:15", "2026-09-18 09:15:00"),
        ("2026-09-18T09:15:30+00:00", "2026-09-18 17:15:30"),
    ],
)
def test_a_moment_is_the_last_one_that_fits(text: str, expected: str) -> None:
    """On the wall clock of the desk, unless the words bring their own zone."""
    found = read_moment(text, at=AT, zone=SHANGHAI)
    assert f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" == expected


@pytest.mark.parametrize("text", ["+2h", "tomorrow", "今天 23:00", "2026-09-21T09:31", "明天 8:00"])
def test_a_moment_to_come_is_refused(text: str) -> None:
    """The past is all that there is to see."""
    with pytest.raises(BadInput, match="still to come"):
        read_moment(text, at=AT, zone=SHANGHAI)


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "24:01", "9:61", "2026-02-30", "2026-09-18T25:00"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """With what would be right."""
    with pytest.raises(BadInput, match="yesterday 17:00"):
        read_moment(text, at=AT, zone=SHANGHAI)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_past_moment_or_refused(text: str) -> None:
    """Nothing else comes of it."""
    try:
        found = read_moment(text, at=AT, zone=SHANGHAI)
    except BadInput:
        return
    assert found <= AT


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3000)))
def test_a_printed_moment_reads_as_itself(ago: timedelta) -> None:
    """So that a line of the history goes to the same moment."""
    moment = AT - ago
    assert read_moment(moment.astimezone(SHANGHAI).isoformat(), at=AT, zone=SHANGHAI) == moment
