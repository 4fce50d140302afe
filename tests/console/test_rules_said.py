"""A recurrence in words: whatever is shown is read again when it is typed, in both languages."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.i18n import use
from console.plan_fields import plan_foretold
from console.render_rule import rule_said
from store.domain.plan_days import settled
from store.domain.plan_refusals import RuleRefused, RuleTooLong
from store.domain.plan_rules import DAYS, Freq, read_rule
from store.domain.rule_words import time_said
from tests.domain.plan_makers import rule_texts

signed = st.integers(1, 5).flatmap(lambda n: st.sampled_from([n, -n]))


@st.composite
def any_rules(draw: st.DrawFn) -> str:
    """RRULEs with any of their parts."""
    freq = draw(st.sampled_from(Freq))
    parts = [f"FREQ={freq.value}", f"INTERVAL={draw(st.integers(1, 40))}"]
    day = st.sampled_from(DAYS)
    counted = freq in {Freq.MONTHLY, Freq.YEARLY}
    if draw(st.booleans()):
        parts.append(f"BYMONTH={_some(draw, st.integers(1, 12))}")
    if freq is not Freq.WEEKLY and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={_some(draw, st.sampled_from([1, 9, 15, 28, 31, -1, -2, -30]))}")
    if freq is Freq.YEARLY and draw(st.booleans()):
        parts.append(f"BYYEARDAY={_some(draw, st.sampled_from([1, 100, 366, -1, -300]))}")
    weeks = freq is Freq.YEARLY and draw(st.booleans())
    if weeks:
        parts.append(f"BYWEEKNO={_some(draw, st.sampled_from([1, 20, 53, -1, -7]))}")
    if draw(st.booleans()):
        places = st.builds(lambda place, one: f"{place}{one}", signed, day)
        parts.append(f"BYDAY={_some(draw, day | places if counted and not weeks else day)}")
    if counted and len(parts) > 2 and draw(st.booleans()):
        parts.append(f"BYSETPOS={_some(draw, signed | st.integers(6, 30))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(day)}")
    end = draw(st.sampled_from(["", "COUNT=1", "COUNT=12", "UNTIL=20280229"]))
    return ";".join([*parts, *filter(None, [end])])


def _some(draw: st.DrawFn, values: st.SearchStrategy[object]) -> str:
    return ",".join(map(str, draw(st.lists(values, min_size=1, max_size=3, unique=True))))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@given(
    text=rule_texts() | any_rules(),
    start=st.dates(date(2025, 1, 1), date(2030, 12, 31)),
    of_day=st.integers(0, 1439).map(lambda minute: minute * 60),
)
def test_whatever_is_shown_is_read_again(
    language: str, text: str, start: date, of_day: int
) -> None:
    """With the same days, the same end and the same time of day."""
    rule = read_rule(text)
    use(language)
    try:
        said = rule_said(text, start, of_day)
        loose = rule_said(text, start, of_day, from_completion=True)
    finally:
        use("en")
    meant = rule if rule.freq is Freq.DAILY else settled(rule, start)
    if not (meant.freq is Freq.WEEKLY and meant.interval > 1) and not meant.weeks:
        meant = replace(meant, week_start=0)  # it says nothing then
    assert read_rule(said) == meant, said
    assert read_rule(loose).freq is rule.freq
    assert time_said(said) == f"{of_day // 3600:02}:{of_day % 3600 // 60:02}"
    assert read_rule(said.upper()) == read_rule(said)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("monthly on day 31", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("the first Monday of every month", "FREQ=MONTHLY;BYDAY=1MO"),
        ("every 2nd month", "FREQ=MONTHLY;INTERVAL=2"),
        ("every Monday and Thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("weekly on Mon, Wed", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("every other week on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("quarterly on the last day", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("yearly on 29 February", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        ("every month on the 1st and the 15th, 6 times", "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6"),
        ("每月31日", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("每月３１号", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("每月三十一日", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("每月最后一天", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每月底", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每季度最后一天", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("每月15号和30号", "FREQ=MONTHLY;BYMONTHDAY=15,30"),
        ("每月第一个周一", "FREQ=MONTHLY;BYDAY=1MO"),
        ("每月最后一个星期五", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("每周一、三、五", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("每星期日", "FREQ=WEEKLY;BYDAY=SU"),
        ("隔周周三", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        ("每个工作日", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("每年2月29日，共 5 次", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=5"),
    ],
)
def test_what_people_say_is_read(typed: str, meant: str) -> None:
    """Beside what is shown."""
    assert read_rule(typed).text == read_rule(meant).text


WORDS = (
    "every each 每 月 周 日 31 2 on the last day first Monday 最后一天 第 个 , 、 of month until"
    " times 2027-01-01 09:00 一 三 in week \x1b[2J -1 0 99"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=9).map(" ".join) | st.text(max_size=60))
def test_other_words_are_refused_as_a_rule(typed: str) -> None:
    """In one sentence, whatever was typed."""
    with suppress(RuleRefused):
        assert read_rule(typed).text


@pytest.mark.parametrize(
    "text", ["每" + "一" * 6000 + "天", "," * 20_000], ids=["digits", "commas"]
)
def test_what_is_far_too_long_is_no_rule_and_costs_no_time(text: str) -> None:
    """The form reads it at each key, also where something else was pasted into its line."""
    assert plan_foretold({"rule": text}).rule == text
    with pytest.raises(RuleTooLong):
        read_rule(text)
