"""`paidan db move --to URL`: the whole desk goes to another store, of either kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_guard import WrongUsage
from console.cli_help import examples
from console.i18n import _, tell
from store.domain.errors import BadInput, StoreTrouble
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.persistence.database import Database


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "db",
        help=_("move the whole desk to another store"),
        description=_(
            "Copy the whole desk to an empty store, from SQLite to PostgreSQL or back, compare"
            " every table by count and checksum, examine the copy as the doctor does, and only"
            " then let it be opened. Nobody can write meanwhile; afterwards the old store is kept"
            " as it was, for reading, and tells whoever writes where the desk went. The same"
            " command goes on with what was broken off."
        ),
        epilog=examples("paidan db move --to new-desk.db --keep"),
    )
    parser.add_argument("deed", choices=("move",), metavar="move", help=_("what to do"))
    parser.add_argument("--to", required=True, metavar="URL", help=_("an empty store"))
    parser.add_argument(
        "--keep",
        action="store_true",
        help=_("only copy: the old store stays in use, and what is written meanwhile stays there"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Move, and say what was compared."""
    from store.persistence.database import connect
    from store.persistence.moving import move

    with call.records() as records:
        try:
            target = connect(args.to)
        except BadInput as bad:
            raise WrongUsage(why=tell(bad)) from bad
        try:
            found = move(
                records.database, target, keep=args.keep, check=lambda: _examined(call, target)
            )
        finally:
            target.close()
    if args.json:
        tables = [{"table": t.table, "rows": t.rows, "digest": t.digest} for t in found]
        call.json({"to": target.address, "kept": args.keep, "tables": tables})
        return 0
    for one in found:
        call.print(f"{one.table:20} {one.rows:>10} {one.digest[:16]}")
    rows = sum(one.rows for one in found)
    said = _("{rows} rows in {tables} tables are the same in both; the desk is at {to} now")
    if args.keep:
        said = _("{rows} rows in {tables} tables are the same in both; {to} is a copy of the desk")
    call.say(said.format(rows=rows, tables=len(found), to=target.address))
    return 0


def _examined(call: Call, target: Database) -> None:
    """Refuse a copy with which the doctor finds fault; so had the store that it is of."""
    from console.cli_doctor import examine
    from store.domain.who import THE_DESK
    from store.records import Records

    findings, _orders, _entries = examine(call, Records(target), THE_DESK)
    if findings:
        why = N_("the doctor finds {count} faults in the copy; paidan doctor tells of them here")
        raise StoreTrouble(why=why.format(count=len(findings)))
