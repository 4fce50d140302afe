"""`paidan baseline`: days of one's own that outcomes are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_deeds import add_deeds
from console.cli_help import examples
from console.cli_kpi import day
from console.i18n import _, tell

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.queries.packs import BaselineLine

_DIGITS = 9


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "baseline",
        help=_("freeze days of your own that outcomes are held against"),
        description=_(
            "Freeze every figure of some days that are over, with its interval; one baseline counts"
            " at a time, those before it are kept. Figures of other days are held against it with"
            " paidan kpi --against baseline, on the dashboard and in each review: better or worse"
            " is said only where the interval of the change leaves no doubt, and what else changed"
            " (season, crew, kinds of work) is said beside it. What published cases claim stands"
            " apart and is reckoned with nowhere."
        ),
        epilog=examples(
            "paidan baseline",
            "paidan baseline list --json",
            "paidan baseline claims",
        ),
    )
    deeds = {
        "show": _("NUMBER: one baseline with its figures; the one that counts (the default)"),
        "list": _("all of them"),
        "freeze": _("NAME: the days from --from to --to, both of them included"),
        "use": _("NUMBER: one that was frozen before counts again"),
        "claims": _("what published cases claim, with where it is from"),
    }
    add_deeds(parser, deeds, usual="show")
    parser.add_argument("what", nargs="?", metavar="WHAT", help=_("a number, or a name"))
    parser.add_argument("--from", dest="first", metavar="DAY", type=day, help=_("the first day"))
    parser.add_argument(
        "--to", dest="last", metavar="DAY", type=day, help=_("the last day, which counts")
    )
    parser.add_argument(
        "--zone", metavar="ZONE", help=_("where days begin, such as Asia/Shanghai (as here)")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or freeze and say so."""
    if args.deed == "freeze":
        return _freeze(args, call)
    if args.first or args.last or args.zone:
        raise _wrong(_("only freeze takes days"))
    if args.deed == "claims":
        return _claims(args, call)
    if args.deed == "use":
        return _use(args, call)
    return _list(args, call) if args.deed == "list" else _show(args, call)


def _freeze(args: argparse.Namespace, call: Call) -> int:
    from console.zones import zone_here
    from store.commands.baselines import FreezeBaseline

    if not args.what or args.first is None or args.last is None:
        raise _wrong(_("name the baseline, the first day (--from) and the last (--to)"))
    days = {"first": args.first.isoformat(), "last": args.last.isoformat()}
    return call.do(FreezeBaseline(name=args.what, zone=args.zone or zone_here(), **days))


def _use(args: argparse.Namespace, call: Call) -> int:
    from store.commands.baselines import UseBaseline

    return call.do(UseBaseline(baseline=_number(args.what)))


def _number(what: str | None) -> int:
    if what is None or not (what.isascii() and what.isdecimal() and len(what) <= _DIGITS):
        raise _wrong(_("name a baseline by its number"))
    return int(what)


def _list(args: argparse.Namespace, call: Call) -> int:
    from store.queries.packs import ListBaselines

    with call.records() as records:
        found = records.ask(ListBaselines(), who=call.who(records), at=call.at())
    if args.json:
        call.json([plain_line(line) for line in found])
        return 0
    heads = (_("no."), _("name"), _("first day"), _("last day"), _("frozen"), _("by"), _("counts"))
    rows = []
    for line in found:
        days = (line.first.isoformat(), line.last.isoformat(), f"{line.frozen_at:%Y-%m-%d}")
        counts = _("yes") if line.active else ""
        rows.append([str(line.id), line.name, *days, line.frozen_by, counts])
    call.table(heads, rows)
    return 0


def plain_line(line: BaselineLine) -> dict[str, Any]:
    """A baseline as plain data, without its figures."""
    names = ("id", "name", "zone", "frozen_at", "frozen_by", "active")
    days = {"first": line.first.isoformat(), "last": line.last.isoformat()}
    return {name: getattr(line, name) for name in names} | days


def _show(args: argparse.Namespace, call: Call) -> int:
    from console.figure_words import label_said, value_said
    from console.render_baseline import lies_between
    from store.domain.kpi.baseline import BaselineUnknown, NoBaseline
    from store.domain.kpi.table import KPIS
    from store.queries.packs import ShowBaseline
    from store.queries.period_json import period_plain

    which = None if args.what is None else _number(args.what)
    with call.records() as records:
        query = ShowBaseline(baseline=which)
        line = records.ask(query, who=call.who(records), at=call.at())
    if line is None or line.period is None:
        if which is not None and line is None:
            raise BaselineUnknown(number=which)
        if args.json:
            call.json(None)
        else:
            call.say(tell(NoBaseline()))
        return 0
    if args.json:
        call.json(plain_line(line) | {"period": period_plain(line.period)})
        return 0
    about = _("Baseline “{name}”: {first} to {last}, frozen {day}.")
    day_ = f"{line.frozen_at:%Y-%m-%d}"
    call.print(about.format(name=line.name, first=line.first, last=line.last, day=day_))
    heads = (_("indicator"), _("value"), "n", _("between"), _("name"))
    rows = []
    for name, one in line.period.figures.items():
        if name in KPIS:
            told = (value_said(one), str(one.n), lies_between(one))
            rows.append([label_said(one), *told, name])
    call.table(heads, rows)
    return 0


def _claims(args: argparse.Namespace, call: Call) -> int:
    from console import page
    from console.render_baseline import claims_section, plain_claims

    if args.json:
        call.json(plain_claims())
        return 0
    for line in page.made("text", "", [claims_section(None)], out=None, at=call.at()):
        call.print(line)
    return 0


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
