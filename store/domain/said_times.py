"""Times as they are said, put as they are written: `明天下午3点半` as `tomorrow 15:30`.

The readers of times know one way of writing; what is said in another, in Chinese here or in
English beside, comes to them through `said`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from store.domain.numerals import DIGITS, whole
from store.domain.said_english import WEEKDAYS, face_said, in_english
from store.domain.wall_clock import ALONE, HOURS_OF, PARTS, is_clock

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_WEEKS: Final = {"": "", "这": "this-", "本": "this-", "下": "next-", "上": "last-"}

_PARTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("凌晨",), "dawn"),
    **dict.fromkeys(("早上", "早晨", "清晨", "清早", "早"), "early"),
    **dict.fromkeys(("上午",), "morning"),
    **dict.fromkeys(("中午", "正午"), "noon"),
    **dict.fromkeys(("下午", "午后", "傍晚"), "afternoon"),
    **dict.fromkeys(("晚上", "晚间", "晚"), "evening"),
    **dict.fromkeys(("夜里", "半夜", "深夜"), "night"),
}
_MINUTES: Final = {"": 0, "整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}


def _any(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_WHEN: Final = re.compile(
    rf"(?P<day>{_any(word for word in _DAYS if len(word) > 1)}"
    r"|[今明昨](?=[早晚]|凌晨|上午|中午|下午)|明(?=[0-9]))?"
    rf"(?:(?P<week>[这本下上]?)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    rf"|(?P<whole>[这本下上])个?(?:周|星期|礼拜))?"
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


def said(text: str) -> str:
    """The time that is said, as it is written; a text that says none as it is.

    A part of the day stays one, and an o'clock of which nobody said which half of the day is
    meant stays an o'clock: `today evening`, `3点00`.
    """
    return _read(text) or text


def in_digits(text: str) -> str:
    """The same for who wants a moment: a part of the day by its hour, an o'clock as it is said."""
    words = _read(text)
    if words is None:
        return text
    day, _, time = words.rpartition(" ")
    if time in PARTS:
        return f"{day} {ALONE[time]}:00".strip() if time in ALONE else text
    return words.replace("点", ":")


def is_said(text: str) -> bool:
    """Whether it is a time in Chinese words."""
    return _HAN.search(text) is not None and in_digits(text) != text


def _read(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    clean = unicodedata.normalize("NFKC", text).casefold().strip()
    return _chinese(clean) or in_english(clean, _chinese)


def _chinese(clean: str) -> str | None:
    if not _HAN.search(clean):
        return None
    joined = "".join(clean.split())
    return _span(joined) or _when(joined) or None


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
    named = (_named(found), _weekday(found), _date(found))
    days = [day for day in named if day is not None]
    clock = _clock(found, alone=not days, faced=days in ([], ["today"]))
    if found["whole"] and clock:
        return ""  # so long is no time of a day
    if clock is None or len(days) > 1 or "" in days:
        return ""
    return " ".join((*days, *clock))


def _named(found: re.Match[str]) -> str | None:
    return _DAYS[found["day"]] if found["day"] else None


def _weekday(found: re.Match[str]) -> str | None:
    day = found["weekday"]
    if found["whole"]:
        return f"{_WEEKS[found['whole']]}week"
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


def _clock(found: re.Match[str], *, alone: bool, faced: bool) -> tuple[str, ...] | None:
    """The time of day; nothing where none is said, None where it cannot be one.

    `faced` where an o'clock may be meant by the face of a clock; who writes 3:00 or 03点 does not.
    """
    part = _PARTS.get(found["part"] or "", "")
    if found["hour"] is None:
        night = part == "evening" and found["day"] and _DAYS[found["day"]] in {"today", "yesterday"}
        return ("tonight",) if night else (part,) if part else ()
    hour, minute = whole(found["hour"]), _minute(found["minute"] or "")
    if found["sign"] == "时" and alone and not part and not found["minute"]:
        return None  # so many hours
    if hour is None or minute is None or (found["sign"] == ":" and not found["minute"]):
        return None
    if part:
        hour = HOURS_OF[part].get(hour)
    elif faced and found["sign"] == "点" and 1 <= hour <= 12 and found["hour"][0] not in "0零":
        return (face_said(hour, minute),) if minute < 60 else None
    if hour is None or not is_clock(hour, minute):
        return None
    return (f"{hour}:{minute:02}",)


def _minute(said: str) -> int | None:
    if said in _MINUTES:
        return _MINUTES[said]
    return whole(said.removeprefix("过").removesuffix("分"))
