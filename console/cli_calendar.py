"""`paidan calendar`: what a calendar says, and more holidays and make-up workdays for it."""

from __future__ import annotations

import argparse
import re
import shlex
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _, done_said
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.commands.promises import ExtendCalendar
    from store.queries.calendars import CalendarLine

Worked = tuple[str, list[list[str]] | None]
"""A day that is worked, and its hours; None for those of a usual working day."""

Taken = tuple[list[str], dict[str, Any], str | None]
"""Days off, days worked, and until when they are all."""

MOST_DAYS = 366
"""No holiday is longer than a year, in days."""

_COUNTRY = re.compile(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{1,4})?")


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "calendar",
        help=_("show a calendar, and tell it of more holidays"),
        description=_(
            "Show a calendar, or tell it of more holidays and make-up workdays, from what is known"
            " of a country or by hand. The deadlines of open orders are computed anew."
        ),
        epilog=examples(
            "paidan calendar office",
            "paidan calendar office --country CN",
            "paidan calendar 24x7 --country DE --extend 2030",
            "paidan calendar office --off 2027-02-05..2027-02-11 --work 2027-02-20"
            " --known-until 2027-12-31",
        ),
    )
    code = _("the calendar's code; `paidan list calendars` names them")
    parser.add_argument("code", metavar="CODE", help=code)
    parser.add_argument(
        "--extend",
        metavar="YEAR",
        type=_year,
        help=_("take the public holidays up to the end of this year"),
    )
    parser.add_argument(
        "--country",
        metavar="CC",
        type=_country,
        help=_("whose public holidays: CN with its make-up workdays, DE, DE-BY ..."),
    )
    parser.add_argument(
        "--off",
        metavar="DAY[..DAY]",
        type=_days,
        action="append",
        default=[],
        help=_("days on which nobody works"),
    )
    parser.add_argument(
        "--work",
        metavar="DAY[=HOURS]",
        type=_worked,
        action="append",
        default=[],
        help=_("a day that is worked all the same, with its hours if not the usual ones"),
    )
    parser.add_argument(
        "--known-until",
        metavar="DAY",
        type=_day,
        help=_("the last day of which all holidays are known; an alarm comes before it"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Change it if anything is given, and show it as it is then."""
    from store.queries.calendars import CalendarNamed

    asked = CalendarNamed(code=args.code)
    with call.records() as records:
        who = call.who(records)
        found = records.ask(asked, who=who, at=call.at())
        command = _command(args, found, call)
        if command is not None:
            done = records.do(command, who=who, at=call.at())
            call.say(done_said(done))
            found = records.ask(asked, who=who, at=call.at())
    if args.json:
        from console.cli_plain import plain

        call.json(plain(found))
        return 0
    for line in _told(found):
        call.print(line)
    return 0


def _command(args: argparse.Namespace, found: CalendarLine, call: Call) -> ExtendCalendar | None:
    """What is taken of a country, and what is given by hand, which beats it."""
    from store.commands.promises import ExtendCalendar

    off: list[str] = []
    worked: dict[str, Any] = {}
    until: str | None = None
    if args.country is not None or args.extend is not None:
        off, worked, until = _taken(args, found, call)
    off += [day for days in args.off for day in days]
    worked = {day: hours for day, hours in worked.items() if day not in off} | dict(args.work)
    until = args.known_until or until
    country = args.country if args.country != found.country else None
    if not (off or worked or until or country):
        return None
    return ExtendCalendar(
        code=found.code, off=tuple(off), worked=worked, known_until=until, country=country
    )


def _taken(args: argparse.Namespace, found: CalendarLine, call: Call) -> Taken:
    """What is known of a country, for the years that the calendar does not know yet."""
    from store.domain.calendar_edits import is_named, years_wanted
    from store.domain.holidays_data import YearUnknown, last_year, public_days

    country = args.country or found.country
    if country is None:
        raise _nobodys(found.code)
    known = found.known_until if country == found.country else None
    last = last_year(country)
    years = years_wanted(known, year=call.at().year, through=args.extend, last=last)
    if not years and known is None:
        raise _past(args.extend)
    if not years:
        call.say(_("nothing new: the holidays are known until {day}").format(day=known))
        return [], {}, None
    try:
        off, worked = public_days(country, years)
    except YearUnknown:
        call.say(_by_hand(found.code, years[-1]))
        raise
    days, made_up = map(date.isoformat, off), map(date.isoformat, worked)
    until = f"{years[-1]}-12-31"
    # What was said by hand holds; how far another country was known says nothing of this one.
    by_hand = found.spec.get("known_until", until) if found.country is None else until
    return (
        [day for day in days if not is_named(found.spec, day)],
        {day: None for day in made_up if not is_named(found.spec, day)},
        max(until, by_hand),
    )


def _nobodys(code: str) -> BadInput:
    return BadInput(
        where=code,
        wrong=N_("it does not say whose public holidays it keeps"),
        right=N_("add --country, such as --country CN, or give the days with --off and --work"),
    )


def _past(year: int) -> BadInput:
    return BadInput(
        where="--extend",
        wrong=N_("{year} is over").format(year=year),
        right=N_("give this year or a later one"),
    )


def _by_hand(code: str, year: int) -> str:
    """What to type where no package knows a year yet, as before the State Council's notice."""
    said = _("once they are published: {command}")
    days = f"--off DAY..DAY --work DAY --known-until {year}-12-31"
    return said.format(command=f"paidan calendar {shlex.quote(code)} {days}")


def _told(line: CalendarLine) -> Iterator[str]:
    from console.render_calendar import hours_said

    yield f"{line.code}  {_(line.name)}"
    until = str(line.known_until or _("no holidays are named"))
    for label, value in (
        (_("zone"), line.zone),
        *hours_said(line.spec),
        (_("holidays"), str(line.holidays)),
        (_("days with hours of their own"), str(line.workdays)),
        (_("holidays of"), line.country or ""),
        (_("holidays known until"), until),
        (_("service levels"), _(", ").join(line.levels)),
    ):
        if value:
            yield "  " + _("{what}: {about}").format(what=label, about=value)


def _year(text: str) -> int:
    if not re.fullmatch("[12][0-9]{3}", text):
        raise argparse.ArgumentTypeError(_("{text} is not a year such as 2027").format(text=text))
    return int(text)


def _country(text: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise argparse.ArgumentTypeError(_("{code} is no country's code").format(code=text))
    return text.upper()


def _day(text: str) -> str:
    return _date(text).isoformat()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong = _("{text} is not a day such as 2027-10-01").format(text=text)
        raise argparse.ArgumentTypeError(wrong) from None


def _days(text: str) -> list[str]:
    """A day, or all from one to another."""
    first, _dots, last = text.partition("..")
    begins = _date(first)
    count = (_date(last or first) - begins).days + 1
    if not 1 <= count <= MOST_DAYS:
        wrong = _("{days} must be 1 to {most} days").format(days=text, most=MOST_DAYS)
        raise argparse.ArgumentTypeError(wrong)
    return [(begins + timedelta(days=day)).isoformat() for day in range(count)]


def _worked(text: str) -> Worked:
    """A day, and its windows written as 09:00-12:00,13:00-18:00."""
    day, _sign, hours = text.partition("=")
    windows = [window.split("-") for window in hours.split(",")] if hours else None
    return _day(day), windows
