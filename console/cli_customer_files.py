"""`paidan customer export` and `import`: customers in a file, out whole and in again the same."""

from __future__ import annotations

import csv
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from console.i18n import _, _n, tell
from console.rejected import rejected_lines
from console.zones import zone_here
from store.domain.errors import Refusal, StoreTrouble
from store.domain.who import Right, require
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from console.cli_call import Call
    from console.intake.customer_changes import Changes
    from console.intake.reader import Table
    from console.intake.rejects import Rejects
    from store.commands.bringing import BringCustomer
    from store.queries.customers import CustomerEntry
    from store.records import Records

_DONE, _REFUSED = 0, 1


@dataclass(slots=True)
class _Count:
    """What became of the rows."""

    brought: int = 0
    same: int = 0
    changes: list[tuple[str, Changes | None]] = field(default_factory=list)
    """Of what is only tried: what each would change, by code; None for who would be new."""


def export(args: argparse.Namespace, call: Call) -> int:
    """Write as the pages come; a cell that a spreadsheet would run is guarded."""
    from console.intake.customers import COLUMNS, row_of
    from console.intake.marks import as_cell

    with call.records() as records:
        who = call.who(records)
        require(who, Right.REGISTER, desk_wide=True)
        rows = (row_of(entry) for entry in _everybody(records, call))
        if args.xlsx is not None:
            return _put_book(args.xlsx, rows, call)
        if args.json:
            call.json_list(rows)
            return _DONE
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(as_cell, row.values()) for row in rows)
    return _DONE


def _put_book(file: str, rows: Iterator[Mapping[str, str]], call: Call) -> int:
    from console.intake.customers import COLUMNS
    from console.new_file import check_new, meant, put_whole
    from console.workbook import Sheet, workbook

    path = meant(file)
    check_new(path)
    sheet = Sheet(name=_("Customers"), heads=tuple(COLUMNS), rows=(tuple(r.values()) for r in rows))
    put_whole(path, [workbook([sheet])])
    call.say(_("written to {path}").format(path=path))
    return _DONE


def _everybody(records: Records, call: Call) -> Iterator[CustomerEntry]:
    from store.queries.customers import StreamCustomers

    who, after = call.who(records), 0
    while page := records.ask(StreamCustomers(after=after), who=who, at=call.at()):
        yield from page
        after = page[-1].id


def bring(args: argparse.Namespace, call: Call) -> int:
    """Each row whole, or told with its reason; a second time nothing is left to do."""
    with _as_rows(args.file) as path:
        return _read(path, args, call)


@contextmanager
def _as_rows(path: Path) -> Iterator[Path]:
    """The file itself; of a spreadsheet its first sheet, in a file of its own meanwhile."""
    from console.intake.sheet import is_sheet, to_csv

    if not is_sheet(path):
        yield path
        return
    with TemporaryDirectory(prefix="paidan-") as folder:
        rows = Path(folder) / path.name  # by which it is told of
        with rows.open("x", encoding="utf-8", newline="") as out:
            to_csv(path, out)
        yield rows


def _read(path: Path, args: argparse.Namespace, call: Call) -> int:
    from console.intake.customers import columns_of
    from console.intake.reader import examine
    from console.intake.rejects import Rejects

    table = examine(path)
    columns_of(table)
    rejects = Rejects(args.rejects or Path(f"{args.file}.rejects.csv"), table.header)
    rejects.spare(table.packed.path)
    with call.records() as records:
        try:
            count = _brought(records, call, table, rejects, dry=args.dry_run)
        finally:
            rejects.close()
    if args.json:
        call.json(_plain(count, rejects, dry=args.dry_run))
    else:
        for line in (*_lines(count, dry=args.dry_run), *rejected_lines(rejects)):
            call.print(line)
    return _REFUSED if rejects.count else _DONE


def _brought(records: Records, call: Call, table: Table, rejects: Rejects, *, dry: bool) -> _Count:
    """A transaction a row: what is done is done, whatever comes to the next one."""
    from console.intake.customers import columns_of, command_of
    from console.intake.troubles import RowRefused

    who, columns, count = call.who(records), columns_of(table), _Count()
    require(who, Right.REGISTER, desk_wide=True)
    lines: dict[str, int] = {}
    zone = zone_here()
    known = {entry.code: entry for entry in _everybody(records, call)} if dry else {}
    for row in table.rows():
        try:
            command = command_of(row, columns, zone=zone, csv_cells=table.kind == "csv")
            _once(lines, command.code, row.line)
            changed = _done_so(records, call, command, known, count, dry=dry)
        except StoreTrouble:
            raise
        except Refusal as refused:
            rejects.add(row, RowRefused(wrong=tell(refused)))
        else:
            count.brought += changed
            count.same += not changed
    return count


def _once(lines: dict[str, int], code: str, line: int) -> None:
    from console.intake.troubles import RowRefused

    if code in lines:
        wrong = N_("line {line} tells of {code} already")
        raise RowRefused(wrong=wrong.format(line=lines[code], code=code))
    lines[code] = line


def _done_so(
    records: Records,
    call: Call,
    command: BringCustomer,
    known: Mapping[str, CustomerEntry],
    count: _Count,
    *,
    dry: bool,
) -> bool:
    """Whether anything came of it, or would; what would is added to the count."""
    from console.intake.customer_changes import changes_of

    who = call.who(records)
    if not dry:
        done = records.again(lambda: records.do(command, who=who, at=call.at()))
        return bool(done.seq)
    (told,) = records.rehearse([command], who=who, at=call.at())
    if told.refusal is not None:
        raise told.refusal
    there = known.get(command.code) or _under_old_code(records, call, command.code, known)
    changes = None if there is None else changes_of(command, there)
    if changes != {}:
        count.changes.append((command.code, changes))
    return changes != {}


def _under_old_code(
    records: Records, call: Call, code: str, known: Mapping[str, CustomerEntry]
) -> CustomerEntry | None:
    """Who is meant by the code of one who was made one with him."""
    from store.queries.customers import ShowCustomer

    sheet = records.ask(ShowCustomer(customer=code), who=call.who(records), at=call.at())
    return None if sheet is None else known.get(sheet.card.code)


def _plain(count: _Count, rejects: Rejects, *, dry: bool) -> dict[str, Any]:
    return {
        "dry_run": dry,
        "brought": count.brought,
        "the_same": count.same,
        "rejected": rejects.count,
        "rejects": str(rejects.path) if rejects.count else None,
        "reasons": dict(rejects.reasons),
        "lines": rejects.lines,
    } | ({"changes": [_change_plain(*one) for one in count.changes]} if dry else {})


def _change_plain(code: str, changes: Changes | None) -> dict[str, Any]:
    columns = {name: {"old": old, "new": new} for name, (old, new) in (changes or {}).items()}
    return {"code": code, "new": changes is None, "columns": columns}


def _changes_said(code: str, changes: Changes | None) -> str:
    if changes is None:
        return _("{code}: new").format(code=code)
    told = (f"{name} {old or '–'} → {new or '–'}" for name, (old, new) in changes.items())
    return _("{code}: {changes}").format(code=code, changes=_("; ").join(told))


def _lines(count: _Count, *, dry: bool) -> list[str]:
    n = count.brought
    if dry:
        said = _n("{n} customer could be taken in.", "{n} customers could be taken in.", n)
    else:
        said = _n("{n} customer was taken in.", "{n} customers were taken in.", n)
    lines = [*(_changes_said(*one) for one in count.changes), said.format(n=n)]
    if count.same:
        text = _n(
            "{n} was as the file says already.", "{n} were as the file says already.", count.same
        )
        lines.append(text.format(n=count.same))
    return lines
