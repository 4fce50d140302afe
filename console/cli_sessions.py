"""`paidan sessions`: who is in at the desk that is served here; end one, tell all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _, fill

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.who_is_in import SessionLine


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    from argparse import SUPPRESS

    from console.cli_parser import whole

    parser = sub.add_parser(
        "sessions",
        help=_("list the sessions of the desk served here, end one, tell all something"),
        description=_(
            "List the sessions of the desk that `paidan serve` serves on this machine: who, from"
            " where, by which key, since when, for how long nothing was typed or that it is locked,"
            " whether it is recorded, bytes a second. end ends one, whose drafts are kept; notice"
            " shows a sentence on every console. It is for administrators."
        ),
        epilog=examples(
            "paidan sessions",
            "paidan sessions --json",
            "paidan sessions end 3",
            _('paidan sessions notice "The desk restarts at 14:00"'),
        ),
    )
    parser.set_defaults(json=False, folder=None)
    what: Sub = parser.add_subparsers(dest="what", metavar="WHAT")
    end = what.add_parser("end", help=_("end one"))
    end.add_argument("session", type=whole, metavar="N", help=_("its number"))
    notice = what.add_parser("notice", help=_("show a sentence on every console"))
    notice.add_argument("text", metavar="TEXT", help=_("the sentence"))
    for one in (parser, end, notice):
        none: dict[str, Any] = {} if one is parser else {"default": SUPPRESS}
        one.add_argument("--json", action="store_true", help=_("print JSON"), **none)
        place = _("where the served desk has its socket and host key")
        one.add_argument("--folder", metavar="FOLDER", help=place, **none)


def run(args: argparse.Namespace, call: Call) -> int:
    """Do what is asked, or show who is in."""
    from contextlib import closing

    from console.serve import house
    from console.serve.far import FarRecords
    from store.commands.sessions import EndSession, SendNotice
    from store.domain.errors import StoreUnreachable

    folder = house.folder(args.folder)
    try:
        records = FarRecords(str(house.counter_in(folder)))
    except StoreUnreachable as error:
        raise house.none_served(folder) from error
    with closing(records):
        who, at = call.who(records), call.at()
        if args.what is None:
            _show(records.sessions(who=who, at=at), args, call)
            return 0
        command = (
            EndSession(session=args.session, operator="?")
            if args.what == "end"
            else SendNotice(text=args.text)
        )
        done = records.do(command, who=who, at=at)
    if args.json:
        call.json(dict(done.facts))
    else:
        call.print(fill(done.sentence, done.facts))
    return 0


def _show(found: tuple[SessionLine, ...], args: argparse.Namespace, call: Call) -> None:
    from dataclasses import asdict

    from console.cli_table import screen_width, table
    from console.render_sessions import heads, session_cells

    at = call.at()
    if args.json:
        call.json([asdict(one) for one in found])
        return
    rows = [(*session_cells(one, at=at, zone=None), one.key) for one in found]
    for line in table(heads(), rows, width=screen_width(), at=at, firm=(9,)):
        call.print(line)
