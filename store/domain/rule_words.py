"""Recurrences in words, as they are shown and as they are said, in both languages.

`every 2 weeks on Monday`, `monthly on the 31st`, `每月最后一天`, `每周一、三` come to the parts of
an RRULE. Whatever `render_rule` shows is read here again; a time of day is left to the plan.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from store.domain.numerals import DIGITS, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST_CHARACTERS: Final = 400
"""Longer texts are no rules."""

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNITS: Final = {
    **dict.fromkeys(("day", "days", "d", "天", "日"), ("DAILY", 1)),
    **dict.fromkeys(("week", "weeks", "w", "周", "星期", "礼拜"), ("WEEKLY", 1)),
    **dict.fromkeys(("month", "months", "m", "月"), ("MONTHLY", 1)),
    **dict.fromkeys(("quarter", "quarters", "q", "季度", "季"), ("MONTHLY", 3)),
    **dict.fromkeys(("year", "years", "y", "年"), ("YEARLY", 1)),
}
_ADVERBS: Final = {
    "daily": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "fortnightly": ("WEEKLY", 2),
    "monthly": ("MONTHLY", 1),
    "quarterly": ("MONTHLY", 3),
    "yearly": ("YEARLY", 1),
    "annually": ("YEARLY", 1),
}
_PLACES: Final = {
    **{
        word: place for place, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)
    },
    "last": -1,
    "second last": -2,
}


def _any(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sept sep", "october oct", "november nov"),
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = {
    name: day
    for day, names in enumerate(
        (
            *("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu"),
            *("friday fri", "saturday sat", "sunday sun"),
        )
    )
    for name in names.split()
}
_WEEK: Final[Mapping[str, int]] = dict(zip("一二三四五六日天", (*range(7), 6), strict=True))
_INTS: Final = r"-?\d+(?:\s*[,、]\s*-?\d+)*"
_PLACE: Final = rf"(?:{_any(_PLACES)}|no\. ?-?\d+|\d+(?:st|nd|rd|th))"
_PLACE_ZH: Final = r"(?:第-?\d+个|最后1个|倒数第\d+个)"
_WEEKDAY: Final = rf"(?:{_any(_WEEKDAYS)})s?(?![a-z])"
_OF_MONTH: Final = r"\s*\bof\s+(?:the|every|each)\s+month"

_NUMERAL: Final = re.compile(rf"[{DIGITS}]+(?=[日号天月年季个周星礼]|个)")
_AIR: Final = re.compile("(?<=[\u4e00-\u9fff]) (?=-?[0-9])|(?<=[0-9]) (?=[\u4e00-\u9fff])")
"""Between Chinese and numbers, where some write it and some do not."""
_TIME: Final = re.compile(r"[\s,]*(?:\bat\b|@)?\s*(?<![\d-])(?P<time>\d{1,2}:\d{2})(?![\d:])")
_HEAD: Final = re.compile(
    rf"(?:(?P<every>every|each|每|隔)\s*(?P<other>other\s)?\s*)?(?:(?P<n>\d{{1,20}})(?:st|nd|rd|th)?)?"
    rf"\s*个?\s*"
    rf"(?P<unit>{_any(_UNITS)})(?![a-z])|(?P<adverb>{_any(_ADVERBS)})(?![a-z])"
)
_BARE: Final = re.compile(rf"(?:every|each)\s|每个?(?=工作日)|(?=.*{_OF_MONTH})")
_TAILS: Final = {
    "UNTIL": re.compile(r"[\s,]*(?:until|截至|至|到)\s*(\d{4})-(\d{2})-(\d{2})$"),
    "COUNT": re.compile(r"[\s,]*(?:共\s*)?(\d{1,9})\s*(?:times?|次)$"),
    "WKST": re.compile(
        rf"[\s,]*(?:weeks from ({_any(_WEEKDAYS)})|每周从(?:周|星期)([一二三四五六日天])算起)$"
    ),
}


def spoken(text: str) -> dict[str, str] | None:
    """The parts of the RRULE that a text comes to; None where it is nothing of the kind."""
    said = _TIME.sub("", _plain(text)).strip()
    tail: dict[str, str] = {}
    for name, pattern in _TAILS.items():
        if found := pattern.search(said):
            told = "".join(part or "" for part in found.groups())
            tail[name] = _DAYS[_weekday(told)] if name == "WKST" else told
            said = said[: found.start()]
    head, rest = _begun(said)
    found_days = _read(rest, weekly=head is not None and head["FREQ"] == "WEEKLY")
    if head is None or found_days is None:
        return None
    return head | found_days | tail


def time_said(text: str) -> str | None:
    """The time of day in a recurrence in words, as 09:00; None where it names none, or is none."""
    if len(text) > MOST_CHARACTERS:
        return None
    found = _TIME.search(_plain(text))
    return found["time"].rjust(5, "0") if found else None


def _plain(text: str) -> str:
    """Without differences of width and case, numbers in digits."""
    said = _AIR.sub("", " ".join(unicodedata.normalize("NFKC", text).casefold().split()))
    return _NUMERAL.sub(lambda found: _digits(found[0]), said)


def _digits(text: str) -> str:
    value = whole(text)
    return text if value is None else str(value)


def _begun(said: str) -> tuple[dict[str, str] | None, str]:
    """How long a turn is, and what is said of its days."""
    found = _HEAD.match(said)
    if found and found["adverb"]:
        return _turns(*_ADVERBS[found["adverb"]]), said[found.end() :]
    if found and (found["every"] or found["n"]):
        freq, scale = _UNITS[found["unit"]]
        other = found["other"] or found["every"] == "隔"
        number = found["n"] or ("2" if other else "1")
        return _turns(freq, int(number) * scale), said[found.end() :]
    bare = _BARE.match(said)
    if bare is None:
        return None, said
    return _turns("MONTHLY" if re.search(_OF_MONTH, said) else "WEEKLY", 1), said[bare.end() :]


def _turns(freq: str, interval: int) -> dict[str, str]:
    return {"FREQ": freq, "INTERVAL": str(interval)}


def _read(rest: str, *, weekly: bool) -> dict[str, str] | None:
    """The days that a turn has, word after word; None where a word is none of theirs."""
    told: dict[str, list[str]] = {}
    at, in_week = 0, weekly
    while at < len(rest):
        if found := _BETWEEN.match(rest, at):
            at = found.end()
            continue
        for pattern, read in _SAID.items():
            if found := pattern.match(rest, at):
                for name, value in read(found):
                    told.setdefault(name, []).append(value)
                break
        else:
            found = _SHORT_DAY.match(rest, at) if in_week else None
            if found is None:
                return None
            told.setdefault("BYDAY", []).append(_DAYS[_WEEK[found[0]]])
        in_week = in_week or "BYDAY" in told
        at = found.end()
    return {name: ",".join(values) for name, values in told.items()}


def _weekday(text: str) -> int:
    if text in _WEEK:
        return _WEEK[text]
    return _WEEKDAYS[text if text in _WEEKDAYS else text.removesuffix("s")]


def _place(text: str) -> int:
    if text in _PLACES:
        return _PLACES[text]
    if text == "最后1个":
        return -1
    found = re.search(r"-?\d+", text)
    number = int(found[0]) if found else 0
    return -number if text.startswith("倒数") else number


def _ints(name: str) -> Callable[[re.Match[str]], Iterator[tuple[str, str]]]:
    return lambda found: ((name, one) for one in re.findall(r"-?\d+", found[0]))


def _setpos(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    for one in re.findall(f"{_PLACE}|{_PLACE_ZH}", found[0]):
        yield "BYSETPOS", str(_place(one))


def _counted(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    place = _place(found["place"].strip()) if found["place"] else ""
    yield "BYDAY", f"{place}{_DAYS[_weekday(found['day'])]}"


def _month(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "BYMONTH", str(_MONTHS.get(found[1], found[1]))


def _named(name: str, sign: str = "") -> Callable[[re.Match[str]], Iterator[tuple[str, str]]]:
    def read(found: re.Match[str]) -> Iterator[tuple[str, str]]:
        yield name, sign + next(filter(None, found.groups()), "1")

    return read


def _workdays(_found: re.Match[str]) -> Iterator[tuple[str, str]]:
    return (("BYDAY", day) for day in _DAYS[:5])


_BETWEEN: Final = re.compile(
    rf"{_OF_MONTH}|[\s,、]+|(?:and|on|in)(?![a-z])|&|和|与|及|的|that is an?(?![a-z])|且为"
)
_SHORT_DAY: Final = re.compile("[一二三四五六日天]")
_SAID: Final[Mapping[re.Pattern[str], Callable[[re.Match[str]], Iterator[tuple[str, str]]]]] = {
    re.compile(rf"weeks?\s+{_INTS}|第{_INTS}周(?![一二三四五六日天])"): _ints("BYWEEKNO"),
    re.compile(rf"day\s+{_INTS}\s+of\s+the\s+year|全年第{_INTS}天"): _ints("BYYEARDAY"),
    re.compile(rf"({_any(_MONTHS)})(?![a-z])"): _month,
    re.compile(r"(\d{1,2})月(?![底末])"): _month,
    re.compile(r"day\s+(\d+)\s+from\s+the\s+end|倒数第(\d+)天"): _named("BYMONTHDAY", "-"),
    re.compile(rf"(?:the\s+)?last\s+day(?:{_OF_MONTH})?(?![a-z])|最后1[天日]|月?[底末]"): _named(
        "BYMONTHDAY", "-"
    ),
    re.compile(
        rf"(?:the\s+)?{_PLACE}(?:\s*,\s*{_PLACE})*\s+of(?!\s+(?:the|every|each)\s+month)(?:\s+these)?"
    ): _setpos,
    re.compile(rf"(?:取其中|中的){_PLACE_ZH}(?:[、,]{_PLACE_ZH})*"): _setpos,
    re.compile(rf"(?:the\s+)?(?P<place>{_PLACE}\s+)?(?P<day>{_WEEKDAY})"): _counted,
    re.compile(rf"(?P<place>{_PLACE_ZH})?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"): _counted,
    re.compile(r"weekdays?|workdays?|working days?|工作日"): _workdays,
    re.compile(r"(?:the\s+)?(?:day\s+)?(\d{1,2})(?:st|nd|rd|th|日|号)?(?![\da-z月])"): _named(
        "BYMONTHDAY"
    ),
}
"""What may be said of the days of a turn, the longer before what is a part of it."""
