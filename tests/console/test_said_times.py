"""Times as they are said, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.moments import read_moment
from console.whens import parse_when
from store.domain.errors import BadInput
from store.domain.numerals import DIGITS
from store.domain.said_times import in_digits, is_said, said

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 9, 21, 1, 30, tzinfo=UTC)
"""09:30 on a Monday in Shanghai."""
HOURS, MINUTES = st.integers(0, 23), st.integers(0, 59)
DAYS = {
    "": "",
    "今天": "today ",
    "明天": "tomorrow ",
    "后天": "后天 ",
    "周五": "fri ",
    "下周三": "next wed ",
}


def numeral(value: int) -> str:
    """A number up to 99 as it is said."""
    tens, ones = divmod(value, 10)
    if not tens:
        return DIGITS[ones]
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("明天9点半", "2026-09-22 09:30"),
        ("下午3点", "2026-09-21 15:00"),
        ("下午 3:20", "2026-09-21 15:20"),
        ("半小时后", "2026-09-21 10:00"),
        ("过一个半小时", "2026-09-21 11:00"),
        ("两个小时以后", "2026-09-21 11:30"),
        ("1小时20分钟后", "2026-09-21 10:50"),
        ("一刻钟后", "2026-09-21 09:45"),
        ("三天后", "2026-09-24 09:30"),
        ("两点", "2026-09-21 14:00"),
        ("凌晨两点", "2026-09-22 02:00"),
        ("十四点", "2026-09-21 14:00"),
        ("9点", "2026-09-21 21:00"),
        ("十点", "2026-09-21 10:00"),
        ("明天两点", "2026-09-22 02:00"),
        ("周五上午10点", "2026-09-25 10:00"),
        ("星期日 10:00", "2026-09-27 10:00"),
        ("周一上午9点", "2026-09-28 09:00"),
        ("周一上午10点", "2026-09-21 10:00"),
        ("下周一下午两点", "2026-09-28 14:00"),
        ("后天", "2026-09-23 09:00"),
        ("大后天中午", "2026-09-24 12:00"),
        ("三点一刻", "2026-09-21 15:15"),
        ("今晚八点", "2026-09-21 20:00"),
        ("明早8点", "2026-09-22 08:00"),
        ("明早", "2026-09-22 09:00"),
        ("明天早上", "2026-09-22 09:00"),
        ("明天下午", "2026-09-22 14:00"),
        ("凌晨12点", "2026-09-22 00:00"),
        ("十二点零五分", "2026-09-21 12:05"),
        ("下午三点前", "2026-09-21 15:00"),
        ("27号上午十点", "2026-09-27 10:00"),
        ("3号", "2026-10-03 09:00"),
        ("10月1日8点15", "2026-10-01 08:15"),
        ("2027年3月2号 08:15", "2027-03-02 08:15"),
        ("１５点３０", "2026-09-21 15:30"),
        ("今晚", "2026-09-21 19:00"),
        ("中午", "2026-09-21 12:00"),
        ("晚上12点", "2026-09-22 00:00"),
        ("今晚12点", "2026-09-22 00:00"),
        ("明晚12点", "2026-09-23 00:00"),
        ("24点", "2026-09-22 00:00"),
        ("24:00", "2026-09-22 00:00"),
        ("明天24:00", "2026-09-23 00:00"),
        ("今天3点", "2026-09-21 15:00"),
        ("今天11点", "2026-09-21 11:00"),
        ("周五", "2026-09-25 09:00"),
        ("下周一", "2026-09-28 09:00"),
        ("1号", "2026-10-01 09:00"),
        ("fri 10:00", "2026-09-25 10:00"),
        ("Friday", "2026-09-25 09:00"),
        ("tonight", "2026-09-21 19:00"),
        ("tonight at 8", "2026-09-21 20:00"),
        ("noon", "2026-09-21 12:00"),
        ("midnight", "2026-09-22 00:00"),
        ("tomorrow noon", "2026-09-22 12:00"),
        ("tomorrow morning", "2026-09-22 09:00"),
        ("this afternoon", "2026-09-21 14:00"),
        ("friday evening", "2026-09-25 19:00"),
        ("the day after tomorrow 8:30", "2026-09-23 08:30"),
        ("12th", "2026-10-12 09:00"),
        ("the 22nd 14:30", "2026-09-22 14:30"),
        ("3pm", "2026-09-21 15:00"),
        ("tomorrow 3:30 pm", "2026-09-22 15:30"),
        ("12 am", "2026-09-22 00:00"),
        ("3 o'clock", "2026-09-21 15:00"),
        ("in 2 hours", "2026-09-21 11:30"),
        ("half an hour", "2026-09-21 10:00"),
        ("in a week", "2026-09-28 09:30"),
        ("1h30", "2026-09-21 11:00"),
        ("next Friday 10:00", "2026-10-02 10:00"),
        ("10:00 fri", "2026-09-25 10:00"),
    ],
)
def test_what_is_said_on_the_telephone_is_understood(said: str, written: str) -> None:
    """On the wall clock of the desk, the next one to come."""
    found = parse_when(said, at=AT, zone=SHANGHAI)
    assert f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("昨天下午5点", "2026-09-20 17:00"),
        ("半小时前", "2026-09-21 09:00"),
        ("八点一刻", "2026-09-21 08:15"),
        ("周五上午10点", "2026-09-18 10:00"),
        ("周一上午10点", "2026-09-14 10:00"),
        ("三点", "2026-09-21 03:00"),
        ("11点", "2026-09-20 23:00"),
        ("今天8点", "2026-09-21 08:00"),
        ("昨晚", "2026-09-20 19:00"),
        ("昨天24点", "2026-09-21 00:00"),
        ("晚上12点", "2026-09-21 00:00"),
        ("2小时前", "2026-09-21 07:30"),
        ("-2h", "2026-09-21 07:30"),
        ("2h ago", "2026-09-21 07:30"),
        ("2 hours ago", "2026-09-21 07:30"),
        ("half an hour ago", "2026-09-21 09:00"),
        ("1h30m ago", "2026-09-21 08:00"),
        ("昨天 14:00", "2026-09-20 14:00"),
        ("yesterday 2pm", "2026-09-20 14:00"),
        ("last night", "2026-09-20 19:00"),
        ("noon", "2026-09-20 12:00"),
        ("Friday", "2026-09-18 00:00"),
        ("18th", "2026-09-18 00:00"),
        ("last week", "2026-09-14 00:00"),
        ("上周三 14:05", "2026-09-16 14:05"),
        ("last wed 14:05", "2026-09-16 14:05"),
        ("18号", "2026-09-18 00:00"),
        ("25号", "2026-08-25 00:00"),
    ],
)
def test_what_was_is_understood_too(said: str, written: str) -> None:
    """As the last one that fits."""
    found = read_moment(said, at=AT, zone=SHANGHAI)
    assert f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == written


@pytest.mark.parametrize(
    "said",
    ["上午15点", "晚上3点", "中午9点", "25点", "24:30", "24点半", "今晚25点", "13pm", "32nd",
     "soon", "tonight tonight", "tomorrow friday", "noon 3", "3 hours tomorrow", "-2h", "2h ago",
     "昨天 14:00", "下周三点半前后", "next week 9:00", "夜里",
     "三点九十九", "周八", "明天昨天", "32号", "13月1日",
     "2月30日", "半", "前", "点", "配件", "电梯3点故障", "明天 x", "周", "十十点"],
)  # fmt: skip
def test_what_is_no_time_to_come_is_not_guessed(said: str) -> None:
    """This morning or the next, what has passed: whoever means it says it so that it is one."""
    with pytest.raises(BadInput):
        parse_when(said, at=AT, zone=SHANGHAI)


@pytest.mark.parametrize("said", ["凌晨", "夜里", "半夜", "dawn", "night", "明天凌晨"])
def test_a_part_of_the_day_without_a_usual_hour_is_refused_with_what_to_write(said: str) -> None:
    """Six hours are no moment, and none of them is guessed."""
    with pytest.raises(BadInput, match="has many hours") as refused:
        parse_when(said, at=AT, zone=SHANGHAI)
    assert "such as 5:00, 23:00" in str(refused.value)


@pytest.mark.parametrize("said", ["tonight", "今晚", "今天晚上"])
def test_tonight_is_asked_about_while_it_is_night(said: str) -> None:
    """A P1 that waits until tonight is not put to sleep for fifteen hours at four."""
    night = datetime(2026, 9, 20, 19, 52, tzinfo=UTC)
    with pytest.raises(BadInput, match="may be this night or the evening of 09-21"):
        parse_when(said, at=night, zone=SHANGHAI)
    by_day = night + timedelta(hours=3)
    assert parse_when(said, at=by_day, zone=SHANGHAI) == datetime(2026, 9, 21, 11, tzinfo=UTC)
    assert parse_when("tonight at 8", at=night, zone=SHANGHAI).hour == 12


@given(st.sampled_from(sorted(DAYS)), HOURS, MINUTES, st.booleans())
def test_what_is_said_is_what_is_written(day: str, hour: int, minute: int, spelled: bool) -> None:
    """In numerals or digits, with halves and quarters, every minute of each day that has a word."""
    shown = {0: "", 15: "一刻", 30: "半", 45: "三刻"}.get(minute, f"{minute:02}分")
    if spelled and minute > 0:
        shown = f"{'零' if minute < 10 else ''}{numeral(minute)}分"
    said = f"{day}{numeral(hour) if spelled else hour}点{shown}"
    assert is_said(said)
    if day in {"", "今天"} and 1 <= hour <= 12:
        hour += 12 * ((hour, minute) <= (9, 30))  # by the face of a clock
    written = f"{DAYS[day]}{hour}:{minute:02}"
    if day == "今天" and (hour, minute) < (9, 30):  # it has passed, however it is said
        for text in (said, written):
            with pytest.raises(BadInput, match="has passed"):
                parse_when(text, at=AT, zone=SHANGHAI)
        return
    assert parse_when(said, at=AT, zone=SHANGHAI) == parse_when(written, at=AT, zone=SHANGHAI)


@given(st.integers(1, 11), MINUTES)
def test_an_afternoon_is_twelve_hours_on(hour: int, minute: int) -> None:
    """And a morning is as it is said."""
    said = f"{hour}点{minute:02}"
    for part, hours in (("上午", hour), ("下午", hour + 12)):
        found = parse_when(f"明天{part}{said}", at=AT, zone=SHANGHAI)
        assert found == parse_when(f"tomorrow {hours}:{minute:02}", at=AT, zone=SHANGHAI)


@given(st.integers(1, 99), MINUTES, st.booleans())
def test_a_span_is_the_span_that_is_written(hours: int, minutes: int, spelled: bool) -> None:
    """Before and after now."""
    count = numeral(hours) if spelled else str(hours)
    span = timedelta(hours=hours, minutes=minutes)
    said = f"{count}小时{f'{minutes}分钟' if minutes else ''}"
    assert parse_when(f"{said}后", at=AT, zone=SHANGHAI) == AT + span
    assert read_moment(f"{said}前", at=AT, zone=SHANGHAI) == AT - span


@given(st.text(max_size=45))
def test_whatever_is_typed_is_read_once(text: str) -> None:
    """What is written is not said again in another way."""
    for read in (said, in_digits):
        once = read(text)
        assert read(once) == once
