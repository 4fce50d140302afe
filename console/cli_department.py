"""`paidan department`: the departments that projects go between, one by one or from a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.cli_help import examples
from console.i18n import _
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub

_MOST: Final = 2**20
"""Bytes of a file that are read."""
_NAMES: Final = 3
"""Code, name, name in Chinese."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "department",
        help=_("keep the departments that projects go between"),
        description=_(
            "A department has a code, and a name in each language. A file to import is CSV, a"
            " department a line: code, name, name in Chinese; all of it is kept or nothing."
        ),
        epilog=examples(
            "paidan department",
            "paidan department add works 'Site works' 施工部",
            "paidan department list --json",
        ),
    )
    deeds = {
        "list": _("every department, and how many open projects it has (the default)"),
        "add": _("CODE NAME [NAME]: make one, or give it other names"),
        "import": _("FILE: all that a CSV file names"),
    }
    told = "; ".join(f"{name}: {text}" for name, text in deeds.items())
    parser.add_argument(
        "deed", nargs="?", choices=[*deeds], default="list", metavar="DEED", help=told
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show them, or keep some."""
    from console.cli_project_told import wrong
    from store.commands.projects_asked import SaveDepartments

    least, most = {"list": (0, 0), "add": (2, 3), "import": (1, 1)}[args.deed]
    if not least <= len(args.what) <= most:
        why = _("department {deed} takes other words behind it; its --help tells which")
        raise wrong(why.format(deed=args.deed))
    if args.deed == "list":
        return _list(args, call)
    rows = (_row(args.what),) if args.deed == "add" else _read(args.what[0])
    return call.do(SaveDepartments(departments=rows))


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from store.queries.projects import ListDepartments

    with call.records() as records:
        found = records.ask(ListDepartments(), who=call.who(records), at=call.at())
    if args.json:
        call.json([plain(one) for one in found])
    elif not found:
        call.say(_("there is no department; paidan department add works 'Site works' makes one"))
    else:
        heads = (_("code"), _("name"), _("name in Chinese"), _("open projects"))
        rows = [[one.code, one.name, one.name_zh, str(one.projects)] for one in found]
        call.table(heads, rows)
    return 0


def _row(words: list[str]) -> tuple[str, str, str]:
    code, name, *more = [word.strip() for word in words]
    return code, name, more[0] if more else ""


def _read(name: str) -> tuple[tuple[str, str, str], ...]:
    """The lines of a file; one that begins with `code` is its heading."""
    from store.domain.system_words import why
    from store.domain.text import safe

    shown = safe(name, limit=200)
    try:
        with Path(name).expanduser().open("rb") as file:
            text = file.read(_MOST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        right = N_("write it in UTF-8")
        raise BadInput(where=shown, wrong=N_("it is not UTF-8"), right=right) from error
    except (OSError, ValueError) as error:
        wrong = why(error) if isinstance(error, OSError) else N_("it is no path")
        raise BadInput(where=shown, wrong=wrong, right=N_("give a CSV file")) from error
    rows = []
    for place, cells in enumerate(csv.reader(text.splitlines()), 1):
        if not any(cell.strip() for cell in cells) or (place == 1 and cells[0].strip() == "code"):
            continue
        if not 2 <= len(cells) <= _NAMES:
            where = N_("{file}, line {line}").format(file=shown, line=place)
            count = N_("{count} cells").format(count=len(cells))
            raise BadInput(where=where, wrong=count, right=N_("code, name, name in Chinese"))
        rows.append(_row(cells))
    return tuple(rows)
