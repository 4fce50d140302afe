"""`paidan add` for what promises are counted by: calendars and service levels."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.i18n import _
from console.zones import zone_here
from store.domain.calendar_spec import WEEKDAYS
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.commands.promises import SaveCalendar, SaveLevel
    from store.domain.intents import Command

    Maker = Callable[[str, str, str], argparse.ArgumentParser]
    """A word, what it is for, an example."""

    Hours = dict[str, list[list[str]]]
    """Some weekdays, and the windows of each."""

_DAYS: Final = re.compile("([a-z]{3,})(?:-([a-z]{3,}))?")
_ALL: Final = "all"
_UNDER: Final = {"calendar": "spec", "level": "policy"}
"""Where in what `paidan list --json` prints that stands which `--file` takes."""
_RIGHT: Final = {
    "calendar": N_("give a file with a calendar as JSON"),
    "level": N_("give a file with the promises as JSON"),
}


def add_words(kind: Maker) -> None:
    """Put in the words of a calendar and of a service level."""
    calendar = kind(
        "calendar",
        _("working hours that deadlines are counted by"),
        _("""\
paidan add calendar office 'Office hours' --hours mon-fri=08:00-20:00 --hours sat=09:00-12:00
paidan add calendar night 'Round the clock' --hours all=00:00-24:00"""),
    )
    told = calendar.add_mutually_exclusive_group(required=True)
    week = _(
        "its week: days and their hours, such as mon-fri=09:00-12:00,13:00-18:00 or"
        " all=00:00-24:00; may be given several times, and what is not named is off"
    )
    told.add_argument("--hours", metavar="DAYS=HOURS", action="append", type=hours, help=week)
    spec = _(
        "all of it as JSON, written as in `paidan clock --help`, or what"
        " `paidan list calendars --json` prints; - reads standard input"
    )
    told.add_argument("--file", metavar="F", help=spec)
    zone = _("the time zone of --hours (as it was; a new one: that of this machine)")
    calendar.add_argument("--zone", metavar="Z", help=zone)
    level = kind(
        "level",
        _("how soon customers are promised what, and by which calendar"),
        "paidan add level standard Standard --calendar 24x7",
    )
    by = _("the code of the calendar that its clocks run by; `paidan list calendars` names them")
    level.add_argument("--calendar", metavar="C", help=by)
    policy = _(
        "its promises as JSON: what `paidan list levels --json` prints, or what stands there under"
        " policy; - reads standard input (a new level: those of the first one)"
    )
    level.add_argument("--file", metavar="F", help=policy)


def read_file(args: argparse.Namespace) -> None:
    """Take from the file what `paidan list --json` printed there, as far as no word says other.

    Of a list the entry with this code is meant; what is no entry is the promises or hours alone.
    """
    path, under = getattr(args, "file", None), _UNDER.get(args.what)
    if path is None or under is None:
        return
    told = _told(path, _RIGHT[args.what])
    if isinstance(told, list) and told and all(map(_code, told)):
        told = next((one for one in told if _code(one) == args.code), {})
        if not told:
            wrong = N_("tells of none with the code {code}").format(code=args.code)
            raise BadInput(where=path, wrong=wrong, right=_RIGHT[args.what])
    if isinstance(told, dict) and under in told:
        named = args.name is not None or args.called is not None
        for name in ("calendar",) if named else ("name", "calendar"):
            if getattr(args, name, "") is None and isinstance(told.get(name), str):
                setattr(args, name, told[name])
        told = told[under]
    if told is None:
        raise BadInput(where=path, wrong=N_("nothing is said"), right=_RIGHT[args.what])
    args.told = told


def _code(line: Any) -> Any:
    return line.get("code") if isinstance(line, dict) else None


def command(args: argparse.Namespace) -> Command | None:
    """What the words mean; None where they are not of these."""
    if args.what == "calendar":
        return _calendar(args)
    return _level(args) if args.what == "level" else None


def _calendar(args: argparse.Namespace) -> SaveCalendar:
    from store.commands.promises import SaveCalendar

    code, name = args.code, args.name
    if args.file is not None:
        return SaveCalendar(code=code, name=name, spec=args.told)
    week = {day: windows for given in args.hours for day, windows in given.items()}
    return SaveCalendar(code=code, name=name, week=week, zone=args.zone, usual_zone=zone_here())


def _level(args: argparse.Namespace) -> SaveLevel:
    from store.commands.promises import SaveLevel

    policy = None if args.file is None else args.told
    return SaveLevel(code=args.code, name=args.name, calendar=args.calendar, policy=policy)


def hours(text: str) -> Hours:
    """The type of some days with their hours; whether these are times is for the store to tell."""
    days, sign, windows = text.partition("=")
    found = _DAYS.fullmatch(days.strip().lower())
    if found is None or not sign or not windows.strip():
        raise argparse.ArgumentTypeError(_unclear(text))
    first, last = found[1], found[2] or found[1]
    if days.strip().lower() == _ALL:
        first, last = WEEKDAYS[0], WEEKDAYS[-1]
    if first not in WEEKDAYS or last not in WEEKDAYS:
        raise argparse.ArgumentTypeError(_unclear(text))
    begins, ends = WEEKDAYS.index(first), WEEKDAYS.index(last)
    named = [*WEEKDAYS, *WEEKDAYS][begins : ends + 1 if ends >= begins else ends + 8]
    each = [[_clock(end) for end in window.split("-")] for window in windows.split(",")]
    if any(len(window) != 2 for window in each):
        raise argparse.ArgumentTypeError(_unclear(text))
    return dict.fromkeys(named, each)


def _clock(text: str) -> str:
    """9:00 as 09:00, which is how calendars are written."""
    said = text.strip()
    return said.zfill(5) if said[1:2] == ":" else said


def _unclear(text: str) -> str:
    said = _("{text} is no week; write mon-fri=09:00-18:00, sat=09:00-12:00 or all=00:00-24:00")
    return said.format(text=text)


def _told(path: str, right: str) -> Any:
    """What the file says; whether it is one of those is for the store to tell."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
        return json.loads(text, parse_constant=str)
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(where=path, wrong=why(error), right=right) from error
