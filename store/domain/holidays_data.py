"""Public holidays as dated overrides; the packages that know them are imported only when asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Dates = tuple[date, ...]


class CountryUnknown(Refusal):
    """No public holidays are known for this country."""

    sentence = N_("no public holidays are known for {code}; give an ISO code such as DE")


class YearUnknown(Refusal):
    """The public holidays of this year are not published or not known."""

    sentence = N_("the public holidays of {code} are known from {first} to {last}, not for {year}")


def china(years: Iterable[int]) -> tuple[Dates, Dates]:
    """The days off and the make-up workdays of mainland China in some years, in order.

    YearUnknown past the horizon: the State Council publishes one year at a time.
    """
    from chinese_calendar.constants import holidays, workdays

    wanted = set(years)
    first, last = min(holidays).year, max(holidays).year
    for year in sorted(wanted):
        if not first <= year <= last:
            raise YearUnknown(code="CN", first=first, last=last, year=year)
    return _of_years(holidays, wanted), _of_years(workdays, wanted)


def country(code: str, years: Iterable[int]) -> Dates:
    """The public holidays of a country, ISO code or code-subdivision like DE-BY, in order."""
    from holidays import country_holidays

    wanted = set(years)
    name, _, part = code.upper().partition("-")
    try:
        known = country_holidays(name, subdiv=part or None, years=wanted)
    except NotImplementedError as error:
        raise CountryUnknown(code=code) from error
    for year in sorted(wanted):
        if not known.start_year <= year <= known.end_year:
            raise YearUnknown(code=code, first=known.start_year, last=known.end_year, year=year)
    return _of_years(known, wanted)


def with_dates(
    spec: Mapping[str, Any],
    holidays: Iterable[date],
    workdays: Iterable[date] = (),
    hours: Iterable[tuple[str, str]] = (("09:00", "18:00"),),
) -> dict[str, Any]:
    """A calendar's plain data with more days off and make-up workdays, worked at `hours`.

    What the calendar already says about a date stays.
    """
    off = {day.isoformat() for day in holidays} | set(spec.get("holidays") or ())
    made_up = {day.isoformat(): [list(window) for window in hours] for day in workdays}
    return dict(spec) | {
        "holidays": sorted(off),
        "workdays": made_up | dict(spec.get("workdays") or {}),
    }


def _of_years(days: Iterable[date], years: set[int]) -> Dates:
    return tuple(sorted(day for day in days if day.year in years))
