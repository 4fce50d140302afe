"""`paidan add` for what dispatch heeds: regions, kinds of work, certificates, shifts, absences."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from console.cli_guard import WrongUsage
from console.cli_parser import whole
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.intents import Command

    Maker = Callable[[str, str, str], argparse.ArgumentParser]
    """A word, what it is for, an example."""

USUAL_LEVEL = 3
_LAST = time(23, 59, 59)
_PLACE = re.compile(r"(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)")


def add_region(kind: Maker) -> None:
    """Put in the words of a region."""
    kind("region", _("what sites lie in"), "paidan add region WEST 'West side'")


def add_kind(kind: Maker) -> None:
    """Put in the words of a kind of work."""
    parser = kind(
        "kind",
        _("what orders of a kind take: a skill, a certificate"),
        "paidan add kind trapped 'People trapped' --skill lift:4 --certificate 'Lift rescue'",
    )
    skill = _("the skill that it takes, and how well from 1 to 5 (3); '' for none")
    parser.add_argument("--skill", metavar="S[:LEVEL]", type=leveled, help=skill)
    paper = _("the name of the certificate that it takes; '' for none")
    parser.add_argument("--certificate", metavar="C", help=paper)


def add_papers(timed: Maker) -> None:
    """Put in the words of certificates, shifts and absences, which are a technician's."""
    parser = timed(
        "certificate",
        _("a technician's certificate"),
        "paidan add certificate T01 'Lift rescue' --until 2027-06-30",
    )
    parser.add_argument("name", metavar="NAME", help=_("the name that people read"))
    until = _("until when it holds, such as 2027-06-30, that day included (for ever)")
    parser.add_argument("--until", metavar="TIME", type=last_moment, help=until)
    shift = timed(
        "shift",
        _("when a technician works"),
        "paidan add shift T01 2026-11-27T08:00 2026-11-27T17:00",
    )
    absence = timed(
        "absence",
        _("when a technician is away"),
        "paidan add absence T01 2026-12-01 2026-12-08 --reason 'on leave'",
    )
    for one in (shift, absence):
        one.set_defaults(name="")
        begins = _("when it begins, such as 2026-11-27T08:00, by the clock of this machine")
        some = "?" if one is absence else None
        one.add_argument("begins", metavar="FROM", nargs=some, type=moment, help=begins)
        one.add_argument("ends", metavar="TO", nargs=some, type=moment, help=_("when it ends"))
    absence.add_argument("--back", action="store_true", help=_("they are back: it is over now"))
    absence.add_argument("--reason", metavar="R", default="", help=_("why"))


def command(args: argparse.Namespace) -> Command | None:
    """What the words mean; None where they are not of these."""
    from store.commands import kinds, people, places

    if args.what == "region":
        return places.SaveRegion(code=args.code, name=args.name)
    if args.what == "kind":
        skill, level = args.skill or (None, None)
        return kinds.SaveKind(
            code=args.code,
            name=args.name,
            skill=skill,
            level=level,
            certificate=args.certificate,
        )
    if args.what == "certificate":
        return people.SaveCertificate(technician=args.code, name=args.name, expires_at=args.until)
    if args.what == "shift":
        return people.SaveShift(technician=args.code, starts_at=args.begins, ends_at=args.ends)
    if args.what == "absence":
        return _absence(args)
    return None


def _absence(args: argparse.Namespace) -> Command:
    """One that is kept, or that is over: with --back the one at hand, or which begins then."""
    from store.commands import people

    if args.back:
        if args.ends is not None:
            raise WrongUsage(why=_("--back ends it now: write no TO"))
        return people.EndAbsence(technician=args.code, starts_at=args.begins)
    if args.begins is None or args.ends is None:
        raise WrongUsage(why=_("write from when until when, or --back for who is back"))
    return people.SaveAbsence(
        technician=args.code, starts_at=args.begins, ends_at=args.ends, reason=args.reason
    )


def technician(args: argparse.Namespace) -> Command:
    """A technician; what has a + or - before it comes beside what there is, or goes."""
    from store.commands import people

    skills, learns, forgets = signed(args.skill, "--skill")
    regions, more_regions, fewer_regions = signed(pairs(args.region), "--region")
    carries, more_things, fewer_things = signed(pairs(args.carries), "--carries")
    new = dict(args.new_skill or ())
    more = {"skills": learns | new, "regions": tuple(more_regions), "carries": tuple(more_things)}
    return people.SaveTechnician(
        code=args.code,
        name=args.name,
        skills=skills,
        home=args.home,
        active=not args.gone,
        regions=None if regions is None else tuple(one for one in regions if one),
        carries=None if carries is None else tuple(one for one in carries if one),
        more={name: some for name, some in more.items() if some},
        fewer={
            name: some
            for name, some in (
                ("skills", forgets),
                ("regions", fewer_regions),
                ("carries", fewer_things),
            )
            if some
        },
        makes=tuple(new),
    )


def pairs(given: list[str] | None) -> list[tuple[str, int]] | None:
    """Names as signed ones are read, which have no level."""
    return None if given is None else [(one, 0) for one in given]


def signed(
    given: list[tuple[str, int]] | None, flag: str
) -> tuple[dict[str, int] | None, dict[str, int], tuple[str, ...]]:
    """What takes the place of all there is, what comes beside it, and what goes."""
    if given is None:
        return None, {}, ()
    more = {name[1:]: level for name, level in given if name.startswith("+")}
    fewer = tuple(name[1:] for name, _level in given if name.startswith("-"))
    whole = {name: level for name, level in given if not name.startswith(("+", "-"))}
    if whole and (more or fewer):
        said = _("{flag}: write a + or - before each of them, or before none")
        raise WrongUsage(why=said.format(flag=flag))
    return (None, more, fewer) if more or fewer else (whole, {}, ())


def named(given: list[str] | None) -> tuple[str, ...] | None:
    """Those that were named; an empty name alone means none of them, and nothing leaves them."""
    return None if given is None else tuple(one for one in given if one)


def leveled(text: str) -> tuple[str, int]:
    """The type of a skill with its level."""
    code, colon, level = text.rpartition(":")
    return (code, whole(level)) if colon else (text, USUAL_LEVEL)


def moment(text: str) -> datetime:
    """The type of a time; without a zone it is this machine's."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        said = _("{text} is no time; write 2026-11-27 or 2026-11-27T08:00").format(text=text)
        raise argparse.ArgumentTypeError(said) from None


def last_moment(text: str) -> datetime:
    """The type of the end of something that holds: a day alone is over when its last second is."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return moment(text)
    return moment(datetime.combine(day, _LAST).isoformat())


def place(text: str) -> tuple[float, float]:
    """The type of a position."""
    found = _PLACE.fullmatch(text.strip())
    if found is None:
        said = _("{text} is no position; write 31.23,121.47").format(text=text)
        raise argparse.ArgumentTypeError(said)
    return float(found[1]), float(found[2])
