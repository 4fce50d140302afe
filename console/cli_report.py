"""`paidan report review`: the review of a month for the meeting, the desk's or one customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_help import examples
from console.cli_parser import named
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.records import Records
    from store.reviewing import Pack

_YEARS = range(1900, 9000)
"""The year before has to be one, too, and so has the month after."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "report",
        help=_("write the review of a month, for print or to read on"),
        description=_(
            "Write what a month came to: figures against the month before, a year of them month by"
            " month, promises missed, the worst orders, causes of bad answers, the improvement"
            " plan. With --customer it is that customer's edition, which shows his orders alone. A"
            " file is put there whole: after a crash it is there, or it is not."
        ),
        epilog=examples(
            "paidan report review --month 2026-10",
            "paidan report review --month 2026-10 --against 2025-10 --format html > review.html",
            "paidan report review --month 2026-10 --customer CITY-6 --format md",
            "paidan report review --month 2026-10 --format xlsx --out review.xlsx",
        ),
    )
    parser.add_argument("what", choices=("review",), help=_("what to write"))
    parser.add_argument("--month", metavar="MONTH", type=month, required=True, help="2026-10")
    parser.add_argument(
        "--against",
        metavar="MONTH",
        type=month,
        help=_("the month that it is held against (the one before)"),
    )
    parser.add_argument(
        "--customer", metavar="CODE", type=named, help=_("only what is of this customer")
    )
    parser.add_argument(
        "--zone", metavar="ZONE", help=_("where days begin, such as Asia/Shanghai (as here)")
    )
    parser.add_argument(
        "--format",
        choices=("text", "md", "html", "json", "xlsx"),
        help=_("how it is written (text here, md for files)"),
    )
    parser.add_argument("--out", metavar="FILE", help=_("a new file, instead of printing"))


def month(text: str) -> date:
    """The first day of a month as it is written on a command line."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = date.max
    if first.year not in _YEARS:
        raise ArgumentTypeError(_("name a month such as 2026-10"))
    return first


def run(args: argparse.Namespace, call: Call) -> int:
    """Reckon, then write; `BadInput` where the file cannot be, before anything is reckoned."""
    from zoneinfo import ZoneInfo

    from console.cli_guard import WrongUsage
    from console.intake.progress import Stepped
    from console.new_file import check_new, meant
    from console.zones import zone_here
    from store.reviewing import STEPS

    out = None if args.out is None else meant(args.out)
    if args.format == "xlsx" and out is None:
        raise WrongUsage(why=_("a spreadsheet is no text: name a new file with --out"))
    if out is not None:
        check_new(out)
    name = args.zone or zone_here()
    tell = Stepped(STEPS)
    try:
        with call.records() as records:
            pack = gathered(records, args, call, name, tell)
        tell(len(STEPS))
        _write(args, call, pack, out, ZoneInfo(name))
    finally:
        tell(0)
    if out is not None:
        call.say(_("written to {path}").format(path=out))
    return 0


def _write(
    args: argparse.Namespace, call: Call, pack: Pack, out: Path | None, zone: ZoneInfo
) -> None:
    """Print it, or make the file, whole."""
    from console import page, report_review
    from console.json_text import json_text
    from console.new_file import put_whole, write_whole

    at, title = call.at(), report_review.title(pack)
    if args.format == "json":
        lines = [json_text(report_review.plain(pack))]
    else:
        parts = report_review.sections(pack, at=at, zone=zone)
        if args.format == "xlsx" and out is not None:
            from console.report_book import review_sheets
            from console.workbook import workbook

            put_whole(out, [workbook(review_sheets(pack, title, parts, zone=zone))])
            return
        lines = page.made(args.format, title, parts, out=out, at=at)
    if out is not None:
        write_whole(out, lines)
        return
    for line in lines:
        call.print(line)


def gathered(
    records: Records, args: argparse.Namespace, call: Call, zone: str, tell: Callable[[int], None]
) -> Pack:
    """All that a review tells, of one state of the store."""
    from store import reviewing

    with records.asking(who=call.who(records), at=call.at()) as ask:
        return reviewing.gathered(
            ask,
            args.month,
            against=args.against,
            zone=zone,
            customer=args.customer or "",
            tell=tell,
        )
