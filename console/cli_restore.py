"""`paidan restore FILE --to URL`: a backup becomes a desk again, in either kind of database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.cli_guard import WrongUsage
from console.cli_help import examples
from console.i18n import _, tell
from console.new_file import meant
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "restore",
        help=_("make a desk of a backup"),
        description=_(
            "Lay the desk of a backup out where there is none yet, a new file or an empty database,"
            " compare every table by count and checksum, have the doctor examine it, and only then"
            " let it be opened. Where a desk is nothing is done. Killed, it leaves no desk; the"
            " same command begins again, or goes on."
        ),
        epilog=examples(
            "paidan backup --to desk-copy.zip", "paidan restore desk-copy.zip --to restored.db"
        ),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the backup"))
    parser.add_argument(
        "--to", required=True, metavar="URL", help=_("a new file or an empty database")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Restore, and say what the doctor found."""
    from console.cli_backup import tell_proven
    from console.cli_doctor import progress
    from store import backups
    from store.persistence.database import address_of

    try:
        address_of(args.to)
    except BadInput as bad:
        raise WrongUsage(why=tell(bad)) from bad
    path = meant(args.file)
    proven = backups.restore(path.absolute(), args.to, at=call.at(), tell=progress)
    code = tell_proven(args, call, path, proven, said=N_("{path}: restored, as of {when}"))
    if not args.json:
        call.say(_("no backups are made of it by themselves until paidan settings backup says so"))
    return code
