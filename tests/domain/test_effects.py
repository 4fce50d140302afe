"""What an effect is judged by: goals as they are written, and days that do not overlap."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.effects import (
    MEASURES,
    WINDOWS,
    Goal,
    checked_measure,
    days_after,
    days_before,
    over_at,
    read_goal,
)
from store.domain.errors import BadInput

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
COUNTS = st.integers(*WINDOWS)


@given(DAYS, COUNTS)
def test_as_many_days_are_observed_after_as_before(today: date, days: int) -> None:
    """Neither of them the day itself, on which half was so and half was not."""
    for first, last in (days_before(today, days), days_after(today, days)):
        assert (last - first).days + 1 == days
        assert not first <= today <= last
    assert days_before(today, days)[1] < days_after(today, days)[0]


@given(DAYS, st.sampled_from(["UTC", "Asia/Shanghai", "America/Sao_Paulo", "Pacific/Apia"]))
def test_a_day_is_over_once_the_next_has_begun_there(last: date, name: str) -> None:
    """On the wall of the zone, whatever that is elsewhere."""
    zone = ZoneInfo(name)
    over = over_at(last, zone).astimezone(UTC)
    assert over.astimezone(zone).date() > last
    assert (over - timedelta(seconds=1)).astimezone(zone).date() <= last


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans())
def test_a_goal_is_met_on_its_own_side(value: float, target: float, at_least: bool) -> None:
    """And on the line itself; nothing meets none."""
    goal = Goal(at_least=at_least, value=target)
    assert goal.is_met(value) == (value >= target if at_least else value <= target)
    assert goal.is_met(target)
    assert not goal.is_met(None)


@pytest.mark.parametrize(
    ("text", "measure", "meant"),
    [
        (">=90%", "csat", (True, 0.9)), ("＞＝ 90％", "csat", (True, 0.9)),
        ("至少 0.5", "csat", (True, 0.5)), ("≤2h", "response_mean_s", (False, 7200)),
        ("<=1.5d", "resolve_wall_mean_s", (False, 129600)), ("至多3", "bad_answers", (False, 3)),
        (">=-10", "nps", (True, -10)), ("<=90", "response_mean_s", (False, 90)),
    ],
)  # fmt: skip
def test_a_goal_is_read_as_it_is_written(
    text: str, measure: str, meant: tuple[bool, float]
) -> None:
    """In either language, with the unit of its figure."""
    goal = read_goal(text, measure)
    assert (goal.at_least, goal.value) == meant


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        *(("90%", "csat"), (">=3h", "csat"), ("<=5%", "bad_answers"), ("=3", "nps"), ("", "nps")),
        *((">=5", "orders_closed"), ("≥1", "bad_answers")),
    ],
)
def test_a_goal_of_another_unit_is_none(text: str, measure: str) -> None:
    """Nor is one without a side, or that more of what only adds up would meet."""
    with pytest.raises(BadInput):
        read_goal(text, measure)


@pytest.mark.parametrize("name", MEASURES)
def test_every_figure_is_known_by_its_name(name: str) -> None:
    """With a dash for the line between, too."""
    assert checked_measure(f" {name.upper().replace('_', '-')} ") == name
