"""`paidan backup`: the whole desk in one file, taken while it is in use, and proven."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.cli_guard import WrongUsage
from console.cli_help import examples
from console.i18n import _
from console.new_file import meant
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.backups import Proven
    from store.records import Records


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "backup",
        help=_("copy the desk into a file while it is in use"),
        description=_(
            "Copy one moment of the whole desk into a new file while everybody works on, lay the"
            " copy out again, compare it and have the doctor examine it, and only then give it its"
            " name. `paidan restore` makes a desk of it, in SQLite or PostgreSQL, wherever it came"
            " from. `paidan settings backup FOLDER` has one made every hour by itself."
        ),
        epilog=examples("paidan backup --to desk-copy.zip", "paidan backup --verify desk-copy.zip"),
    )
    deed = parser.add_mutually_exclusive_group()
    deed.add_argument(
        "--to",
        type=Path,
        metavar="PATH",
        help=_("a new file, or a folder, where its name is the time; else the folder that is set"),
    )
    deed.add_argument(
        "--verify",
        type=Path,
        metavar="FILE",
        help=_("make nothing: restore this one into a store that is thrown away, and examine that"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Make the backup or prove one, and say what is in it."""
    from console.cli_doctor import progress
    from store import backups
    from store.domain.backups import name_at

    if args.verify is not None:
        path = meant(args.verify)
        proven = backups.verify(path.absolute(), at=call.at(), tell=progress)
        return tell_proven(args, call, path, proven, said=N_("{path}: whole, of {when}"))
    with call.records() as records:
        at = call.at()
        to = (_folder_set(call, records) if args.to is None else meant(args.to)).absolute()
        if to.is_dir():
            to /= name_at(at)
        proven = backups.make(records.database, to, at=at, tell=progress)
    return tell_proven(args, call, to, proven, said=N_("{path}: {size} bytes, of {when}"))


def _folder_set(call: Call, records: Records) -> Path:
    from store.queries.backups import Backups

    folder = records.ask(Backups(), who=call.who(records), at=call.at()).plan.folder
    if not folder:
        raise WrongUsage(why=_("no folder for backups is set; name a file or a folder with --to"))
    return Path(folder)


def tell_proven(
    args: argparse.Namespace, call: Call, path: Path, proven: Proven, *, said: str
) -> int:
    """What is in a backup, and what the doctor finds in it; its exit code."""
    from console.cli_doctor import finding_plain, seal_plain, tell_findings, tell_seal
    from console.render_time import here
    from store.queries.doctor import Seal

    about = proven.about
    seal = None if about.seal is None else Seal(number=about.seal[0], hash=about.seal[1])
    if args.json:
        call.json(
            {
                "path": str(path),
                "bytes": path.stat().st_size if path.exists() else None,
                "made_at": about.made_at.isoformat(),
                "schema": about.schema,
                "entries": about.head,
                "tables": [
                    {"table": one.table, "rows": one.rows, "digest": one.digest}
                    for one in about.tables
                ],
                "findings": [finding_plain(finding) for finding in proven.findings],
                "broke_off": proven.broke_off,
                "seal": seal_plain(seal),
            }
        )
    else:
        when = f"{here(about.made_at, None):%Y-%m-%d %H:%M:%S}"
        size = path.stat().st_size if path.exists() else 0
        call.print(_(said).format(path=path, size=size, when=when))
        tell_findings(call, proven.findings, proven.orders, proven.entries)
        if proven.broke_off is not None:
            call.say(_("the doctor broke off: {why}").format(why=proven.broke_off))
        tell_seal(call, seal)
    return 0 if proven.sound else 1
