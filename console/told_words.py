"""Reads what an operator tells of an order's work: 20h, 2, 14:00-16:00; what it means is plain.

What is read is a number or a text, so that a draft keeps it on disk as it keeps a name.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from console.measures import measured
from console.render_time import here
from console.whens import is_skipped, names_a_day, parse_when
from store.domain.dispatch.figures import Unit
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

_MINUTE: Final = 60
_CREW: Final = re.compile(r"[x×]?([1-9])(?:人|people|persons?)?", re.IGNORECASE)
_WINDOW: Final = re.compile(
    r"(?P<first>.*?\d[:.：]\d\d)\s*(?:[-–~—～到至]|to\b|until\b)\s*(?P<last>.+)", re.IGNORECASE
)
_HOURS: Final = re.compile(r"\d{1,2}\s*[-–—]\s*\d{1,2}")
_WHOLE: Final = re.compile(
    r"(?P<day>.*[^\d\s]|.*\S(?=\s))\s*(?P<first>\d{1,2})[点时]?\s*[-–~—～到至]\s*(?P<last>\d{1,2})[点时]?"
)
"""Whole hours of a day that is named before them: tomorrow 9-11."""
_BETWEEN: Final = "/"
_OVER_NIGHT: Final = timedelta(hours=12)
"""No window is longer, by the clock on the wall, whose end has no day of its own: then its ends
were mixed up."""


class TurnedRound(BadInput):
    """A window that ends before it begins, also because the clock skips its beginning."""


def parse_takes(text: str) -> int:
    """How many seconds the work takes; BadInput for what is no span of time."""
    minutes = measured(Unit.MINUTES, text)
    if not minutes:
        raise BadInput(
            where=N_("how long the work takes"),
            wrong=N_("“{text}” is no span of time").format(text=text.strip()),
            right=N_("write 90, 1h30, 20h or 2d"),
        )
    return minutes * _MINUTE


def parse_crew(text: str) -> int:
    """How many people it takes."""
    found = _CREW.fullmatch("".join(text.split()))
    if found is None:
        raise BadInput(
            where=N_("how many people it takes"),
            wrong=N_("“{text}” is none").format(text=text.strip()),
            right=N_("write 1 to 9"),
        )
    return int(found[1])


def parse_appointment(text: str, *, at: datetime, zone: tzinfo | None) -> str:
    """The moment or the window that the customer is promised, as `window_of` reads it.

    The zone is that of his clock. An end without a day of its own may be past midnight. Of `9-11`,
    which elsewhere is a day of the year, nobody means that here.
    """
    if _HOURS.fullmatch(text.strip()):
        raise BadInput(
            where=N_("appointment"),
            wrong=N_("“{text}” is not a time").format(text=text.strip()),
            right=N_("write 14:00, or 14:00-16:00"),
        )
    found = _WINDOW.fullmatch(_with_minutes(text.strip()))
    if found is None:
        return parse_when(text, at=at, zone=zone).isoformat()
    begins = parse_when(found["first"], at=at, zone=zone)
    named = names_a_day(found["last"])
    ends = parse_when(found["last"], at=at if named else begins, zone=zone)
    if ends <= begins or (not named and _on_the_wall(begins, ends, zone) > _OVER_NIGHT):
        _check_skipped(found["first"], begins, zone)
        raise TurnedRound(
            where=N_("appointment"),
            wrong=N_("“{text}” ends before it begins").format(text=text.strip()),
            right=N_("write 14:00-16:00, or name the day of its end: 22:00-tomorrow 10:30"),
        )
    return f"{begins.isoformat()}{_BETWEEN}{ends.isoformat()}"


def _on_the_wall(begins: datetime, ends: datetime, zone: tzinfo | None) -> timedelta:
    """How long it is by the clock: a night with an hour more, or less, is as long as any other."""
    first, last = (here(end, zone).replace(tzinfo=None) for end in (begins, ends))
    return last - first


def _check_skipped(text: str, begins: datetime, zone: tzinfo | None) -> None:
    """Say so where it begins when the clock is set forward: taken for later, it ended before."""
    shown = here(begins, zone)
    if not is_skipped(text, shown):
        return
    raise TurnedRound(
        where=N_("appointment"),
        wrong=N_("the clock skips “{text}”").format(text=text.strip()),
        right=N_("it shows {time} then; write times that it shows").format(
            time=f"{shown:%m-%d %H:%M}"
        ),
    )


def _with_minutes(text: str) -> str:
    """Whole hours behind a day as times; all else as it is."""
    found = _WHOLE.fullmatch(text)
    if found is None or not names_a_day(f"{found['day']} 9:00"):
        return text
    return f"{found['day']} {found['first']}:00-{found['last']}:00"


def window_of(kept: str) -> tuple[datetime | None, datetime | None]:
    """From when and until when; nothing for no appointment."""
    if not kept:
        return None, None
    begins, _sign, ends = kept.partition(_BETWEEN)
    return datetime.fromisoformat(begins), datetime.fromisoformat(ends) if ends else None


def told_fields(told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an order that some answers tell; of what is not among them nothing is said."""
    fields: dict[str, Any] = {}
    if "takes" in told:
        fields["takes_s"] = told["takes"] or None
    if "crew" in told:
        fields["crew"] = told["crew"] or 1
    if "appointment" in told:
        begins, ends = window_of(told["appointment"])
        fields |= {"appointment_at": begins, "appointment_to": ends}
    return fields
