"""When clocks run: round the clock, now, or from the next opening on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.domain.calendar import Calendar
from store.domain.order import Clock
from store.domain.running import Running, running
from store.domain.targets import ClockKind, Target

DAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = Calendar.parse(
    {
        "zone": "Asia/Shanghai",
        "week": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in DAYS},
        "holidays": ["2026-09-22"],
    }
)
MONDAY = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
HOUR = timedelta(hours=1)


def _clock(**more: object) -> Clock:
    given = {"kind": ClockKind.RESPOND, "started_at": MONDAY, "target": Target(seconds=60)}
    return Clock(**{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "opens_at"),
    [
        (MONDAY, None),
        (MONDAY - timedelta(microseconds=1), MONDAY),
        (MONDAY + 3 * HOUR, MONDAY + 4 * HOUR),
        (MONDAY + 9 * HOUR, MONDAY + 48 * HOUR),
    ],
)
def test_they_start_at_the_next_opening(at: datetime, opens_at: datetime | None) -> None:
    """After a lunch, a night and a holiday, too; at the opening itself they run."""
    assert running([_clock()], OFFICE, at=at) == Running(always=False, opens_at=opens_at)


def test_round_the_clock_is_every_second_of_every_day() -> None:
    """A single holiday makes it working hours again."""
    always = Calendar.always()
    assert running([_clock()], always, at=MONDAY) == Running(always=True)
    some = Calendar.parse(always.spec() | {"holidays": ["2026-09-22"]})
    assert running([_clock()], some, at=MONDAY) == Running(always=False)
    assert running([_clock()], some, at=MONDAY + 24 * HOUR) == Running(
        always=False, opens_at=datetime(2026, 9, 23, tzinfo=UTC)
    )


def test_what_heeds_no_hours_is_not_said_to_wait_for_them() -> None:
    """A time that came from outside, days to the same hour, and what is over."""
    night = MONDAY + 12 * HOUR
    for clock in (
        _clock(target=None, fixed_due_at=MONDAY),
        _clock(target=Target(days=2)),
        _clock(met_at=MONDAY),
    ):
        assert running([clock], OFFICE, at=night) is None
    assert running([], OFFICE, at=night) is None


def test_where_no_work_comes_any_more_nothing_is_said_of_when() -> None:
    """A calendar of single dates ends some day."""
    ends = Calendar.parse(
        {"zone": "UTC", "week": {}, "workdays": {"2026-09-21": [["09:00", "10:00"]]}}
    )
    assert running([_clock()], ends, at=MONDAY + 48 * HOUR) == Running(always=False)
