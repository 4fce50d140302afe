"""`paidan kpi`: figures of a period, split by what is asked, and the orders behind one of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.cli_parser import named
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.queries.kpi import Figure, KpiRows
    from store.records import Records

COLUMNS = ("name", "value", "n", "unit", "of")
SPLITS = ("site", "kind", "person", "month", "department")


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "kpi",
        help=_("print figures of a period, or the orders behind one"),
        description=_(
            "Print figures of the days from --from to --to, both of them included, in a time zone."
            " They are of the orders closed in the period, or with --cohort opened of those opened"
            " in it, where a figure does not say otherwise (--what tells what each says). Cancelled"
            " orders and duplicates count nowhere. Where there is nothing to reckon from there is"
            " no value; n says of how many orders each is, and --rows NAME lists exactly these."
            " --by department splits the figures of hand-offs between departments: in time counts"
            " for who is to answer, what comes back and what waits for who gave it."
        ),
        epilog=examples(
            "paidan kpi --from 2026-10-01 --to 2026-10-31",
            "paidan kpi --from 2026-10-01 --to 2026-10-31 --by site --csv",
            "paidan kpi --from 2026-10-01 --to 2026-10-31 --xlsx october.xlsx",
            "paidan kpi --from 2026-01-01 --to 2026-10-31 --by month --kind pothole",
            "paidan kpi --from 2026-10-01 --to 2026-10-31 --by department",
            "paidan kpi --from 2026-10-01 --to 2026-10-31 --rows resolve_deadline_kept --json",
        ),
    )
    parser.add_argument("--from", dest="first", metavar="DAY", type=day, help=_("the first day"))
    parser.add_argument(
        "--to", dest="last", metavar="DAY", type=day, help=_("the last day, which counts")
    )
    parser.add_argument(
        "--zone", metavar="ZONE", help=_("where days begin, such as Asia/Shanghai (as here)")
    )
    parser.add_argument(
        "--cohort",
        choices=("closed", "opened"),
        default="closed",
        help=_("which orders: closed in the period, or opened in it (closed)"),
    )
    parser.add_argument(
        "--by", choices=SPLITS, default="", help=_("what the figures are split by (nothing)")
    )
    parser.add_argument("--site", metavar="CODE", type=named, help=_("only orders of this site"))
    parser.add_argument("--kind", metavar="KIND", default="", help=_("only orders of this kind"))
    parser.add_argument(
        "--person", metavar="CODE", type=named, help=_("only orders of this technician")
    )
    parser.add_argument(
        "--customer", metavar="CODE", type=named, help=_("only orders of this customer")
    )
    parser.add_argument(
        "--department",
        metavar="NAME",
        default="",
        help=_("no order is of a department: see --by department"),
    )
    parser.add_argument(
        "--rows", metavar="NAME", help=_("the numbers of the orders that this figure is of")
    )
    parser.add_argument(
        "--of", metavar="KEY", default="", help=_("of them, those of one group of --by")
    )
    parser.add_argument(
        "--against",
        choices=("baseline",),
        help=_("each against the baseline, with intervals and what else was unlike"),
    )
    parser.add_argument("--what", action="store_true", help=_("what each figure says, and of whom"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("print JSON"))
    form.add_argument("--csv", action="store_true", help=_("print CSV, for a spreadsheet"))
    form.add_argument("--xlsx", metavar="FILE", help=_("write a new spreadsheet (XLSX)"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Ask, and print; `WrongUsage` for a split that there is not, or without a period."""
    from console.cli_guard import WrongUsage
    from store.queries.kpi import NO_DEPARTMENTS

    if args.what:
        _tell_what(args, call)
        return 0
    if args.department:
        raise WrongUsage(why=_(NO_DEPARTMENTS))
    if args.first is None or args.last is None:
        raise WrongUsage(why=_("name the first day (--from) and the last (--to)"))
    if args.of and not (args.rows and args.by):
        raise WrongUsage(why=_("--of names a group of --by, for --rows"))
    if args.xlsx is not None and args.rows:
        raise WrongUsage(why=_("--xlsx writes figures, and no rows; --csv lists those"))
    if args.against:
        from console.cli_against import run_against

        return run_against(args, call, _asked(args))
    with call.records() as records:
        if args.rows:
            _print_rows(args, call, records)
        else:
            _print_figures(args, call, records)
    return 0


def day(text: str) -> date:
    """A day as it is written on a command line."""
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("name a day such as 2026-10-31")) from None


def _asked(args: argparse.Namespace) -> dict[str, Any]:
    from console.zones import zone_here
    from store.queries.kpi import By, Cohort

    return {
        "first": args.first,
        "last": args.last,
        "zone": args.zone or zone_here(),
        "cohort": Cohort(args.cohort),
        "by": By(args.by),
        "site": args.site or "",
        "kind": args.kind,
        "person": args.person or "",
        "customer": args.customer or "",
    }


def _print_rows(args: argparse.Namespace, call: Call, records: Records) -> None:
    from store.domain.kpi.table import KPIS
    from store.domain.kpi.ways import Rows
    from store.queries.kpi import KpiRows

    asked = KpiRows(name=args.rows, of=args.of, **_asked(args))
    numbers = records.ask(asked, who=call.who(records), at=call.at())
    if KPIS[args.rows].rows is not Rows.ORDERS:
        _print_called(args, call, records, asked, numbers)
    elif args.json:
        call.json(list(numbers))
    else:
        for number in (*(("number",) if args.csv else ()), *numbers):
            call.print(str(number))


def _print_called(
    args: argparse.Namespace, call: Call, records: Records, asked: KpiRows, rows: tuple[int, ...]
) -> None:
    from console.words_voices import outcome_told
    from store.queries.kpi import KpiCalled

    query = KpiCalled(name=asked.name, rows=rows, zone=asked.zone)
    found = records.ask(query, who=call.who(records), at=call.at())
    if args.json:
        names = ("id", "code", "first", "last", "outcome")
        call.json([{name: getattr(row, name) for name in names} for row in found])
        return
    for row in found:
        told = (row.code, row.first, "–", row.last, outcome_told(row.outcome))
        call.print(" ".join(filter(None, told)))


def _print_figures(args: argparse.Namespace, call: Call, records: Records) -> None:
    from store.queries.kpi import Kpis

    asked, who = Kpis(**_asked(args)), call.who(records)
    if args.xlsx is not None:
        from console.new_file import check_new, meant

        check_new(meant(args.xlsx))  # before anything is reckoned
    figures = records.ask(asked, who=who, at=call.at()).figures
    if args.xlsx is not None:
        _put_book(args.xlsx, figures)
        call.say(_("written to {path}").format(path=args.xlsx))
    elif args.json:
        call.json([_plain(figure) for figure in figures])
    elif args.csv:
        _csv(figures)
    else:
        _table(call, figures, split=bool(args.by))
    said = _("{first} to {last}, both days included, in {zone}; orders {cohort} in the period")
    cohort = _("closed") if args.cohort == "closed" else _("opened")
    call.say(said.format(first=args.first, last=args.last, zone=asked.zone, cohort=cohort))


def _plain(figure: Figure) -> dict[str, Any]:
    """As JSON tells it: with how far a mean looks, where that is less than its horizon."""
    far = {} if figure.within_s is None else {"within_s": figure.within_s}
    return {name: getattr(figure, name) for name in COLUMNS} | far


def _put_book(file: str, figures: Sequence[Figure]) -> None:
    from console.figure_sheets import definitions, figure_sheet
    from console.new_file import meant, put_whole
    from console.workbook import workbook

    names = tuple(dict.fromkeys(figure.name for figure in figures))
    put_whole(meant(file), [workbook((figure_sheet(figures), definitions(names)))])


def _csv(figures: Sequence[Figure]) -> None:
    import csv

    from console.intake.marks import as_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow((*COLUMNS, "within_s"))
    for figure in figures:
        value = "" if figure.value is None else figure.value
        far = "" if figure.within_s is None else figure.within_s
        writer.writerow([figure.name, value, figure.n, figure.unit, as_cell(figure.of), far])


def _table(call: Call, figures: Sequence[Figure], *, split: bool) -> None:
    from console.cli_table import screen_width, table
    from console.figure_words import label_said, value_said

    heads = (*((_("of"),) if split else ()), _("indicator"), _("value"), "n", _("name"))
    rows = [
        (
            *((figure.of,) if split else ()),
            label_said(figure),
            value_said(figure),
            str(figure.n),
            figure.name,
        )
        for figure in figures
    ]
    firm = range(len(heads) - 3, len(heads) - 1)
    for line in table(heads, rows, width=screen_width(), at=call.at(), firm=firm):
        call.print(line)


def _tell_what(args: argparse.Namespace, call: Call) -> None:
    from store.domain.kpi.cohorts import NOWHERE, of_which
    from store.domain.kpi.sure_words import method_of
    from store.domain.kpi.table import KPIS
    from store.domain.kpi.ways import COUNTED

    if args.json:
        call.json(
            [
                {
                    "name": name,
                    "label": _(spec.label),
                    "formula": _(spec.formula),
                    "of_which": _(of_which(spec.way)),
                    "unit": spec.unit.value,
                    "clock": _(spec.clock) if spec.clock else "",
                    "without": _(spec.without) if spec.without else "",
                    "source": spec.source,
                    "rows": spec.rows.value,
                    "interval": _(method_of(spec)) if method_of(spec) else "",
                }
                for name, spec in KPIS.items()
            ]
        )
        return
    call.print(_(NOWHERE))
    for name, spec in KPIS.items():
        said = _("{name}: {label} ({unit})")
        call.print(said.format(name=name, label=_(spec.label), unit=spec.unit.value))
        call.print(f"    {_(spec.formula)}")
        call.print("    " + _("of which orders: {which}").format(which=_(of_which(spec.way))))
        if spec.clock:
            call.print("    " + _("measured in {what}").format(what=_(spec.clock)))
        if spec.without:
            call.print("    " + _("left out: {whom}").format(whom=_(spec.without)))
        if method_of(spec):
            call.print("    " + _("interval of 95 in 100: {how}").format(how=_(method_of(spec))))
        call.print("    " + _("from {columns}").format(columns=spec.source))
        call.print("    " + _("n counts {things}").format(things=_(COUNTED[spec.rows])))
