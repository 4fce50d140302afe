"""Times as they are said in Chinese, put as they are written: `明天下午3点半` as `tomorrow 15:30`.

The readers of times know one way of writing; what is said in another comes to them through here.
Days of the week and of the month are found here for all of them, since no other word is a day
only by the day on which it is said.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from store.domain.numerals import DIGITS, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_LONGEST: Final = 40
"""Characters of a text that may be a time."""
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_NO: Final = f"(?:[0-9]{{1,4}}|[{DIGITS}]{{1,4}})"

_DAYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("今天", "今日", "今"), "today"),
    **dict.fromkeys(("明天", "明日", "明"), "tomorrow"),
    **dict.fromkeys(("后天", "后日"), "后天"),
    "大后天": "大后天",
    **dict.fromkeys(("昨天", "昨日", "昨"), "yesterday"),
    **dict.fromkeys(("前天", "前日"), "前天"),
}
_WEEK: Final = {**{day: place for place, day in enumerate("一二三四五六日")}, "天": 6}
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKS: Final = {"": "", "这": "this-", "本": "this-", "下": "next-", "上": "last-"}
_ENGLISH: Final = (
    *("mon(?:day)?", "tue(?:s|sday)?", "wed(?:nesday)?", "thu(?:r|rs|rsday)?", "fri(?:day)?"),
    *("sat(?:urday)?", "sun(?:day)?"),
)

_PARTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("凌晨",), "night"),
    **dict.fromkeys(("早上", "早晨", "清晨", "清早", "早"), "early"),
    **dict.fromkeys(("上午",), "morning"),
    **dict.fromkeys(("中午", "正午"), "noon"),
    **dict.fromkeys(("下午", "午后", "傍晚"), "afternoon"),
    **dict.fromkeys(("晚上", "晚间", "晚"), "evening"),
    **dict.fromkeys(("夜里", "半夜", "深夜"), "late"),
}
_HOURS: Final[Mapping[str, Mapping[int, int]]] = {
    "night": {12: 0, **{hour: hour for hour in range(7)}},
    "early": {hour: hour for hour in range(4, 12)},
    "morning": {hour: hour for hour in range(13)},
    "noon": {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
    "afternoon": {**{hour: hour + 12 for hour in range(1, 12)}, **{h: h for h in range(12, 20)}},
    "evening": {**{hour: hour + 12 for hour in range(5, 12)}, **{h: h for h in range(17, 24)}},
    "late": {**{h: h for h in range(6)}, **{h: h + 12 for h in range(9, 12)}, 22: 22, 23: 23},
}
"""By part of the day: the hours that may be said of it, and which they are; none is guessed."""
_ALONE: Final = {"early": 8, "morning": 9, "noon": 12, "afternoon": 14, "evening": 19}
"""The hour of a part of the day that was said without one."""
_MINUTES: Final = {"": 0, "整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}


def _any(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_WHEN: Final = re.compile(
    rf"(?P<day>{_any(word for word in _DAYS if len(word) > 1)}"
    r"|[今明昨](?=[早晚]|凌晨|上午|中午|下午)|明(?=[0-9]))?"
    rf"(?:(?P<week>[这本下上]?)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]))?"
    rf"(?:(?:(?P<year>[0-9]{{4}})年)?(?P<month>{_NO})月)?(?:(?P<of_month>{_NO})[日号])?"
    rf"(?:的?(?P<part>{_any(_PARTS)}))?"
    rf"(?:(?P<hour>{_NO})(?P<sign>[点时:])(?P<minute>钟|整|半|一刻|三刻|过?{_NO}分?)?)?"
    r"(?:之?前)?"
)
_SPAN: Final = re.compile(
    rf"(?:再?过)?(?:(?P<half>半个?(?:小时|钟头))|(?P<quarters>一刻钟|三刻钟)"
    rf"|(?P<days>{_NO})天"
    rf"|(?P<hours>{_NO})个?(?P<and_half>半)?(?:小时|钟头)(?P<more>半)?(?:(?P<odd>{_NO})分钟?)?"
    rf"|(?P<minutes>{_NO})分钟?)"
    r"(?P<sign>[以之]?[后前])?"
)
_WEEKDAY: Final = re.compile(
    rf"(?:(?P<week>this|next|last)-)?(?:{'|'.join(f'({name})' for name in _ENGLISH)})"
)
_OF_A_WEEK: Final = re.compile(r"^(this|next|last) (?=[a-z])", re.IGNORECASE)
_OF_MONTH: Final = re.compile(r"(\d{1,2})号")


def in_digits(text: str) -> str:
    """The time that is said, as it is written; a text that says none as it is."""
    if len(text) > _LONGEST or not _HAN.search(text):
        return text
    said = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _span(said) or _when(said) or text


def on_the_face(text: str) -> tuple[int, int] | None:
    """Hour and minute of an o'clock that comes twice a day, `三点`, `3点半`; None of others.

    A part of the day, a day, or an hour that only one half of it has says which is meant; so
    does whoever writes 3:00 or 03点.
    """
    if len(text) > _LONGEST or not _HAN.search(text):
        return None
    found = _WHEN.fullmatch("".join(unicodedata.normalize("NFKC", text).casefold().split()))
    if found is None or found["sign"] != "点" or found["hour"].startswith("0"):
        return None
    says_which = ("day", "weekday", "month", "of_month", "part")
    hour, minute = whole(found["hour"]), _minute(found["minute"] or "")
    if any(found[name] for name in says_which) or hour is None or minute is None:
        return None
    return (hour, minute) if 1 <= hour <= 12 else None


def is_said(text: str) -> bool:
    """Whether it is a time in Chinese words."""
    return in_digits(text) != text


def parted(text: str) -> tuple[str, str]:
    """The day that a time begins with, in one word, and what is said behind it."""
    day, _, rest = _OF_A_WEEK.sub(r"\1-", in_digits(text)).partition(" ")
    return day, rest.strip()


def day_meant(word: str, today: date, *, ahead: bool) -> date | None:
    """The day of a week or a month that a word means, today or `ahead` of it, else before it.

    `next-fri` is Friday of the week that begins on the next Monday. None for other words.
    """
    if (found := _OF_MONTH.fullmatch(word)) is not None:
        return _numbered(int(found[1]), today, 1 if ahead else -1)
    if (found := _WEEKDAY.fullmatch(word)) is None:
        return None
    place = next(n for n in range(7) if found[n + 2])
    if found["week"] is None:
        apart = place - today.weekday()
        return today + timedelta(days=apart % 7 if ahead else -(-apart % 7))
    weeks = ("last", "this", "next").index(found["week"]) - 1
    return today + timedelta(days=place - today.weekday() + 7 * weeks)


def _numbered(number: int, today: date, step: int) -> date | None:
    """The nearest day of this number; some months have none."""
    if not 1 <= number <= 31:
        return None
    day = today
    while day.day != number:
        day += timedelta(days=step)
    return day


def _span(said: str) -> str:
    found = _SPAN.fullmatch(said)
    if found is None:
        return ""
    told = {name: whole(found[name] or "0") for name in ("days", "hours", "minutes", "odd")}
    if None in told.values():
        return ""
    days, hours, minutes, odd = (value or 0 for value in told.values())
    if found["half"] or found["and_half"] or found["more"]:
        odd += 30
    if found["quarters"]:
        odd += 15 if found["quarters"][0] == "一" else 45
    sign = {"后": "+", "前": "-", "": ""}[(found["sign"] or "")[-1:]]
    if found["days"]:
        return f"{sign}{days}d"
    return f"{sign}{60 * hours + minutes + odd}m" if minutes or odd else f"{sign}{hours}h"


def _when(said: str) -> str:
    found = _WHEN.fullmatch(said)
    if found is None or said in {"", "前", "之前"}:
        return ""
    days = [day for day in (_named(found), _weekday(found), _date(found)) if day is not None]
    clock = _clock(found, alone=not days)
    if clock is None or len(days) > 1 or "" in days:
        return ""
    return " ".join((*days, *clock))


def _named(found: re.Match[str]) -> str | None:
    return _DAYS[found["day"]] if found["day"] else None


def _weekday(found: re.Match[str]) -> str | None:
    day = found["weekday"]
    return _WEEKS[found["week"]] + WEEKDAYS[_WEEK[day]] if day else None


def _date(found: re.Match[str]) -> str | None:
    """Month and day, or a day alone; empty where a month stands without its day."""
    month, number = (whole(found[name] or "") for name in ("month", "of_month"))
    if found["month"] is None and found["of_month"] is None:
        return None
    if number is None or (found["month"] is not None and month is None):
        return ""
    if month is None:
        return f"{number}号"
    return f"{found['year']}-{month}-{number}" if found["year"] else f"{month}-{number}"


def _clock(found: re.Match[str], *, alone: bool) -> tuple[str, ...] | None:
    """The time of day in digits; nothing where none is said, None where it cannot be one."""
    part = _PARTS.get(found["part"] or "", "")
    if found["hour"] is None:
        if not part:
            return ()
        return (f"{_ALONE[part]}:00",) if part in _ALONE else None
    hour, minute = whole(found["hour"]), _minute(found["minute"] or "")
    if found["sign"] == "时" and alone and not part and not found["minute"]:
        return None  # so many hours
    if hour is None or minute is None or (found["sign"] == ":" and not found["minute"]):
        return None
    if part:
        hour = _HOURS[part].get(hour)
    return None if hour is None else (f"{hour}:{minute:02}",)


def _minute(said: str) -> int | None:
    if said in _MINUTES:
        return _MINUTES[said]
    return whole(said.removeprefix("过").removesuffix("分"))
