"""`paidan kpi --against baseline`: each figure with what it was, and how sure the change is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from console.i18n import _
from console.render_baseline import baseline_sections, changes_plain, plain_baseline
from store.domain.kpi.baseline import NoBaseline

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call

_COLUMNS = ("name", "value", "n", "unit", "baseline", "baseline_n", "verdict")


def run_against(args: argparse.Namespace, call: Call, asked: Mapping[str, Any]) -> int:
    """Ask for both, and print; `NoBaseline` where nothing was frozen that the asker sees."""
    from console import page
    from console.cli_guard import WrongUsage
    from store.queries.kpi import By, Cohort
    from store.queries.packs import ShowBaseline, SureFigures

    only = any(asked[name] for name in ("site", "kind", "person", "customer"))
    if only or asked["by"] is not By.ALL or asked["cohort"] is not Cohort.CLOSED or args.rows:
        why = _("a baseline is of all orders that were closed: leave --by and what picks some out")
        raise WrongUsage(why=why)
    if args.xlsx is not None:
        raise WrongUsage(why=_("--against prints; --csv is for a spreadsheet"))
    days = {name: asked[name] for name in ("first", "last", "zone")}
    with call.records() as records:
        who = call.who(records)
        baseline = records.ask(ShowBaseline(), who=who, at=call.at())
        if baseline is None or baseline.period is None:
            raise NoBaseline
        now = records.ask(SureFigures(**days), who=who, at=call.at())
    if args.json:
        call.json(plain_baseline(baseline, now))
    elif args.csv:
        _csv([*changes_plain(now, baseline.period)])
    else:
        for line in page.made("text", "", baseline_sections(baseline, now), out=None, at=call.at()):
            call.print(line)
    return 0


def _csv(rows: list[dict[str, Any]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    ends = ("low", "high", "change_low", "change_high")
    writer.writerow((*_COLUMNS, *ends))
    for row in rows:
        told = ["" if row[name] is None else row[name] for name in _COLUMNS]
        for name in ("interval", "change_interval"):
            told += row[name] or ("", "")
        writer.writerow(told)
