"""`paidan backup FILE`: a checked copy of the store, taken while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.cli_help import examples
from console.i18n import _
from console.new_file import meant

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "backup",
        help=_("copy the store while it is in use"),
        description=_(
            "Copy the whole store to a file, check the copy, and only then give it its name:"
            " a database file for SQLite, an archive for pg_restore for PostgreSQL."
        ),
        epilog=examples("paidan backup desk-copy.db --force"),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=_("where the copy goes"))
    parser.add_argument(
        "--force", action="store_true", help=_("replace a file of that name, never the store")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Make the copy and say where it is."""
    from console.cli_doctor import seal_plain, tell_seal
    from store.persistence.backup import backup
    from store.queries.doctor import NewestSeal

    with call.records() as records:
        to = meant(args.file).absolute()
        made = backup(records.database, to, force=args.force)
        seal = records.ask(NewestSeal(), who=call.who(records), at=call.at())
    size = made.stat().st_size
    if args.json:
        call.json({"path": str(made), "bytes": size, "seal": seal_plain(seal)})
    else:
        call.print(_("{path}: {size} bytes").format(path=made, size=size))
        tell_seal(call, seal)
    return 0
