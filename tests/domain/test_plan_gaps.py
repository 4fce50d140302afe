"""Months in which a plan does not come since they have no such day."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.plan_days import days
from store.domain.plan_gaps import gaps, has_fifths
from store.domain.plan_rules import read_rule

YEARS = 60


@given(
    start=st.dates(date(2025, 1, 1), date(2032, 12, 31)),
    every=st.integers(1, 14),
    day=st.sampled_from([1, 15, 28, 29, 30, 31, -1, -28, -29, -30, -31]),
    months=st.none() | st.sets(st.integers(1, 12), min_size=1, max_size=4),
)
def test_a_gap_is_a_month_in_which_the_rule_never_comes(
    start: date, every: int, day: int, months: set[int] | None
) -> None:
    """Of those that it looks at; February counts by its leap years."""
    named = f";BYMONTH={','.join(map(str, sorted(months)))}" if months else ""
    rule = read_rule(f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={day}{named}")
    looked = read_rule(f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY=1,-1{named}")
    begin, end = date(start.year, start.month, 1), start + timedelta(days=366 * YEARS)
    turns = {one.month for one in takewhile(lambda one: one < end, days(looked, begin, begin))}
    came = list(takewhile(lambda one: one < end, days(rule, begin, begin)))
    never = turns - {one.month for one in came}
    found = gaps(rule, start)
    assert len(found) <= 1
    for gap in found:
        assert gap.day == day
        if gap.leap:
            assert all(isleap(one.year) for one in came if one.month == 2)
            never -= {2}
        else:
            assert set(gap.months) == never
    assert bool(never) <= bool(found)


@pytest.mark.parametrize(
    ("rule", "months"),
    [("monthly", (2, 4, 6, 9, 11)), ("quarterly", (4,)), ("weekly", None), ("daily", None),
     ("monthly on the last day", None), ("FREQ=MONTHLY;BYMONTHDAY=28", None)],
)  # fmt: skip
def test_a_day_that_follows_from_the_start_may_be_missing_too(
    rule: str, months: tuple[int, ...] | None
) -> None:
    """Begun on the last of January."""
    found = gaps(read_rule(rule), date(2026, 1, 31))
    assert [gap.months for gap in found] == ([months] if months else [])


def test_a_fifth_weekday_is_told() -> None:
    """Of months; a year has a fifth of each."""
    assert has_fifths(read_rule("FREQ=MONTHLY;BYDAY=5MO"))
    assert has_fifths(read_rule("FREQ=YEARLY;BYMONTH=3;BYDAY=-5FR"))
    assert not has_fifths(read_rule("FREQ=YEARLY;BYDAY=5MO"))
    assert not has_fifths(read_rule("FREQ=MONTHLY;BYDAY=-1FR"))
