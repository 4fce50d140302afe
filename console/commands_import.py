"""`paidan import`: orders out of a file from elsewhere, or the draft of a map for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console import imported_kinds
from console.cli_guard import WrongUsage
from console.cli_help import examples
from console.i18n import _, _n, done_said
from console.rejected import MOST_REASONS, rejected_lines
from store.domain.text import safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.intake.maps import FileMap
    from console.intake.reader import Table
    from console.intake.rejects import Rejects
    from console.intake.tally import Tally
    from store.queries.kinds import KindOfWork

DONE, REFUSED = 0, 1


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "import",
        help=_("read orders from a CSV or JSON lines file"),
        description=_(
            "Read orders from CSV (plain, .gz, inside .zip) or JSON lines. A map says which column"
            " is what; files that `paidan export` wrote need none. Rows that cannot be taken go to"
            " FILE.rejects.csv with line and reason, and the exit code is 1. Importing again"
            " changes nothing; an interrupted import goes on where it stopped."
        ),
        epilog=examples(
            "paidan export orders > orders.jsonl && paidan import orders.jsonl",
            _("printf 'id,title,opened\\n7,lift stuck,2026-01-31 08:00\\n' > tickets.csv"),
            "paidan import --suggest tickets.csv > tickets.toml",
            "paidan import tickets.csv --map tickets.toml",
            _("printf 'from,to,minutes\\nBOS-01,BOS-02,25\\n' > travel.csv"),
            "paidan import --travel travel.csv",
            "paidan export technicians --format csv > technicians.csv",
            "paidan import --technicians technicians.csv",
        ),
    )
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the file to read"))
    shipped = _("a TOML file, or the name of a shipped map: boston311, uci-incidents")
    parser.add_argument("--map", metavar="MAP", help=shipped)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--suggest",
        action="store_true",
        help=_("print the draft of a map for the file: read it, mend it, then give it to --map"),
    )
    member = _("the file inside a zip that holds several")
    parser.add_argument("--member", metavar="NAME", default="", help=member)
    rejects = _("where rejected rows go (FILE.rejects.csv)")
    parser.add_argument("--rejects", metavar="PATH", type=Path, help=rejects)
    parser.add_argument(
        "--level",
        metavar="CODE",
        help=_("the service level that the orders shall have; `paidan list levels` names them"),
    )
    what.add_argument(
        "--travel",
        action="store_true",
        help=_(
            "the file tells how long ways take: from, to (codes of sites), minutes; it takes the"
            " place of the times before, whole"
        ),
    )
    people = _(
        "the file tells of technicians as `paidan export technicians` writes them: code, name,"
        " phone, home, skills (lift:4;pump:3), regions, carries, certificates (HV=2027-03-31),"
        " active; a column that it lacks stays as it is, an empty cell means none"
    )
    what.add_argument("--technicians", action="store_true", help=people)
    parser.add_argument("--quiet", action="store_true", help=_("no progress bar, no summary"))
    parser.add_argument("--json", action="store_true", help=_("the summary as JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Import the file, or draft its map."""
    if args.suggest:
        return _suggest(args, call)
    if (args.travel or args.technicians) and (args.map or args.level):
        raise WrongUsage(why=_("--map and --level are for orders only"))
    if args.travel:
        return _travel(args, call)
    if args.technicians:
        from console import commands_import_people

        return commands_import_people.run(args, call)
    from console.intake.importing import Importing
    from console.intake.progress import Progress
    from console.intake.rejects import Rejects
    from store import clock

    table, file_map = _opened(args)
    rejects = Rejects(args.rejects or Path(f"{args.file}.rejects.csv"), table.header)
    quiet = args.quiet or args.json
    progress = Progress(table.lines, monotonic=clock.monotonic, quiet=quiet)
    with call.records(create=True) as records:
        importing = Importing(
            records,
            table,
            file_map,
            who=call.who(records),
            at=call.at(),
            rejects=rejects,
            progress=progress,
        )
        try:
            tally = importing.run()
        finally:
            progress.end()
        records.reckon_on(at=call.at())  # figures of what came: whoever asks next has them
        kinds = imported_kinds.skilless(records, call, tally.kinds)
        known = imported_kinds.known_kinds(records, call) if kinds else ()
    _report(args, call, tally, rejects, kinds, known)
    return REFUSED if tally.rejected else DONE


def _suggest(args: argparse.Namespace, call: Call) -> int:
    from console.intake.reader import examine
    from console.intake.suggest import suggest

    for line in suggest(examine(args.file, member=args.member)).split("\n"):
        call.print(line)
    return DONE


def _travel(args: argparse.Namespace, call: Call) -> int:
    from console.intake.travel_file import read_travel
    from store.commands.figures import LoadTravel

    command = LoadTravel(pairs=read_travel(args.file, member=args.member))
    with call.records() as records:
        done = records.do(command, who=call.who(records), at=call.at())
    if args.json:
        call.json(dict(done.facts))
    elif not args.quiet:
        call.print(done_said(done))
    return DONE


def _opened(args: argparse.Namespace) -> tuple[Table, FileMap]:
    """The file read through once, and its map."""
    from console.intake import maps
    from console.intake.mapping import own_map
    from console.intake.reader import examine
    from console.intake.troubles import FileRefused
    from store.domain.words import N_

    given = maps.load(args.map) if args.map else maps.OWN
    table = examine(
        args.file,
        member=args.member,
        encoding=given.encoding,
        delimiter=given.delimiter,
        kind=given.format,
    )
    found: FileMap | None = given if args.map else own_map(table)
    if found is None:
        wrong = N_("is not in paidan's own field names; give a --map, or draft one with --suggest")
        raise FileRefused(file=table.packed.name, wrong=wrong)
    return table, replace(found, level=args.level) if args.level else found


def _report(
    args: argparse.Namespace,
    call: Call,
    tally: Tally,
    rejects: Rejects,
    kinds: Sequence[KindOfWork],
    known: Sequence[str],
) -> None:
    if args.json:
        call.json({**_plain(tally, rejects), "kinds_without_skill": [one.code for one in kinds]})
    elif not args.quiet:
        for line in (*_lines(tally, rejects), *imported_kinds.skilless_said(kinds, known)):
            call.print(line)


def _plain(tally: Tally, rejects: Rejects) -> dict[str, Any]:
    return {
        "landed": tally.landed,
        "already_there": tally.here,
        "differing": tally.differing,
        "differing_ids": tally.differing_ids,
        "resumed_after": tally.resumed,
        "rejected": tally.rejected,
        "rejects": str(rejects.path) if rejects.count else None,
        "reasons": dict(rejects.reasons),
        "lines": rejects.lines,
        "kept_as_notes": dict(tally.oddities),
        "made": tally.made,
        "levels_differing": tally.levels_differing,
        "phones_left": tally.phones_left,
        "imported_before": tally.finished_at,
    }


def _lines(tally: Tally, rejects: Rejects) -> list[str]:
    if tally.finished_at is not None:
        when = tally.finished_at.astimezone()
        said = _("This file was imported on {when:%Y-%m-%d %H:%M}; nothing was changed.")
        refused = _n("{n} row was rejected then.", "{n} rows were rejected then.", tally.rejected)
        again = [refused.format(n=tally.rejected)] if tally.rejected else []
        return [said.format(when=when), *again]
    lines = [_n("{n} order is new.", "{n} orders are new.", tally.landed).format(n=tally.landed)]
    lines += _known(tally)
    made = {name: n for name, n in tally.made.items() if n}
    if made:
        listed = _(", ").join(f"{_(_MADE[name])} {n}" for name, n in made.items())
        lines.append(_("Made: {what}").format(what=listed))
    if tally.oddities:
        told = _("{what}: {about}")
        odd = (told.format(what=_(_ODD[name]), about=n) for name, n in tally.oddities.items())
        listed = _(", ").join(odd)
        lines.append(_("Kept as notes: {what}").format(what=listed))
    return [*lines, *rejected_lines(rejects)]


def _known(tally: Tally) -> list[str]:
    """What was here before, and whether the file says the same of it."""
    lines: list[str] = []
    if tally.resumed:
        said = _n(
            "{n} order had come before the interruption.",
            "{n} orders had come before the interruption.",
            tally.resumed,
        )
        lines.append(said.format(n=tally.resumed))
    if tally.here:
        said = _n("{n} order was there already.", "{n} orders were there already.", tally.here)
        lines.append(said.format(n=tally.here))
    if tally.differing:
        said = _("{n} of them differ in the file now and were left as they are: {ids}")
        lines.append(said.format(n=tally.differing, ids=_(", ").join(tally.differing_ids[:5])))
    elif tally.here and not tally.landed:
        lines.append(_("The file brings nothing new; nothing was changed."))
    if tally.levels_differing:
        said = _("Service levels that promise something else here, and were left so: {codes}")
        lines.append(said.format(codes=_(", ").join(tally.levels_differing)))
    if tally.phones_left:
        said = _(
            "Customers without a telephone number here, whose number in the file was not kept,"
            " since customers belong to the whole desk: {names}. Ask it to enter them."
        )
        names = (safe(name, limit=60) for name in tally.phones_left[:MOST_REASONS])
        more = ["..."] if len(tally.phones_left) > MOST_REASONS else []
        lines.append(said.format(names=_(", ").join([*names, *more])))
    return lines


def _words() -> tuple[dict[str, str], dict[str, str]]:
    from store.domain.words import N_

    made = {
        "region": N_("regions"),
        "site": N_("sites"),
        "customer": N_("customers"),
        "technician": N_("technicians"),
        "level": N_("service levels"),
    }
    odd = {
        "out of order": N_("times that run backwards"),
        "impossible": N_("steps that cannot be"),
        "over, but not since when": N_("ended, but not since when"),
        "with nobody named": N_("assigned, but to nobody named"),
        "level not known": N_("service levels that are not here"),
        "state not understood": N_("states not understood"),
    }
    return made, odd


_MADE, _ODD = _words()
