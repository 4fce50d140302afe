"""A calendar's plain data with more days in it: days off, make-up workdays, a later horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.calendar import Calendar
from store.domain.calendar_refusals import ShapeWrong
from store.domain.calendar_spec import WEEKDAYS
from store.domain.horizon import year_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

Windows = list[list[str]]
"""The working hours of a day, as plain data."""


def extended(
    spec: Mapping[str, Any],
    *,
    off: Iterable[str] = (),
    worked: Mapping[str, Windows | None] | None = None,
    known_until: str | None = None,
    country: str | None = None,
) -> dict[str, Any]:
    """The calendar with these days; what is given beats what it said of them, and work beats off.

    A day worked without hours of its own has those of the week's first working day. Raises what
    `Calendar.parse` raises.
    """
    before = Calendar.parse(spec).spec()
    days_off = set(off)
    made_up = {day: hours or usual_hours(before, day) for day, hours in (worked or {}).items()}
    kept = {day: hours for day, hours in before["workdays"].items() if day not in days_off}
    after = before | {
        "holidays": [*before["holidays"], *days_off],
        "workdays": kept | made_up,
        "known_until": known_until or before.get("known_until"),
        "country": country or before.get("country"),
    }
    return Calendar.parse(after).spec()


def usual_hours(spec: Mapping[str, Any], day: str) -> Windows:
    """The hours of the week's first working day, for a day that has none of its own."""
    week: Mapping[str, Windows] = spec["week"]
    found = next((week[name] for name in WEEKDAYS if name in week), None)
    if found is None:
        raise ShapeWrong(where=day, found="[]", right='windows such as [["09:00", "18:00"]]')
    return found


def is_named(spec: Mapping[str, Any], day: str) -> bool:
    """Whether the calendar says something of its own about a date."""
    return day in (spec.get("holidays") or ()) or day in (spec.get("workdays") or {})


def years_wanted(known_until: date | None, *, year: int, through: int | None, last: int) -> range:
    """The years whose holidays a calendar wants: those it does not know, from this year on.

    Through the year that is asked for; else through the next year, or the last that is known.
    """
    first = year if known_until is None else year_after(known_until)
    return range(first, (min(year + 1, last) if through is None else through) + 1)
