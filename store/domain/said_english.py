"""Times as they are said in English, put as they are written: `3pm Friday` as `fri 15:00`.

A text of several words may hold a Chinese one; who reads those is asked for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from store.domain.wall_clock import HOURS_OF, PARTS, is_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    _Shape = tuple[re.Pattern[str], Callable[[re.Match[str]], dict[str, object]]]

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = re.compile(
    "(mon(?:day)?)|(tue(?:s|sday)?)|(wed(?:nesday)?)|(thu(?:r|rs|rsday)?)"
    "|(fri(?:day)?)|(sat(?:urday)?)|(sun(?:day)?)"
)
_LONG: Final = re.compile(r"(?:the )?day (after tomorrow|before yesterday)")
_PARTS: Final[Mapping[str, str]] = {**{part: part for part in PARTS}, "midday": "noon"}
_FILLERS: Final = frozenset({"the", "at", "on", "in"})
_WEEKS: Final = frozenset({"this", "next", "last"})
_ORDINAL: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|号)")
_DATE: Final = re.compile(r"(?:[0-9]{4}-)?[0-9]{1,2}-[0-9]{1,2}")
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_FACE: Final = re.compile(r"([1-9]|1[0-2])(?:点([0-9]{2})| ?o['’]?clock)")
_HALVES: Final = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))? ?([ap])\.?m\b\.?")
_JOINTS: Final = re.compile(r"(?<=[a-z])-(?=[a-z])|[@,]")
_BARE: Final = re.compile(r"[0-9]{1,2}")

_WORDS: Final[Mapping[str, Mapping[str, object]]] = {
    **{day: {"day": day} for day in ("today", "tomorrow", "yesterday", "后天", "大后天", "前天")},
    **{word: {"part": part} for word, part in _PARTS.items()},
    "tom": {"day": "tomorrow"},
    "tonight": {"day": "today", "part": "tonight"},
    "midnight": {"clock": (24, 0)},
}
_SHAPES: Final[Sequence[_Shape]] = (
    (_WEEKDAY, lambda found: {"day": _day_of(found)}),
    (_ORDINAL, lambda found: {"day": f"{int(found[1])}号"}),
    (_DATE, lambda found: {"day": found[0]}),
    (_CLOCK, lambda found: {"clock": (int(found[1]), int(found[2]))}),
    (_FACE, lambda found: {"face": found[0]}),
    (_BARE, lambda found: {"bare": int(found[0])}),
)

_UNITS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "week", "weeks"), "w"),
}
_SPAN: Final = re.compile(
    r"(?P<ahead>in |\+ ?)?(?P<before>- ?)?"
    r"(?:(?P<half>half an? hour)"
    r"|(?P<count>[0-9]{1,4}(?:\.[0-9]{1,2})?|an?(?= )) ?(?P<unit>[a-z]+)"
    r"(?: ?(?:and )?(?P<odd>[0-9]{1,2}) ?(?:m|mins?|minutes?)?)?)"
    r"(?P<ago> ago)?(?P<later> from now| later)?"
)


def in_english(text: str, other: Callable[[str], str | None]) -> str | None:
    """The time that is said, as it is written; None where it says none.

    `other` reads a word that is not English.
    """
    clean = " ".join(text.split())
    return _span(clean) or _when(clean, other)


def face_said(hour: int, minute: int) -> str:
    """An o'clock of which nobody said which half of the day is meant."""
    return f"{hour}点{minute:02}"


def _span(text: str) -> str | None:
    found = _SPAN.fullmatch(text)
    unit = _UNITS.get(found["unit"] or "h") if found else None
    if found is None or unit is None:
        return None
    ways = [bool(found[name]) for name in ("ahead", "before", "ago", "later")]
    if sum(ways) > 1 or (found["odd"] and (unit != "h" or "." in found["count"])):
        return None
    sign = {0: "+", 1: "-", 2: "-", 3: "+"}[ways.index(True)] if any(ways) else ""
    if found["half"]:
        return f"{sign}30m"
    count = "1" if found["count"] in {"a", "an"} else found["count"]
    return f"{sign}{60 * int(count) + int(found['odd'])}m" if found["odd"] else sign + count + unit


class _Said:
    """What was said so far; each may be said once."""

    def __init__(self) -> None:
        self.day = self.part = self.face = ""
        self.clock: tuple[int, int] | None = None
        self.bare: int | None = None
        self.wrong = False
        self._told: set[str] = set()

    def take(self, **told: object) -> None:
        """Hear one more of them."""
        self.wrong = self.wrong or not self._told.isdisjoint(told)
        self._told |= set(told)
        for name, value in told.items():
            setattr(self, name, value)

    def written(self) -> str | None:
        """The day, then the time of day; None where they do not go together."""
        time = self._time()
        if self.wrong or time is None or not (self.day or time):
            return None
        if self.day.endswith("-week") and time:
            return None
        return f"{self.day} {time}".strip()

    def _time(self) -> str | None:
        clock = self.clock if self.bare is None else (self.bare, 0)
        if self.bare is not None and (self.clock is not None or not self.part):
            return None
        if self.face:
            return self._by_the_face() if clock is None else None
        if clock is None:
            return self.part
        hour = HOURS_OF[self.part].get(clock[0]) if self.part else clock[0]
        if hour is None or not is_clock(hour, clock[1]):
            return None
        return f"{hour}:{clock[1]:02}"

    def _by_the_face(self) -> str | None:
        """A part of the day says which; of another day than today, the hour is as it is said."""
        hour, minute = (int(number) for number in self.face.split("点"))
        if self.part:
            hour = HOURS_OF[self.part].get(hour, -1)
        elif self.day in {"", "today"}:
            return self.face
        return f"{hour}:{minute:02}" if hour >= 0 and minute < 60 else None


def _when(text: str, other: Callable[[str], str | None]) -> str | None:
    if "@" not in text:
        text = re.sub(r"(?<=[0-9])t(?=[0-9])", " ", text)
    text = _JOINTS.sub(" ", text)
    text = _LONG.sub(lambda m: "后天" if m[1] == "after tomorrow" else "前天", text)
    said = _Said()
    text = _FACE.sub(lambda m: face_said(int(m[1]), int(m[2] or 0)), text)
    text = _HALVES.sub(_of_a_half, text)
    words = [word for word in text.split() if word not in _FILLERS]
    while words and not said.wrong:
        _hear(said, words, other)
    return said.written()


def _of_a_half(found: re.Match[str]) -> str:
    """`3pm` as `15:00`, `12am` as `0:00`."""
    hour, minute = int(found[1]), found[2] or "00"
    if not 1 <= hour <= 12:
        return "?"
    return f"{hour % 12 + (12 if found[3] == 'p' else 0)}:{minute}"


def _hear(said: _Said, words: list[str], other: Callable[[str], str | None]) -> None:
    word = words.pop(0)
    if word in _WEEKS and words:
        _of_a_week(said, word, words.pop(0))
    elif word in _WORDS:
        said.take(**_WORDS[word])
    elif told := next((tell(m) for shape, tell in _SHAPES if (m := shape.fullmatch(word))), None):
        said.take(**told)
    elif (read := other(word)) is not None and read != word:
        words[:0] = _JOINTS.sub(" ", read).split()
    else:
        said.wrong = True


def _of_a_week(said: _Said, which: str, word: str) -> None:
    weekday = _WEEKDAY.fullmatch(word)
    if weekday is not None or word == "week":
        said.take(day=f"{which}-{_day_of(weekday) if weekday else word}")
    elif which == "this" and word in _PARTS:
        said.take(day="today", part=_PARTS[word])
    elif (which, word) == ("last", "night"):
        said.take(day="yesterday", part="tonight")
    else:
        said.wrong = True


def _day_of(found: re.Match[str]) -> str:
    return WEEKDAYS[(found.lastindex or 1) - 1]
