"""How an operator writes how long work takes, how many it needs, and for when it is agreed."""

from __future__ import annotations

import pytest

from console.actions_kinds import Kind, Question
from console.answers_read import read
from console.told_words import parse_appointment, parse_crew, parse_takes, window_of
from store.domain.errors import BadInput
from tests.store.desk import NINE, minutes


@pytest.mark.parametrize(
    ("text", "minutes"), [("90", 90), ("1h30", 90), ("20h", 1200), ("20小时", 1200), ("2d", 2880)]
)
def test_how_long_is_read_as_figures_are(text: str, minutes: int) -> None:
    """Minutes where no unit is said."""
    assert parse_takes(text) == minutes * 60


@pytest.mark.parametrize("text", ["", "x", "-1", "0", "1.5", "2 w", "9" * 30])
def test_what_is_no_span_is_refused(text: str) -> None:
    """With what would be right."""
    with pytest.raises(BadInput):
        parse_takes(text)


@pytest.mark.parametrize(
    ("text", "count"), [("2", 2), ("x3", 3), ("2人", 2), ("1", 1), ("２人", None), ("0", None)]
)
def test_people_are_counted(text: str, count: int | None) -> None:
    """From one to nine."""
    if count is None:
        with pytest.raises(BadInput):
            parse_crew(text)
    else:
        assert parse_crew(text) == count


@pytest.mark.parametrize("text", ["9-11", "10-12"])
def test_hours_without_minutes_are_no_day_of_another_month(text: str) -> None:
    """A window as it is said on the telephone was an appointment ten months ahead."""
    with pytest.raises(BadInput):
        parse_appointment(text, at=NINE, zone=NINE.tzinfo)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("14:00", 300, None),
        ("14:00-16:00", 300, 420),
        ("14:00 to 16:00", 300, 420),
        ("14:00到16:00", 300, 420),
        ("tomorrow 9:00-11:00", 1440, 1560),
        ("明天 9:00 至 11:00", 1440, 1560),
        ("23:00-01:00", 840, 960),
        ("2026-09-23 09:00", 2880, None),
    ],
)
def test_an_appointment_is_a_moment_or_a_window(text: str, begins: int, ends: int | None) -> None:
    """Its end is the next such time behind its beginning."""
    from zoneinfo import ZoneInfo

    kept = parse_appointment(text, at=NINE, zone=ZoneInfo("Asia/Shanghai"))
    assert window_of(kept) == (minutes(begins), None if ends is None else minutes(ends))
    assert window_of("") == (None, None)


@pytest.mark.parametrize("text", ["soon", "14:00-", "14:00-soon", "yesterday 9:00"])
def test_what_is_no_appointment_is_refused(text: str) -> None:
    """Also one that is over."""
    with pytest.raises(BadInput):
        read(Question(name="x", label="x", kind=Kind.WINDOW), text, at=NINE, zone=None)
