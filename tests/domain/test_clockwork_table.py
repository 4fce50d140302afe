"""Promises and their ledgers worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from store.domain.calendar import Calendar
from store.domain.clockwork import PauseReversed, TargetUnclear, due, elapsed, remaining
from store.domain.ledger import Entry, EntryKind, ledger
from store.domain.targets import Target

if TYPE_CHECKING:
    from store.domain.clockwork import Goal, Pause

HOURS = [["08:30", "12:00"], ["13:00", "18:00"]]
DESK = Calendar.parse(
    {"zone": "UTC", "week": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)}
)
"""Eight and a half hours a day; Monday is 12 October 2026."""


def at(text: str) -> datetime:
    """A time of October 2026, as `12 09:00`."""
    return datetime.fromisoformat(f"2026-10-{text}").replace(tzinfo=UTC)


def hours(number: float) -> Target:
    """A target in working hours."""
    return Target(seconds=int(number * 3600))


START = at("12 09:00")

DUE: list[tuple[str, Goal, list[tuple[str, str | None]], str | None]] = [
    # Monday 9 to 12 and 13 to 18 are eight hours: exactly at closing.
    ("unpaused", hours(8), [], "12 18:00"),
    # An hour lost in the morning is an hour of Tuesday.
    ("paused at ten", hours(8), [("12 10:00", "12 11:00")], "13 09:30"),
    # From 11:30 to 14:00 only an hour and a half is working time.
    ("paused over lunch", hours(8), [("12 11:30", "12 14:00")], "13 10:00"),
    # A pause outside working hours moves nothing.
    ("paused at lunch", hours(8), [("12 12:00", "12 13:00")], "12 18:00"),
    # Two overlapping ones are one, from ten to noon.
    ("paused twice at once", hours(8), [("12 11:00", "12 12:00"), ("12 10:00", "12 11:30")],
     "13 10:30"),
    # It began on Saturday; only from the start on does it count: half an hour.
    ("paused before the start", hours(8), [("10 10:00", "12 09:30")], "13 09:00"),
    # It is over before the start.
    ("paused in vain", hours(8), [("10 10:00", "12 09:00")], "12 18:00"),
    # The target is spent at eleven; what comes later cannot move it, what comes at eleven neither.
    ("paused when due", hours(2), [("12 11:00", "12 12:00")], "12 11:00"),
    # One second earlier it does: the last second is worked when the pause ends, up to noon.
    ("paused just before", hours(2), [("12 10:59:59", "12 11:59:59")], "12 12:00"),
    # The first pause moves the due time past the beginning of the second.
    ("paused into a pause", hours(2), [("12 10:00", "12 11:00"), ("12 11:30", "12 12:00")],
     "12 13:30"),
    ("still paused", hours(8), [("12 10:00", None)], None),
    ("paused for good, but spent", hours(1), [("12 10:00", None)], "12 10:00"),
    ("nothing to do", hours(0), [("12 09:00", None)], "12 09:00"),
    # Two working days later at nine; then the hour from ten to eleven as working time.
    ("two days", Target(days=2), [], "14 09:00"),
    ("two days and a pause", Target(days=2), [("12 10:00", "12 11:00")], "14 10:00"),
    # A whole day's pause is eight and a half hours: from the 14th 09:00 to the 15th 09:00.
    ("two days, one lost", Target(days=2), [("13 00:00", "14 00:00")], "15 09:00"),
    # The second pause begins only after the first has moved the due time past it.
    ("days moved into a pause", Target(days=1), [("12 10:00", "12 12:00"),
     ("13 10:00", "13 10:30")], "13 11:30"),
    ("days, still paused", Target(days=1), [("12 10:00", None)], None),
]  # fmt: skip


def pauses_of(rows: list[tuple[str, str | None]]) -> list[Pause]:
    """Pauses written as times of October."""
    return [(at(begins), at(ends) if ends else None) for begins, ends in rows]


@pytest.mark.parametrize(("goal", "rows", "expected"), [
    pytest.param(*row, id=name) for name, *row in DUE
])  # fmt: skip
def test_a_promise_is_due_when_the_hand_says_so(
    goal: Goal, rows: list[tuple[str, str | None]], expected: str | None
) -> None:
    """None while a pause holds it."""
    assert due(DESK, START, goal, pauses_of(rows)) == (expected and at(expected))


def test_a_clock_tells_what_ran_and_what_is_left() -> None:
    """At 14:30 with an hour's pause: nine to ten, eleven to twelve, half past one to two."""
    pauses = pauses_of([("12 10:00", "12 11:00"), ("12 13:00", "12 13:30")])
    assert elapsed(DESK, START, at("12 14:30"), pauses) == timedelta(hours=3)
    assert remaining(DESK, START, hours(8), at("12 14:30"), pauses) == timedelta(hours=5)
    assert remaining(DESK, START, hours(2), at("12 14:30"), pauses) == -timedelta(hours=1)


def test_a_clock_has_not_run_before_its_start() -> None:
    """An order planned for later has all its time."""
    assert elapsed(DESK, START, at("09 09:00")) == timedelta()
    assert remaining(DESK, START, hours(8), at("09 09:00")) == timedelta(hours=8)


def test_a_pause_freezes_what_is_left() -> None:
    """However long one looks at it; late stays as late as it was."""
    held = pauses_of([("12 10:00", None)])
    for until in ("12 10:00", "12 17:00", "30 10:00"):
        assert remaining(DESK, START, hours(8), at(until), held) == timedelta(hours=7)
        assert remaining(DESK, START, hours(0.5), at(until), held) == -timedelta(hours=0.5)
        assert elapsed(DESK, START, at(until), held) == timedelta(hours=1)


def test_days_are_left_as_working_time() -> None:
    """From Monday noon to Wednesday nine: five hours, eight and a half, half an hour."""
    left = remaining(DESK, START, Target(days=2), at("12 12:00"))
    assert left == timedelta(hours=14)
    held = pauses_of([("12 12:00", None)])
    assert remaining(DESK, START, Target(days=2), at("20 12:00"), held) == left


@pytest.mark.parametrize("target", [Target(), Target(seconds=1, days=1), Target(seconds=-1),
                                    Target(days=-1)])  # fmt: skip
def test_a_target_is_one_thing(target: Target) -> None:
    """Seconds or days, and not negative."""
    with pytest.raises(TargetUnclear):
        due(DESK, START, target)


def test_a_pause_does_not_end_before_it_begins() -> None:
    """That would shorten a promise."""
    with pytest.raises(PauseReversed, match="2026-10-12T11:00:00"):
        due(DESK, START, hours(1), pauses_of([("12 11:00", "12 10:00")]))


def lines(entries: tuple[Entry, ...]) -> list[tuple[str, str, str | None, float, float]]:
    """A ledger as a hand would write it: kind, from, to, hours, total."""
    return [
        (
            entry.kind.value,
            f"{entry.from_at:%d %H:%M}",
            f"{entry.to_at:%d %H:%M}" if entry.to_at else None,
            entry.seconds / 3600,
            entry.running_total / 3600,
        )
        for entry in entries
    ]


def test_the_ledger_tells_how_the_deadline_was_made() -> None:
    """A pause over lunch takes an hour and a half out of Monday."""
    told = ledger(DESK, START, hours(8), None, pauses_of([("12 11:30", "12 14:00")]))
    assert lines(told) == [
        ("start", "12 09:00", "12 09:00", 0, 0),
        ("work", "12 09:00", "12 11:30", 2.5, 2.5),
        ("pause", "12 11:30", "12 14:00", 1.5, 2.5),
        ("work", "12 14:00", "12 18:00", 4, 6.5),
        ("work", "13 08:30", "13 10:00", 1.5, 8),
        ("spent", "13 10:00", "13 10:00", 8, 8),
        ("due", "13 10:00", "13 10:00", 0, 8),
    ]


def test_the_ledger_of_a_paused_clock_tells_what_is_left() -> None:
    """There is no due time to tell."""
    told = ledger(DESK, START, hours(8), None, pauses_of([("12 10:00", None)]))
    assert lines(told) == [
        ("start", "12 09:00", "12 09:00", 0, 0),
        ("work", "12 09:00", "12 10:00", 1, 1),
        ("pause", "12 10:00", None, 0, 1),
        ("left", "12 10:00", "12 10:00", 7, 1),
    ]


def test_the_ledger_of_days_names_them() -> None:
    """The days are what was promised, the hours what they came to."""
    told = ledger(DESK, START, Target(days=1))
    assert lines(told)[-2:] == [
        ("spent", "13 09:00", "13 09:00", 8.5, 8.5),
        ("due", "13 09:00", "13 09:00", 0, 8.5),
    ]
    assert told[-2].days == 1


def test_the_ledger_says_from_where_on_holidays_are_unknown() -> None:
    """In its place, and without a share in the sum; a deadline before that says nothing."""
    told = ledger(DESK, START, hours(10), None, (), known_before=at("13 00:00"))
    assert lines(told)[2:5] == [
        ("work", "12 13:00", "12 18:00", 5, 8),
        ("unknown", "13 00:00", "13 10:30", 0, 8),
        ("work", "13 08:30", "13 10:30", 2, 10),
    ]
    late = ledger(DESK, START, hours(1), None, (), known_before=at("01 00:00"))
    assert [line[:2] for line in lines(late)][:2] == [
        ("start", "12 09:00"),
        ("unknown", "12 09:00"),
    ]
    due_at = at("13 10:30")
    assert ledger(DESK, START, hours(10), None, (), known_before=due_at) == ledger(
        DESK, START, hours(10)
    )


def test_the_ledger_without_a_target_tells_what_ran() -> None:
    """As asked: until then."""
    held = pauses_of([("12 10:00", "12 11:00"), ("12 14:00", None)])
    assert lines(ledger(DESK, START, None, at("12 17:00"), held)) == [
        ("start", "12 09:00", "12 09:00", 0, 0),
        ("work", "12 09:00", "12 10:00", 1, 1),
        ("pause", "12 10:00", "12 11:00", 1, 1),
        ("work", "12 11:00", "12 12:00", 1, 2),
        ("work", "12 13:00", "12 14:00", 1, 3),
        ("pause", "12 14:00", None, 3, 3),
        ("until", "12 17:00", "12 17:00", 0, 3),
    ]


def test_a_long_ledger_shows_both_ends_and_sums_the_middle() -> None:
    """A hundred days have two hundred stretches; a person reads fifty of them."""
    pauses = pauses_of([("14 09:00", "14 10:00"), ("12 10:00", "12 11:00")])
    pauses += [(at("20 09:00") + timedelta(days=7 * n), at("20 10:00") + timedelta(days=7 * n))
               for n in range(10)]  # fmt: skip
    told = ledger(DESK, START, hours(850), None, pauses)
    more = {entry.kind: entry for entry in told if entry.kind.value.startswith("more")}
    work = [entry for entry in told if entry.kind is EntryKind.WORK]
    assert len(told) == 24 + 2 + 24 + 3
    assert sum(entry.seconds for entry in work) + more[EntryKind.MORE_WORK].seconds == 850 * 3600
    shown = sum(1 for entry in told if entry.kind is EntryKind.PAUSE)
    assert shown + more[EntryKind.MORE_PAUSES].stretches == 12
    assert more[EntryKind.MORE_PAUSES].seconds == (12 - shown) * 3600
    assert told[-1].from_at == due(DESK, START, hours(850), pauses)


def test_a_day_and_night_ledger_does_not_break_at_midnight() -> None:
    """Twelve hours round the clock are one stretch."""
    told = ledger(Calendar.always(), at("12 20:00"), hours(12))
    assert lines(told)[1] == ("work", "12 20:00", "13 08:00", 12, 12)
