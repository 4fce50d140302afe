"""An appointment is said by the customer's clock: what is typed, and what is shown of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.grammar.parse import parse
from console.grammar.printer import printed
from console.grammar.refusals import WrongWords
from console.grammar.understand import understand
from console.i18n import tell
from console.render_told import appointment_said, window_meant
from console.told_words import TurnedRound, parse_appointment, window_of
from tests.console.fake_desk import FakeDesk

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 9, 21, 4, tzinfo=UTC)
"""Noon in Shanghai, six in the morning in Berlin."""


def read(text: str, zone: ZoneInfo = SHANGHAI, at: datetime = NOON) -> tuple[str, str]:
    """A window on the wall there."""
    ends = window_of(parse_appointment(text, at=at, zone=zone))
    first, last = (f"{end.astimezone(zone):%m-%d %H:%M}" if end else "" for end in ends)
    return first, last


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("tomorrow 9:00-tomorrow 11:00", "09-22 09:00", "09-22 11:00"),
        ("tomorrow 9:00-11:00", "09-22 09:00", "09-22 11:00"),
        ("22:00-tomorrow 10:30", "09-21 22:00", "09-22 10:30"),
        ("2026-09-25 22:00-2:00", "09-25 22:00", "09-26 02:00"),
        ("明天9:00到明天11:00", "09-22 09:00", "09-22 11:00"),
        ("14:00-+2h", "09-21 14:00", "09-21 16:00"),
    ],
)
def test_an_end_is_of_the_day_that_it_names(text: str, begins: str, ends: str) -> None:
    """Counted from today, not from the beginning; what names none may be past midnight."""
    assert read(text) == (begins, ends)


@pytest.mark.parametrize(
    "text", ["14:00-13:00", "14:00到13:00", "tomorrow 14:00-today 15:00", "14:00-14:00"]
)
def test_a_window_turned_round_is_refused(text: str) -> None:
    """It was tomorrow's, silently."""
    with pytest.raises(TurnedRound):
        parse_appointment(text, at=NOON, zone=SHANGHAI)
    said, begins = window_meant(text, SHANGHAI, at=NOON)
    assert begins is None
    assert "ends before it begins" in said
    with pytest.raises(WrongWords) as wrong:
        parse(f"n pump /at {text}", FakeDesk(at=NOON, zone=SHANGHAI))
    assert "ends before it begins" in tell(wrong.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("14:00", "09-21 14:00 Asia/Shanghai"),
        ("9:00", "tomorrow 09-22 09:00 Asia/Shanghai"),
        ("tomorrow 9:00-11:00", "tomorrow 09-22 09:00-11:00 Asia/Shanghai"),
        ("2026-09-30 9:00", "09-30 09:00 Asia/Shanghai"),
        ("23:00-01:00", "09-21 23:00-tomorrow 09-22 01:00 Asia/Shanghai"),
        ("today 9:00", "“today 9:00” has passed"),
        ("14:", ""),
        ("", ""),
    ],
)
def test_what_is_understood_is_shown_with_its_day_and_zone(text: str, said: str) -> None:
    """Before Enter takes it, also what is over."""
    assert window_meant(text, SHANGHAI, at=NOON)[0].startswith(said)
    assert bool(window_meant(text, SHANGHAI, at=NOON)[0]) == bool(said)


def test_the_customers_clock_counts() -> None:
    """Two in the afternoon is that of Berlin, whatever the hour is at the desk."""
    there = "Europe/Berlin"
    said, begins = window_meant("14:00-16:00", SHANGHAI, at=NOON, there=there)
    assert begins == datetime(2026, 9, 21, 12, tzinfo=UTC)
    assert said == "09-21 14:00-16:00 Europe/Berlin (20:00-22:00 here)"
    ends = begins + timedelta(hours=2)
    told = appointment_said(begins, ends, SHANGHAI, at=NOON, there=there)
    assert told == "14:00-16:00 Europe/Berlin (20:00-22:00 here)"
    assert appointment_said(begins, ends, SHANGHAI, at=NOON) == "20:00-22:00"
    same = appointment_said(begins, ends, SHANGHAI, at=NOON, there="Asia/Taipei")
    assert same == "20:00-22:00"  # another name of the same hours
    assert appointment_said(begins, ends, SHANGHAI, at=NOON, there="No/Where") == "20:00-22:00"


@pytest.mark.parametrize(
    ("at", "text", "begins", "hours"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "tomorrow 9:00-11:00", 7, 2),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "tomorrow 1:30-3:30", 0.5, 1),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "tomorrow 2:30", 1.5, 0),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "tomorrow 9:00-11:00", 8, 2),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "tomorrow 1:30-3:30", -0.5, 3),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "tomorrow 2:30", 0.5, 0),
    ],
)
def test_summer_time_begins_and_ends_there(
    at: datetime, text: str, begins: float, hours: float
) -> None:
    """By the wall there; an hour that is skipped is the next one, one that comes twice the first.

    The hours are those of the day of the change, in UTC.
    """
    first, last = window_of(parse_appointment(text, at=at, zone=BERLIN))
    day = at.replace(hour=0) + timedelta(days=1)
    assert first == day + timedelta(hours=begins)
    assert (last or first) - first == timedelta(hours=hours)


def test_a_night_window_is_as_long_as_the_clock_shows() -> None:
    """Twelve hours by the wall are no turned window in the night that has an hour more, or less."""
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    for text in ("19:30-7:30", "20:00-8:00"):
        first, last = text.split("-")
        shown = f"10-24 {first}", f"10-25 0{last}"
        assert read(text, BERLIN, autumn) == shown
    for at in (autumn, datetime(2026, 3, 28, 12, tzinfo=UTC)):
        with pytest.raises(TurnedRound) as bad:
            parse_appointment("19:30-7:31", at=at, zone=BERLIN)
        assert "ends before it begins" in tell(bad.value)


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("tomorrow 2:30-3:30", "tomorrow 2:30", "03:30"),
        ("tomorrow 2:40-3:10", "tomorrow 2:40", "03:40"),
        ("明天2:40-3:10", "明天2:40", "03:40"),
    ],
)
def test_a_time_that_the_clock_skips_is_said(text: str, typed: str, shown: str) -> None:
    """It is the hour behind; not its end came too early."""
    at = datetime(2026, 3, 28, 12, tzinfo=UTC)
    said, begins = window_meant(text, BERLIN, at=at)
    assert begins is None
    assert said == (
        f"the clock skips “{typed}”: it shows 03-29 {shown} then; write times that it shows"
    )


def test_a_typed_line_is_read_by_the_clock_of_its_site() -> None:
    """Wherever the site stands in it, or that of its asset; else by the desk's."""
    desk = FakeDesk(at=NOON, zone=SHANGHAI, zones={"HQ": "Europe/Berlin", "L1": "Europe/Berlin"})
    for line in ("n pump /at 14:00 @HQ", "n pump @HQ /at 14:00", "n pump /asset L1 /at 14:00"):
        found = understand(line, desk)
        [begins, _ends] = window_of(found.parsed.told["appointment"])
        assert begins == datetime(2026, 9, 21, 12, tzinfo=UTC)
        assert "09-21 14:00 Europe/Berlin (20:00 here)" in found.said
        again = parse(printed(found.parsed, zone=desk.zone), desk)
        assert again.told["appointment"] == found.parsed.told["appointment"]
    found = understand("n pump /at 14:00", desk)
    assert "09-21 14:00 Asia/Shanghai" in found.said


def test_orders_of_one_zone_are_told_by_its_clock() -> None:
    """Those of several are refused: each customer would hear of another hour."""
    desk = FakeDesk(at=NOON, zone=SHANGHAI, zones={"12": "Europe/Berlin", "13": "Europe/Berlin"})
    found = understand("appointment 12,13 14:00", desk)
    assert window_of(found.parsed.told["appointment"])[0] == datetime(2026, 9, 21, 12, tzinfo=UTC)
    assert understand("appointment 12,14", desk).parsed.told["appointment"] == ""
    with pytest.raises(WrongWords) as wrong:
        parse("appointment 12,14 14:00", desk)
    assert "several time zones" in tell(wrong.value)


def test_what_has_passed_says_so_in_a_typed_line() -> None:
    """Not only what would be right."""
    with pytest.raises(WrongWords) as wrong:
        parse("n pump /at today 9:00", FakeDesk(at=NOON, zone=SHANGHAI))
    assert "has passed" in tell(wrong.value)
