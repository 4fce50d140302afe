"""Reads the times an operator types: 15:00, 1500, +2h, fri 9:00, 今晚, 3-02 09:30; says them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.i18n import _, fill
from console.render_time import here
from store.domain.errors import BadInput
from store.domain.finding.stretches import Here, meant
from store.domain.finding.times import NOW, Span, When, by_the_hour, read_time
from store.domain.wall_clock import NIGHT_ENDS
from store.domain.words import N_, Word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

_MORNING: Final = (9, 0)
"""The time of a day that was named without one."""
_ROUND: Final = 12 * 60
"""Minutes after which the face of a clock shows the same."""
_MOMENT: Final = timedelta(microseconds=1)
_DOTTED: Final = re.compile(r"(?:^|(?<= ))(\d{1,2})\.(\d{2})$")
_IN_A_ROW: Final = re.compile(r"(?<!\S)([01]\d|2[0-3])([0-5]\d)$", re.ASCII)
"""Hours and minutes as 0200, alone or behind a day."""
RIGHT: Final = N_("write 15:00, +2h, tonight, tomorrow 9:00, friday or 2026-10-01 09:00")
"""What would be a time."""
MANY_HOURS: Final = (
    N_("“{text}” has many hours"),
    N_("write one, such as 5:00, 23:00 or tomorrow 2:00"),
)
"""What is wrong with a part of the day that has no usual hour, and what would be right."""


class Passed(BadInput):
    """A time that is over already, or half over, where one to come is wanted."""


def parse_when(text: str, *, at: datetime, zone: tzinfo | None = None) -> datetime:
    """The instant that the words mean at `at`, in UTC; BadInput when they mean none, or a past one.

    A time of day alone is the next one to come, by the face of a clock where it is only said:
    who says `三点` in the morning means the afternoon. A zone of None is this machine's.
    """
    said = _with_colons(text)
    try:
        _check_night(said, at, zone)
        found = _to_come(said, at, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        wrong, right = N_("“{text}” is not a time"), RIGHT
        if has_many_hours(said):
            wrong, right = MANY_HOURS
        raise BadInput(where=N_("time"), wrong=wrong.format(text=text.strip()), right=right)
    if found < at:
        wrong = N_("“{text}” has passed").format(text=text.strip())
        raise Passed(where=N_("time"), wrong=wrong, right=RIGHT)
    return found.astimezone(UTC)


def names_a_day(text: str) -> bool:
    """Whether the words say of which day a time is, by its name, its date, or how far off it is."""
    time = read_time(_with_colons(text))
    return isinstance(time, When) and not time.is_bare


def is_skipped(text: str, shown: datetime) -> bool:
    """Whether a clock on the wall never shows the time of day that was typed, but another one."""
    time = read_time(_with_colons(text))
    if not isinstance(time, When) or time.clock is None:
        return False
    hour, minute = time.clock
    apart = 60 * (hour - shown.hour) + minute - shown.minute
    return apart % _ROUND != 0


def _with_colons(text: str) -> str:
    return _IN_A_ROW.sub(r"\1:\2", _DOTTED.sub(r"\1:\2", text.strip()))


def has_many_hours(text: str) -> bool:
    """Whether it is a part of the day, such as 凌晨 or night, that no one hour is usual for."""
    time = read_time(text)
    return isinstance(time, When) and by_the_hour(time) is None


def _check_night(words: str, at: datetime, zone: tzinfo | None) -> None:
    """Who says tonight at three in the morning may mean now: that is asked, not put off a day."""
    time = read_time(words)
    if not isinstance(time, When) or (time.day, time.part) != (0, "tonight"):
        return
    wall = here(at, zone)
    if wall.hour < NIGHT_ENDS:
        wrong = N_("“{text}” may be this night or the evening of {day}")
        told = wrong.format(text=words, day=f"{wall:%m-%d}")
        right = N_("it is night now: write 6:00 or 19:00")
        raise Passed(where=N_("time"), wrong=told, right=right)


def coming(moment: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """An instant that is meant, as the wall clock here; tomorrow is said, a later day has its date.

    Whoever writes 9:00 after nine means tomorrow, or has made a slip: that shows before Enter.
    """
    wall, today = here(moment, zone), here(at, zone)
    if wall.date() == today.date():
        return wall.strftime("%H:%M")
    if wall.date() == today.date() + timedelta(days=1):
        return _("tomorrow {time}").format(time=wall.strftime("%H:%M"))
    return in_full(moment, zone, at=at)


def in_full(moment: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """The same with its date in any case: what was understood, before Enter takes it."""
    wall, today = here(moment, zone), here(at, zone)
    told = wall.strftime("%m-%d %H:%M" if wall.year == today.year else "%Y-%m-%d %H:%M")
    if wall.date() == today.date() + timedelta(days=1):
        return _("tomorrow {time}").format(time=told)
    return told


def filled(sentence: str, facts: Mapping[str, object], zone: tzinfo | None, *, at: datetime) -> str:
    """A sentence with its facts, of which each time is said as one that is meant."""
    times: list[str] = []

    def said(fact: object) -> object:
        if isinstance(fact, datetime):
            times.append(coming(fact, zone, at=at))
            return times[-1]
        if isinstance(fact, Word) and fact.template is not None:
            return fact.template.format(**{name: said(one) for name, one in fact.facts.items()})
        return fact

    text = fill(sentence, {name: said(fact) for name, fact in facts.items()})
    for time in times:
        if not time[0].isdigit():  # nobody says "at tomorrow"
            text = text.replace(f" at {time}", f" {time}")
    for time in times:  # a space stands between Chinese and digits, not before 明天
        text = re.sub(rf"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff]){re.escape(time)}", time, text)
    return text


def gone(moment: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """An instant that has passed, as the wall clock here; yesterday is said, else it has a date."""
    wall, today = here(moment, zone), here(at, zone)
    if wall.date() == today.date() - timedelta(days=1):
        return _("yesterday {time}").format(time=wall.strftime("%H:%M"))
    return coming(moment, zone, at=at)


def _to_come(words: str, at: datetime, zone: tzinfo | None) -> datetime | None:
    time = read_time(words)
    if isinstance(time, Span):
        return None if time.seconds < 0 or time == NOW else at + timedelta(seconds=time.seconds)
    time = time and by_the_hour(time)
    if time is None or (time.day or 0) < 0:
        return None
    if time.clock is None:
        time = replace(time, clock=_MORNING)
    return meant(time, Here(at=at + _MOMENT, zone=zone), ahead=True).start
