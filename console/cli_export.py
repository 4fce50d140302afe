"""`paidan export`: every order, or every technician, streamed as JSON lines or CSV."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Query

ALL = 100_000
"""More service levels and calendars than a desk has."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "export",
        help=_("write every order or technician as JSON lines or CSV"),
        description=_(
            "Write every order on stdout, lowest number first. due_at and overdue are those of the"
            " resolve clock; elapsed_s runs from opening to the end of the work, without pauses,"
            " in working seconds where that clock has a calendar. Technicians come with their"
            " skills, regions, certificates, home and tools, as `paidan import --technicians` reads"
            " them."
        ),
        epilog=examples(
            "paidan export orders > orders.jsonl",
            "paidan export orders --format csv > orders.csv",
            "paidan export technicians --format csv > technicians.csv",
        ),
    )
    parser.add_argument(
        "what",
        metavar="WHAT",
        nargs="?",
        choices=("orders", "technicians"),
        default="orders",
        help="orders, technicians (orders)",
    )
    parser.add_argument(
        "--format",
        choices=tuple(WRITERS),
        default="jsonl",
        help=_("JSON lines, which an import reads back whole, or CSV for a spreadsheet (jsonl)"),
    )
    parser.add_argument(
        "--json",
        action="store_const",
        const="jsonl",
        dest="format",
        help=_("the same as --format jsonl"),
    )


def run(args: argparse.Namespace, call: Call) -> int:
    """Write as the pages come: memory does not grow with the store."""
    with call.records() as records:
        if args.what == "technicians":
            _people(args.format, call, records)
        else:
            WRITERS[args.format](_rows(call, records), sys.stdout)
    return 0


def _people(form: str, call: Call, records: Any) -> None:
    from console.commands_import_people import everybody
    from console.intake.marks import as_cell
    from console.intake.technicians import COLUMNS, row_of
    from console.json_text import iso

    rows = (row_of(entry, iso) for entry in everybody(records, call).values())
    if form == "jsonl":
        _json_lines(rows, sys.stdout)
        return
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(as_cell, row.values()) for row in rows)


def _rows(call: Call, records: Any) -> Iterator[dict[str, Any]]:
    from console.intake.exported import export_plain
    from store.queries.lists import StreamOrders

    who, at, after = call.who(records), call.at(), 0
    levels: dict[str, Any] | None = None
    while page := records.ask(StreamOrders(after=after), who=who, at=at):
        if levels is None:
            levels = _levels(partial(records.ask, who=who, at=at))
        for line in page:
            yield export_plain(line) | {"level_spec": levels.pop(line.level or "", None)}
        after = page[-1].number


def _levels(ask: Callable[[Query[Any]], Any]) -> dict[str, Any]:
    """Each service level that can be read, which goes with the first order that has it."""
    from store.queries.calendars import ListCalendars
    from store.queries.levels import ListLevels

    calendars = {
        line.code: {"code": line.code, "name": line.name, "spec": dict(line.spec)}
        for line in ask(ListCalendars(limit=ALL))
    }
    return {
        line.code: {
            "name": line.name, "policy": dict(line.policy), "calendar": calendars[line.calendar],
        }
        for line in ask(ListLevels(limit=ALL))
        if line.policy is not None and calendars[line.calendar]["spec"]
    }  # fmt: skip


def _json_lines(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    from console.json_text import json_text

    out.writelines(json_text(row) + "\n" for row in rows)


def _csv(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    import csv

    from console.intake.exported import EXPORT_FIELDS
    from console.json_text import iso, json_text

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(EXPORT_FIELDS)
    for row in rows:
        texts = {name: iso(value) for name, value in row.items() if isinstance(value, datetime)}
        texts["overdue"] = "true" if row["overdue"] else "false"
        texts |= {name: json_text(row[name]) if row[name] else "" for name in _LISTS}
        writer.writerow(map(_cell, {**row, **texts}.values()))


def _cell(value: Any) -> Any:
    """A cell that a spreadsheet takes for text and not for a formula, and a terminal can bear."""
    from store.domain.text import safe

    if not isinstance(value, str):
        return value
    text = safe(value, multiline=True)
    return f"'{text}" if _FORMULA.match(text) else text


_LISTS = ("technicians", "pauses", "level_spec")
_FORMULA = re.compile(r"\s*(?:[=@]|[+-](?![\d.]*$))")
"""How a formula begins, maybe behind blanks; a plain signed number is none."""

WRITERS = {"jsonl": _json_lines, "csv": _csv}
