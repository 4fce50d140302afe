"""What an operator writes of a plan's times: days, the time of day, how long before."""

from __future__ import annotations

import re
from datetime import date, timedelta

from store.domain.errors import BadInput
from store.domain.localtime import FIRST_YEAR
from store.domain.plan_rules import LAST_YEAR
from store.domain.plans import MOST_LEAD
from store.domain.said_times import in_digits
from store.domain.text import safe
from store.domain.words import N_

_LONGEST = 40
_UNITS = {
    **dict.fromkeys(("m", "min", "分钟", "分"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "小时", "时"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days", "天", "日"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks", "周"), timedelta(weeks=1)),
}
_SPAN = re.compile(rf"([0-9]{{1,5}}) ?({'|'.join(_UNITS)})")
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})")


def read_day(text: str, where: str) -> date:
    """A day written as 2026-10-01."""
    try:
        day = date.fromisoformat(text.strip()) if len(text) <= _LONGEST else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR < day.year <= LAST_YEAR:
        raise BadInput(where=where, wrong=_shown(text), right=N_("a day such as 2026-10-01"))
    return day


def read_time(text: str, where: str) -> int:
    """A time of day written as 09:00, in seconds."""
    found = _TIME.fullmatch(in_digits(text.strip())) if len(text) <= _LONGEST else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadInput(where=where, wrong=_shown(text), right=N_("a time such as 09:00"))
    return int(found[1]) * 3600 + int(found[2]) * 60


def read_lead(text: str, where: str) -> timedelta:
    """How long before, written as 7d, 12h, 3天; nothing for not at all."""
    clean = text.strip().lower()
    if clean in {"", "0"}:
        return timedelta()
    found = _SPAN.fullmatch(clean) if len(text) <= _LONGEST else None
    span = None if found is None else int(found[1]) * _UNITS[found[2]]
    if span is None or span > MOST_LEAD:
        right = N_("a time such as 7d or 12h, up to {most} days").format(most=MOST_LEAD.days)
        raise BadInput(where=where, wrong=_shown(text), right=right)
    return span


def written_time(of_day: int) -> str:
    """Seconds after midnight as 09:00."""
    return f"{of_day // 3600:02}:{of_day % 3600 // 60:02}"


def written_lead(seconds: int) -> str:
    """Seconds as 7d, 12h or 30m; empty for none."""
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return ""


def _shown(text: str) -> str:
    return safe(text, limit=_LONGEST) or N_("nothing was given")
