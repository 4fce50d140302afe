"""`paidan survey import`: answers of customers from a file, each read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.i18n import _n, tell
from console.intake.troubles import RowRefused
from console.rejected import rejected_lines
from store.domain.errors import Refusal, StoreTrouble

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.intake.reader import Table
    from console.intake.rejects import Rejects
    from store.records import Records

DONE, REFUSED = 0, 1


@dataclass(slots=True)
class Count:
    """What became of the rows."""

    kept: int = 0
    same: int = 0


def run(path: Path, args: argparse.Namespace, call: Call) -> int:
    """Each row whole, or told with its reason; a second time nothing is left to do."""
    from console.intake.reader import examine
    from console.intake.rejects import Rejects
    from console.intake.survey_answers import columns_of

    table = examine(path)
    columns_of(table)
    rejects = Rejects(args.rejects or Path(f"{path}.rejects.csv"), table.header)
    rejects.spare(table.packed.path)
    with call.records() as records:
        try:
            count = _brought(records, call, table, rejects, replace=args.replace)
        finally:
            rejects.close()
    if args.json:
        call.json({"kept": count.kept, "the_same": count.same, "rejected": rejects.count})
        return REFUSED if rejects.count else DONE
    kept = _n("{n} answer kept", "{n} answers kept", count.kept).format(n=count.kept)
    same = _n("{n} had been kept before", "{n} had been kept before", count.same)
    call.print(kept)
    if count.same:
        call.print(same.format(n=count.same))
    for line in rejected_lines(rejects):
        call.print(line)
    return REFUSED if rejects.count else DONE


def _brought(
    records: Records, call: Call, table: Table, rejects: Rejects, *, replace: bool
) -> Count:
    """A transaction a row: what is done is done, whatever comes to the next one."""
    from console.intake.survey_answers import columns_of, command_of

    who, columns, count = call.who(records), columns_of(table), Count()
    for row in table.rows():
        try:
            plain = table.kind == "csv"
            command = command_of(row, columns, csv_cells=plain, replace=replace)
            done = records.do(command, who=who, at=call.at())
        except StoreTrouble:
            raise
        except Refusal as refused:
            rejects.add(row, RowRefused(wrong=tell(refused)))
        else:
            count.kept += bool(done.seq)
            count.same += not done.seq
    return count
