"""What is typed of a dashboard is what it is of, and its bars fit where they are drawn."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.dashboard_cut import PERIODS, Cut, period_of
from console.grammar.asking import StoreLookup
from console.grammar.dashboards import cut_words, take_cut
from console.grammar.refusals import WrongWords
from console.grammar.tokens import scan
from console.render_plot import plot, spark

TODAY = date(2026, 9, 21)
NOBODY = StoreLookup(lambda _query: (), at=datetime(2026, 9, 21, 9, 0, tzinfo=UTC))
"""A desk whose registers are empty."""
NAMES = st.text(st.characters(codec="utf-8", exclude_characters='"\n\r'), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        (("30d",), date(2026, 8, 23), TODAY),
        (("90天",), date(2026, 6, 24), TODAY),
        (("month",), date(2026, 9, 1), TODAY),
        (("上月",), date(2026, 8, 1), date(2026, 8, 31)),
        (("year",), date(2025, 10, 1), TODAY),
        (("2026-02",), date(2026, 2, 1), date(2026, 2, 28)),
        (("2026-02-03",), date(2026, 2, 3), date(2026, 2, 3)),
        (("2026-02-03", "2026-02-05"), date(2026, 2, 3), date(2026, 2, 5)),
    ],
)
def test_a_period_is_the_days_that_it_says(typed: tuple[str, ...], first: date, last: date) -> None:
    """In either language, by a name, a month or days."""
    period = period_of(typed)
    assert period is not None
    assert Cut(period=period).days(TODAY) == (first, last)


@pytest.mark.parametrize(
    "typed",
    [("0d",), ("yesterday",), ("2026-13",), ("2026-02-30",), ("2026-02-05", "2026-02-03"),
     ("0001-01",), ("9999d9",),
     ("2026-01-01", "2026-01-02", "2026-01-03"), ("1900-01-01", "2026-01-01")],
)  # fmt: skip
def test_what_is_no_period_is_none(typed: tuple[str, ...]) -> None:
    """Neither days that do not exist nor those that run backwards, nor a hundred years."""
    assert period_of(typed) is None


@given(st.sampled_from([*PERIODS, "45d", "2026-02"]), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_the_period_before_ends_the_day_before(period: str, today: date) -> None:
    """And is as long, or as many whole months."""
    cut = Cut(period=period)
    (first, last), (was_first, was_last) = cut.days(today), cut.before(today)
    assert was_first <= was_last == first - timedelta(days=1)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        assert was_first.day == 1
    else:
        assert was_last - was_first == last - first


@given(
    st.sampled_from([*PERIODS, "45d", "2026-02", "2026-02-03 2026-02-09"]),
    st.sampled_from(["closed", "opened"]),
    st.lists(NAMES.map(str.strip).filter(bool), min_size=4, max_size=4),
    st.booleans(),
)
def test_what_it_is_of_can_be_typed(
    period: str, cohort: str, names: list[str], chinese: bool
) -> None:
    """Whatever a site or a customer is called, and in both languages."""
    site, kind, person, customer = names
    cut = Cut(period=period, cohort=cohort, site=site, kind=kind, person=person, customer=customer)
    line = "dashboard " + " ".join(cut_words(cut, chinese=chinese))
    assert take_cut(scan(line).words[1:], NOBODY) == {"cut": cut}


@pytest.mark.parametrize(
    "line", ["site:S1 站点:S2", "nonsense", "2026-02-03 2026-02-05 2026-02-07"]
)
def test_a_line_that_means_nothing_is_refused(line: str) -> None:
    """Rather than that half of it is taken."""
    with pytest.raises(WrongWords):
        take_cut(scan(line).words, NOBODY)


VALUES = st.lists(
    st.none() | st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), min_size=1, max_size=12
)


@given(VALUES, st.integers(30, 200), st.integers(1, 12))
def test_bars_fit_and_the_higher_value_has_the_higher_bar(
    values: list[float | None], cells: int, rows: int
) -> None:
    """Whatever the values are, and however narrow the screen."""
    bars = [(f"2026-{n:02}", value, f"{value}") for n, value in enumerate(values, 1)]
    lines = ["".join(text for text, _tone in line)
             for line in plot(bars, cells=cells, rows=rows, held=None)]  # fmt: skip
    assert all(cell_len(line) <= cells for line in lines)
    step = max(1, (cells - 1) // len(bars))
    dots = [
        sum("⣀⣤⣶⣿".index(line[1 + place * step]) + 1
            for line in lines[:rows] if line[1 + place * step] in "⣀⣤⣶⣿")
        for place in range(len(bars))
    ]  # fmt: skip
    heights = sorted((abs(value or 0.0), high) for value, high in zip(values, dots, strict=True))
    assert [high for _value, high in heights] == sorted(dots)
    assert cell_len(spark(values)) == len(values)


def test_a_month_without_a_figure_has_no_bar() -> None:
    """An empty set has no rate: nought would be one."""
    lines = list(plot([("2026-01", None, "–"), ("2026-02", 1.0, "1")], cells=40, rows=2, held=1))
    drawn = [text for line in lines[:2] for text, _tone in line[1:2]]
    assert not any(text.strip() for text in drawn)
    assert spark([None, 1.0]) == "·⣿"
