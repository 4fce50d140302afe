"""Public holidays as dated overrides; the packages that know them are imported only when asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

Dates = tuple[date, ...]

CHINA = "CN"
"""Mainland China, whose weekends are moved about and so need a source of their own."""


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
    wanted = set(years)
    known = _country(code, wanted)
    for year in sorted(wanted):
        if not known.start_year <= year <= known.end_year:
            raise YearUnknown(code=code, first=known.start_year, last=known.end_year, year=year)
    return _of_years(known, wanted)


def public_days(code: str, years: Iterable[int]) -> tuple[Dates, Dates]:
    """The days off and the make-up workdays that a country's people have in common."""
    wanted = tuple(years)
    return china(wanted) if code == CHINA else (country(code, wanted), ())


def last_year(code: str) -> int:
    """The last year for which `public_days` answers; CountryUnknown where it never does."""
    if code == CHINA:
        from chinese_calendar.constants import holidays

        newest: date = max(holidays)
        return newest.year
    return int(_country(code, ()).end_year)


def _country(code: str, years: Iterable[int]) -> Any:
    from holidays import country_holidays

    name, _, part = code.upper().partition("-")
    try:
        return country_holidays(name, subdiv=part or None, years=set(years))
    except NotImplementedError as error:
        raise CountryUnknown(code=code) from error


def _of_years(days: Iterable[date], years: set[int]) -> Dates:
    return tuple(sorted(day for day in days if day.year in years))
