"""`paidan add`: people, places and what they are sent by: a desk can begin empty."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console import cli_add_promised as promised
from console import cli_add_work as work
from console.cli_guard import WrongUsage
from console.cli_help import examples
from console.i18n import _, done_said
from console.zones import zone_here

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.records import Records

_ENTRIES = 1_000
"""Entries whose code or name may hold the code that is looked for."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "add",
        help=_("make a technician, site, customer, operator, calendar and the like"),
        description=_(
            "Make a technician, site, customer, operator, calendar and the like; of one that has"
            " the code already only what is given is changed, and '' clears it."
        ),
        epilog=examples(
            _("paidan add site HQ 'Head office' --zone Asia/Shanghai"),
            _("paidan add technician T91 'Li Wei' --new-skill lift:4 --home HQ"),
            _("paidan add customer ACME 'Acme Ltd' --level standard"),
            _("paidan add operator ana 'Ana Silva'"),
        ),
    )
    kinds: Sub = parser.add_subparsers(
        dest="what", metavar="WHAT", required=True, title=_("what to make")
    )
    skill = _(
        "a skill, and how well from 1 to 5 (3), instead of those there are; +S comes beside them,"
        " -S goes; may be given several times"
    )
    home = _("the code of the site to start from; `paidan list sites` names them")
    technician = _kind(
        kinds,
        "technician",
        _("who goes to the customer"),
        _("paidan add technician T91 'Li Wei' --new-skill lift:4 --new-skill pump"),
    )
    technician.add_argument(
        "--skill", metavar="S[:LEVEL]", action="append", type=work.leveled, help=skill
    )
    new = _("one that this desk does not know yet, and how well; what it knows stays as it is")
    technician.add_argument(
        "--new-skill", metavar="S[:LEVEL]", action="append", type=work.leveled, help=new
    )
    goes = _("the code of a region to go to (all); may be given several times")
    technician.add_argument("--region", metavar="R", action="append", help=goes)
    carries = _("a tool or part that is carried; may be given several times, '' for none")
    technician.add_argument("--carries", metavar="THING", action="append", help=carries)
    technician.add_argument("--home", metavar="SITE", help=home)
    gone = _("does not work here any more; what was done stays")
    technician.add_argument("--gone", action="store_true", help=gone)
    site = _kind(
        kinds,
        "site",
        _("where work is done"),
        _("paidan add site HQ 'Head office' --zone Asia/Shanghai"),
    )
    zone = _("the time zone, such as Asia/Shanghai (a new one: that of this machine)")
    site.add_argument("--zone", metavar="Z", help=zone)
    site.add_argument("--address", metavar="A", help=_("the address"))
    site.add_argument("--region", metavar="R", help=_("the code of the region that it lies in"))
    where = _("its latitude and longitude in degrees, such as 31.23,121.47")
    site.add_argument("--at", dest="place", metavar="LAT,LON", type=work.place, help=where)
    customer = _kind(
        kinds,
        "customer",
        _("who asks for work"),
        _("paidan add customer ACME 'Acme Ltd' --level standard --tier key"),
    )
    customer.add_argument("--phone", metavar="P", help=_("the telephone number"))
    level = _("the code of the service level; `paidan list levels` names them")
    customer.add_argument("--level", metavar="L", help=level)
    customer.add_argument(
        "--tier",
        metavar="T",
        help=_("a word for how much the customer counts, such as key (standard)"),
    )
    asks = _("the code of a technician who is asked for; may be given several times")
    customer.add_argument("--asks-for", metavar="T", action="append", help=asks)
    refuses = _("the code of one who is not wanted, and never sent there")
    customer.add_argument("--refuses", metavar="T", action="append", help=refuses)
    operator = _kind(
        kinds,
        "operator",
        _("who sits at the desk; --as takes the code"),
        _("paidan add operator ana 'Ana Silva'"),
    )
    operator.add_argument("--gone", action="store_true", help=gone)
    promised.add_words(partial(_kind, kinds))
    work.add_region(partial(_kind, kinds))
    work.add_kind(partial(_kind, kinds))
    work.add_papers(partial(_his, kinds))


def _kind(kinds: Sub, word: str, line: str, example: str) -> argparse.ArgumentParser:
    parser = kinds.add_parser(word, help=line, description=line, epilog=examples(example))
    code = _("a short code of your choice; of one that is there already what is given is changed")
    parser.add_argument("code", metavar="CODE", help=code)
    name = _("the name that people read; it may be left out where there is one already")
    parser.add_argument("name", metavar="NAME", nargs="?", help=name)
    parser.add_argument("--name", dest="called", metavar="NAME", help=_("the same"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    return parser


def _his(kinds: Sub, word: str, line: str, example: str) -> argparse.ArgumentParser:
    parser = kinds.add_parser(word, help=line, description=line, epilog=examples(example))
    parser.add_argument("code", metavar="TECHNICIAN", help=_("the technician's code"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    return parser


def run(args: argparse.Namespace, call: Call) -> int:
    """Save it; an absent store is made, as the console makes it."""
    with call.records(create=True) as records:
        if "called" in args:
            promised.read_file(args)
            args.name = _name(args, call, records)
        done = records.do(_command(args), who=call.who(records), at=call.at())
    if args.json:
        call.json({"what": args.what, "code": args.code, "name": args.name})
    else:
        call.print(done_said(done))
    return 0


def _name(args: argparse.Namespace, call: Call, records: Records) -> str:
    """The name that was given, before or behind the code; else the one that is there."""
    from store.queries.people import PeopleNamed

    if args.name is not None and args.called is not None:
        raise WrongUsage(why=_("the name is given twice: write it once, behind the code"))
    given: str | None = args.name if args.called is None else args.called
    if given is not None:
        return given
    if args.what != "kind":
        asked = PeopleNamed(what=args.what, text=args.code, limit=_ENTRIES)
        found = records.ask(asked, who=call.who(records), at=call.at())
        there = next((one.name for one in found if one.code == args.code), None)
        if there is not None:
            return there
    code = "CODE" if " " in args.code else args.code
    said = _("“{given}” is new and has no name yet; write: paidan add {what} {code} 'NAME'")
    raise WrongUsage(why=said.format(what=args.what, given=args.code, code=code))


def _command(args: argparse.Namespace) -> Command:
    from store.commands import operators, places

    code, name = args.code, args.name
    told = work.command(args) or promised.command(args)
    if told is not None:
        return told
    if args.what == "technician":
        return work.technician(args)
    if args.what == "site":
        latitude, longitude = args.place or (None, None)
        return places.SaveSite(
            code=code,
            name=name,
            zone=args.zone,
            usual_zone=zone_here(),
            address=args.address,
            region=args.region,
            latitude=latitude,
            longitude=longitude,
        )
    if args.what == "customer":
        return places.SaveCustomer(
            code=code,
            name=name,
            phone=args.phone,
            level=args.level,
            tier=args.tier,
            asks_for=work.named(args.asks_for),
            refuses=work.named(args.refuses),
        )
    return operators.SaveOperator(code=code, name=name, active=not args.gone)
