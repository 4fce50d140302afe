"""What is said of a calendar: its hours, that its holidays run out, how to mend it; pure."""

from __future__ import annotations

import shlex
from itertools import groupby
from typing import TYPE_CHECKING, Any

from console.i18n import _
from store.domain.calendar_spec import WEEKDAYS
from store.domain.horizon import RUNGS, year_after
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.queries.alarms import AlarmLine

DAYS: Mapping[str, str] = {
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
    "sat": N_("Saturday"),
    "sun": N_("Sunday"),
}


def horizon_said(alarm: AlarmLine) -> str:
    """Which calendar, and until when it is known."""
    over = alarm.level >= len(RUNGS)
    said = (
        _("{code}: holidays unknown after {day}") if over else _("{code}: holidays known to {day}")
    )
    return said.format(code=alarm.calendar, day=alarm.known_until)


def mend_said(alarm: AlarmLine) -> str:
    """The command that makes it reach further; a code from outside is quoted for the shell."""
    assert alarm.known_until is not None
    code = shlex.quote(alarm.calendar or "")
    return f"paidan calendar {code} --extend {year_after(alarm.known_until)}"


def hours_said(spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The working week, days of the same hours drawn together: a name of days, and their hours."""
    for hours, days in groupby(WEEKDAYS, key=spec.get("week", {}).get):
        if hours:
            names = [_(DAYS[day]) for day in days]
            ends = dict.fromkeys((names[0], names[-1]))
            yield " – ".join(ends), _(", ").join(" – ".join(window) for window in hours)
