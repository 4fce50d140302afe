"""Recurrence rules: what is read, what is refused in one sentence, and which days they name."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from itertools import islice, takewhile
from typing import TYPE_CHECKING

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from store.domain.plan_days import REACH_YEARS, days, last_day
from store.domain.plan_refusals import (
    EndsTwice,
    PartMisplaced,
    PartTwice,
    PartUnknown,
    PartWrong,
    RuleRefused,
    RuleShapeless,
    RuleTooLong,
    TooOften,
)
from store.domain.plan_rules import read_rule
from tests.domain.plan_makers import LONDON, rule_texts

if TYPE_CHECKING:
    from store.domain.plan_rules import PlanRule

START = date(2026, 1, 31)


def first_days(text: str, count: int = 3, start: date = START, first: date = START) -> list[str]:
    return [day.isoformat() for day in islice(days(read_rule(text), start, first), count)]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", RuleShapeless),
        ("tomorrow", RuleShapeless),
        ("FREQ", RuleShapeless),
        ("INTERVAL=2", RuleShapeless),
        ("FREQ=SECONDLY", TooOften),
        ("FREQ=MINUTELY;INTERVAL=5", TooOften),
        ("FREQ=HOURLY", TooOften),
        ("FREQ=NEVER", PartWrong),
        ("FREQ=DAILY;FREQ=DAILY", PartTwice),
        ("FREQ=DAILY;BYHOUR=9", PartUnknown),
        ("FREQ=DAILY;BYEASTER=0", PartUnknown),
        ("FREQ=DAILY;INTERVAL=0", PartWrong),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", PartWrong),
        ("FREQ=DAILY;COUNT=1001", PartWrong),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", EndsTwice),
        ("FREQ=DAILY;UNTIL=20270231", PartWrong),
        ("FREQ=DAILY;UNTIL=00010101", PartWrong),
        ("FREQ=WEEKLY;BYDAY=1MO", PartMisplaced),
        ("FREQ=WEEKLY;BYMONTHDAY=3", PartMisplaced),
        ("FREQ=WEEKLY;BYDAY=XX", PartWrong),
        ("FREQ=MONTHLY;BYDAY=6MO", PartWrong),
        ("FREQ=MONTHLY;BYMONTHDAY=0", PartWrong),
        ("FREQ=MONTHLY;BYYEARDAY=3", PartMisplaced),
        ("FREQ=MONTHLY;BYSETPOS=1", PartMisplaced),
        ("FREQ=DAILY;" + "X" * 500, RuleTooLong),
        ("0 months", PartWrong),
        ("FREQ=DAILY;\x1b[2J=1", PartUnknown),
    ],
)
def test_a_rule_that_is_none_is_refused_in_one_sentence(
    text: str, refusal: type[RuleRefused]
) -> None:
    """With the part that is wrong and what would be right."""
    with pytest.raises(refusal) as caught:
        read_rule(text)
    said = str(caught.value)
    assert "\n" not in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("monthly", "FREQ=MONTHLY"),
        ("Every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("3 months", "FREQ=MONTHLY;INTERVAL=3"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("每3个月", "FREQ=MONTHLY;INTERVAL=3"),
        ("每季度", "FREQ=MONTHLY;INTERVAL=3"),
        ("每两周", "FREQ=WEEKLY;INTERVAL=2"),
        ("每三个月", "FREQ=MONTHLY;INTERVAL=3"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"),
        ("每天", "FREQ=DAILY"),
        ("rrule:freq=weekly;byday=fr,mo", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=MONTHLY;BYDAY=-1FR,1MO", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=DAILY;UNTIL=20271231T160000Z", "FREQ=DAILY;UNTIL=20271231T160000Z"),
    ],
)
def test_a_rule_is_kept_in_one_form(text: str, means: str) -> None:
    """However it was typed."""
    assert read_rule(text).text == means


@given(rule_texts())
def test_what_is_written_is_read_again(text: str) -> None:
    """The form that is kept says the same."""
    rule = read_rule(text)
    assert read_rule(rule.text) == rule


@given(st.text(max_size=60) | st.text(alphabet="FREQ=;DAILYBUNTOC0123456789,-", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """In finite time, with a sentence and nothing else."""
    with suppress(RuleRefused):
        found = list(islice(days(read_rule(text), START, START), 3))
        assert found == sorted(set(found))


@given(rule_texts(), st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(0, 4000))
def test_the_days_are_those_of_dateutil(text: str, start: date, later: int) -> None:
    """From the start and from any later day: the same days, though we do not walk there."""
    first = date.fromordinal(start.toordinal() + later)
    end = date.fromordinal(first.toordinal() + 800)
    begin = datetime(start.year, start.month, start.day)  # noqa: DTZ001  a day on the wall
    theirs = rrulestr(read_rule(text).text, dtstart=begin).between(
        datetime(first.year, first.month, first.day),  # noqa: DTZ001  a day on the wall
        datetime(end.year, end.month, end.day),  # noqa: DTZ001  a day on the wall
        inc=True,
    )
    ours = takewhile(lambda day: day <= end, days(read_rule(text), start, first))
    assert list(ours) == [day.date() for day in theirs]


def test_a_start_that_the_rule_does_not_name_is_none_of_its_days() -> None:
    """The rule decides; the form shows the dates before anything is saved."""
    assert first_days("FREQ=MONTHLY;BYDAY=1MO") == ["2026-02-02", "2026-03-02", "2026-04-06"]


def test_a_rule_that_names_no_day_ends() -> None:
    """Left to itself dateutil looks for the thirtieth of February until the year 9999."""
    for text in (
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;INTERVAL=1000",
    ):
        assert first_days(text) == []
        assert turns_looked_at(read_rule(text), START) <= 12 * (REACH_YEARS + 1)


def turns_looked_at(rule: PlanRule, first: date) -> int:
    from store.domain import plan_days

    plan_days._named.cache_clear()
    list(islice(days(rule, START, first), 3))
    return plan_days._named.cache_info().misses


@pytest.mark.parametrize("text", ["daily", "2 weeks", "3 months", "yearly"])
def test_the_cost_does_not_grow_with_the_distance(text: str) -> None:
    """A plan of many years answers as soon as one of yesterday."""
    near, far = (turns_looked_at(read_rule(text), day) for day in (START, date(2800, 1, 31)))
    assert far <= near + 1


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("FREQ=DAILY;COUNT=3", "2026-02-02"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2", "2026-03-01"),
        ("FREQ=DAILY;UNTIL=20260301", "2026-03-01"),
        ("FREQ=DAILY;UNTIL=20260701T080000Z", "2026-07-01"),  # nine in London's summer
        ("FREQ=DAILY;UNTIL=20260701T075900Z", "2026-06-30"),
        ("FREQ=DAILY;UNTIL=20260301T085959", "2026-02-28"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "2026-01-30"),
    ],
)
def test_count_and_until_are_honoured(text: str, last: str) -> None:
    """Of a plan at nine on London's wall."""
    found = last_day(read_rule(text), START, LONDON, 9 * 3600)
    assert found is not None
    assert found.isoformat() == last
