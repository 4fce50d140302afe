"""How early the desk hears that a calendar's holidays run out: laws of the ladder."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.horizon import AHEAD, NEAR, RUNGS, next_due, rung, worst_due, year_after

ends = st.timedeltas(timedelta(), timedelta(days=36_000)).map(
    lambda since: datetime(2000, 1, 1, tzinfo=UTC) + since
)
spans = st.timedeltas(timedelta(days=-200), timedelta(days=200))


def level(ends_at: datetime, at: datetime) -> int:
    """The level due by then; 0 where none is."""
    due = worst_due(ends_at, at=at)
    return due.level if due else 0


def test_the_ladder_gets_worse() -> None:
    """Two months before, two weeks before, and when it is over: each in its turn, none milder."""
    assert [(held.level, held.ahead) for held in RUNGS] == [
        (1, AHEAD), (2, NEAR), (3, timedelta()),
    ]  # fmt: skip
    assert [rung(held.level) for held in RUNGS] == list(RUNGS)
    severities = [held.severity for held in RUNGS]
    assert severities == sorted(severities, reverse=True)
    assert set(severities) <= {1, 2}, "each rings the bell"


@given(ends, spans, spans)
def test_time_and_an_earlier_end_never_make_it_better(
    ends_at: datetime, one: timedelta, other: timedelta
) -> None:
    """What is worse stays so until the calendar is extended."""
    earlier, later = sorted((ends_at + one, ends_at + other))
    assert level(ends_at, earlier) <= level(ends_at, later)
    sooner, further = sorted((ends_at, ends_at + abs(one)))
    assert level(further, later) <= level(sooner, later)


@given(ends, spans)
def test_the_next_rung_is_the_first_that_changes_anything(
    ends_at: datetime, span: timedelta
) -> None:
    """Until then the level stands, from then on it is a worse one."""
    at = ends_at + span
    now = level(ends_at, at)
    due = next_due(ends_at, level=now)
    assert (due is None) == (now == len(RUNGS))
    if due is not None:
        assert due > at
        assert level(ends_at, due - timedelta(microseconds=1)) == now
        assert level(ends_at, due) == now + 1


@given(ends, st.lists(spans, min_size=1, max_size=12))
def test_whenever_one_looks_each_level_rings_at_most_once(
    ends_at: datetime, looks: list[timedelta]
) -> None:
    """And the last look finds the desk at the level of its time, whatever it slept through."""
    rang: list[int] = []
    for at in sorted(ends_at + look for look in looks):
        due = next_due(ends_at, level=rang[-1] if rang else 0)
        if due is not None and due <= at:
            rang.append(level(ends_at, at))
    assert rang == sorted(set(rang))
    assert (rang[-1] if rang else 0) == level(ends_at, ends_at + max(looks))


@given(st.dates(date(1950, 1, 1), date(2900, 12, 31)), st.sampled_from(["Asia/Shanghai", "UTC"]))
def test_the_wanted_year_begins_where_the_known_one_ends(day: date, zone: str) -> None:
    """The day after the horizon is the first of which nothing is known, by the wall there."""
    week = {"mon": [["09:00", "18:00"]]}
    calendar = Calendar.parse({"zone": zone, "week": week, "known_until": day.isoformat()})
    edge = calendar.known_before()
    assert edge is not None
    assert edge.astimezone(calendar.zone).date() == day + timedelta(days=1)
    assert (edge - timedelta(seconds=1)).astimezone(calendar.zone).date() == day
    assert year_after(day) == edge.astimezone(calendar.zone).year
