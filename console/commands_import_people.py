"""`paidan import --technicians`: people with their skills, papers, regions, home and tools."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.i18n import _n, tell
from console.intake.troubles import RowRefused
from console.rejected import rejected_lines
from store.domain.errors import Refusal, StoreTrouble
from store.domain.who import Right, require
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from console.cli_call import Call
    from console.intake.reader import Row, Table
    from console.intake.rejects import Rejects
    from store.domain.intents import Done
    from store.queries.registers import TechnicianEntry
    from store.records import Records

DONE, REFUSED = 0, 1


@dataclass(slots=True)
class Count:
    """What became of the rows."""

    made: int = 0
    changed: int = 0
    same: int = 0


def run(args: argparse.Namespace, call: Call) -> int:
    """Each row whole, or told with its reason; a second time nothing is left to do."""
    from console.intake.progress import Progress
    from console.intake.reader import examine
    from console.intake.rejects import Rejects
    from console.intake.technicians import columns_of
    from store import clock

    table = examine(args.file, member=args.member)
    columns_of(table)
    rejects = Rejects(args.rejects or Path(f"{args.file}.rejects.csv"), table.header)
    rejects.spare(table.packed.path)
    quiet = args.quiet or args.json
    progress = Progress(table.lines, monotonic=clock.monotonic, quiet=quiet)
    with call.records(create=True) as records:
        try:
            count = _brought(records, call, table, rejects, progress)
        finally:
            progress.end()
            rejects.close()
    if args.json:
        call.json(_plain(count, rejects))
    elif not args.quiet:
        for line in (*_lines(count), *rejected_lines(rejects)):
            call.print(line)
    return REFUSED if rejects.count else DONE


def _brought(
    records: Records, call: Call, table: Table, rejects: Rejects, progress: Callable[[int], None]
) -> Count:
    """A transaction a row: what is done is done, whatever comes to the next one."""
    from console.intake.technicians import columns_of, command_of

    who, columns, count = call.who(records), columns_of(table), Count()
    require(who, Right.REGISTER, desk_wide=True)
    lines: dict[str, int] = {}

    def save(row: Row) -> Done:
        command = command_of(row, columns, csv_cells=table.kind == "csv")
        if command.code in lines:
            wrong = N_("line {line} tells of {code} already")
            raise RowRefused(wrong=wrong.format(line=lines[command.code], code=command.code))
        lines[command.code] = row.line
        return records.again(lambda: records.do(command, who=who, at=call.at()))

    from store.commands.people import MADE

    for row in table.rows():
        try:
            done = save(row)
        except StoreTrouble:
            raise
        except Refusal as refused:
            rejects.add(row, RowRefused(wrong=tell(refused)))
        else:
            count.made += done.sentence == MADE
            count.changed += done.sentence != MADE and bool(done.seq)
            count.same += done.sentence != MADE and not done.seq
        progress(row.line)
    return count


def everybody(records: Records, call: Call) -> dict[str, TechnicianEntry]:
    """Everybody who is in the register, by code; refused to who does not keep it, in a sentence."""
    from store.queries.registers import StreamTechnicians

    who, after = call.who(records), 0
    require(who, Right.REGISTER, desk_wide=True)
    found: dict[str, TechnicianEntry] = {}
    while page := records.ask(StreamTechnicians(after=after), who=who, at=call.at()):
        found |= {entry.code: entry for entry in page}
        after = page[-1].id
    return found


def _plain(count: Count, rejects: Rejects) -> dict[str, Any]:
    return {
        "new": count.made,
        "changed": count.changed,
        "the_same": count.same,
        "rejected": rejects.count,
        "rejects": str(rejects.path) if rejects.count else None,
        "reasons": dict(rejects.reasons),
        "lines": rejects.lines,
    }


def _lines(count: Count) -> list[str]:
    said = [
        _n("{n} technician is new.", "{n} technicians are new.", count.made).format(n=count.made)
    ]
    if count.changed:
        text = _n("{n} was changed.", "{n} were changed.", count.changed)
        said.append(text.format(n=count.changed))
    if count.same:
        text = _n(
            "{n} was as the file says already.", "{n} were as the file says already.", count.same
        )
        said.append(text.format(n=count.same))
    return said
