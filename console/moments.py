"""Reads a past moment as an operator types it: 09:15, yesterday 17:00, 2h ago, 9-21 09:15."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from store.domain.errors import BadInput
from store.domain.finding.stretches import Here, meant
from store.domain.finding.times import Span, by_the_hour, read_time
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import tzinfo

_SECONDS: Final = re.compile(r"(.*\d:\d\d):([0-5]\d)")
_RIGHT: Final = N_("write 09:15, yesterday 17:00, 2h ago, last night or 2026-09-21 09:15")


def read_moment(text: str, *, at: datetime, zone: tzinfo | None = None) -> datetime:
    """The instant that the words mean, in UTC; BadInput when they mean none, or one to come.

    A time of day alone is its last one, by the face of a clock where it is only said; a day alone
    is its beginning. A zone of None is this machine's.
    """
    words = text.strip().replace("：", ":")
    try:
        found = _iso(words, zone) or _moment(words, at, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        wrong = N_("“{text}” is not a time").format(text=text.strip())
        raise BadInput(where=N_("time"), wrong=wrong, right=_RIGHT)
    if found > at:
        wrong = N_("“{text}” is still to come").format(text=text.strip())
        raise BadInput(where=N_("time"), wrong=wrong, right=_RIGHT)
    return found.astimezone(UTC)


def _iso(words: str, zone: tzinfo | None) -> datetime | None:
    """A whole date with a time, perhaps with its own zone."""
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d", words):
        return None
    found = datetime.fromisoformat(words)
    return found if found.tzinfo is not None else found.replace(tzinfo=zone).astimezone(UTC)


def _moment(words: str, at: datetime, zone: tzinfo | None) -> datetime | None:
    seconds = 0
    if (exact := _SECONDS.fullmatch(words)) is not None:
        words, seconds = exact[1], int(exact[2])
    time = read_time(words)
    if isinstance(time, Span):
        return at + timedelta(seconds=time.seconds if time.signed else -time.seconds)
    time = time and by_the_hour(time)
    if time is None:
        return None
    found = meant(time, Here(at=at, zone=zone), ahead=False).start
    return found and found + timedelta(seconds=seconds)
