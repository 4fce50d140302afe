"""`paidan drill`: real days, faster than life, under several rules of dispatch."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from console import commands_drill_play, commands_drill_records
from console.cli_help import examples
from console.cli_parser import between
from console.i18n import _
from console.page import FORMATS
from store import clock
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.drill.compare import Setting

_DEEDS = {"play": commands_drill_play, "records": commands_drill_records}
_MOST_RUNS, _MOST_CREW, _MOST_CALLS, _MOST_STORM = 1_000, 1_000, 100_000, 10_000


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "drill",
        help=_("rehearse real days under several rules of dispatch, and report"),
        description=_(
            "Real days are run faster than life: the same calls, people, work and waits under"
            " first come first served, earliest due, and weight with deadline and travel. The"
            " report says what may be claimed, which figures are measured and which assumed, and"
            " how far the result moves under others. No store is needed or touched; the same seed"
            " gives the same report."
        ),
        epilog=examples(
            "paidan drill --runs 2 --quick",
            "paidan drill --runs 2 --quick --storm 40 --ill 3 --format html --out drill.html",
            "paidan drill --runs 2 --quick --crew 30 --overrun 20 --claim 10 --department 10",
            "paidan drill --runs 2 --quick --set first_fix=0.7 --set hours_p1=2 --json",
        ),
    )
    parser.add_argument(
        "--calls",
        metavar="FILE",
        help=_("CSV with opened, latitude, longitude, trade, priority (the sample's real days)"),
    )
    parser.add_argument(
        "--crew", type=between(1, _MOST_CREW), default=34, metavar="N", help=_("technicians (34)")
    )
    parser.add_argument(
        "--calls-a-week",
        type=between(1, _MOST_CALLS),
        default=860,
        metavar="N",
        help=_("how many of the calls, drawn by chance (860)"),
    )
    parser.add_argument(
        "--runs", type=between(1, _MOST_RUNS), default=12, metavar="N", help=_("paired runs (12)")
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("the dice's seed (1)"))
    parser.add_argument(
        "--set",
        type=_figure,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=_("another figure; the report lists them all"),
    )
    parser.add_argument(
        "--storm",
        type=between(0, _MOST_STORM),
        default=0,
        metavar="N",
        help=_("urgent calls in an hour"),
    )
    parser.add_argument(
        "--ill",
        type=between(0, _MOST_CREW),
        default=0,
        metavar="N",
        help=_("people away for a day"),
    )
    parser.add_argument("--down", action="store_true", help=_("the system is down for 20 minutes"))
    for name, said in (
        ("--overrun", _("orders of that day at which work takes thrice as long")),
        ("--claim", _("orders of that day at which the customer changes what he wants")),
        ("--department", _("orders of that day for which another department is asked")),
    ):
        most = between(0, _MOST_STORM)
        parser.add_argument(name, type=most, default=0, metavar="N", help=said)
    parser.add_argument("--quick", action="store_true", help=_("without the other figures"))
    parser.add_argument("--format", choices=FORMATS, help=_("text on a terminal, else md"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("write to a new file"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    deeds: Sub = parser.add_subparsers(
        dest="deed", metavar="WHAT", title=_("what else there is to do")
    )
    for one in _DEEDS.values():
        one.add_parser(deeds)


def run(args: argparse.Namespace, call: Call) -> int:
    """Have a drill played; or rehearse, and print or write the report."""
    if args.deed in _DEEDS:
        return int(_DEEDS[args.deed].run(args, call))
    from console import page, report_drill
    from console.json_text import json_text
    from console.new_file import check_new, write_new
    from store.domain.drill.compare import otherwise, played

    if args.out is not None:
        check_new(args.out)  # before minutes are spent on what has no place
    setting = _setting(args)
    tick = _progress(setting, quick=args.quick)
    runs = played(setting, tick)
    others = {} if args.quick else otherwise(setting, tick)
    if args.json or args.format == "json":
        told = report_drill.plain(setting, runs, others)
        if args.out is None:
            call.json(told)
            return 0
        lines = [json_text(told, indent=2)]
    else:
        parts = report_drill.sections(setting, runs, others)
        title, at = report_drill.title(), call.at()
        lines = page.made(args.format, title, parts, out=args.out, at=at)
    if args.out is None:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    else:
        write_new(args.out, lines)
        call.say(_("written to {path}").format(path=args.out))
    return 0


def _setting(args: argparse.Namespace) -> Setting:
    from store.domain.drill.assumed import Assumed, changed
    from store.domain.drill.compare import Setting, Shocks

    if args.calls is None:
        from console.demo.drill_days import sample_calls

        calls = sample_calls()
    else:
        from console.intake.calls_file import read_calls

        calls = read_calls(args.calls)
    single = {name: getattr(args, name) for name in ("overrun", "claim", "department")}
    shocks = Shocks(storm=args.storm, ill=args.ill, down=args.down, **single)
    if shocks != Shocks() and calls[-1].at < shocks.at():
        wrong = N_("these days are over before anything goes wrong")
        right = N_("give calls of two days or more, or no shocks")
        raise BadInput(where=args.calls or "", wrong=wrong, right=right)
    return Setting(
        calls=calls,
        crew=args.crew,
        a_week=args.calls_a_week,
        runs=args.runs,
        seed=args.seed,
        assumed=changed(Assumed(), dict(args.set)),
        shocks=shocks,
    )


def _progress(setting: Setting, *, quick: bool) -> Callable[[], None]:
    """How far it is, on stderr; nothing where nobody looks."""
    from console.intake.progress import Progress
    from store.domain.drill.assumed import OTHERWISE
    from store.domain.drill.rules import RULES

    total = setting.runs * (len(RULES) + (0 if quick else 2 * len(OTHERWISE)))
    bar, done = Progress(total, monotonic=clock.monotonic), 0

    def tick() -> None:
        nonlocal done
        done += 1
        bar(done)
        if done == total:
            bar.end()

    return tick


def _figure(text: str) -> tuple[str, float]:
    name, _sign, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        said = _("give a name and a number, such as first_fix=0.7")
        raise argparse.ArgumentTypeError(said) from None
