"""`paidan handover`: what the desk leaves to the next shift; offered, printed, taken over."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _, fill
from console.json_text import json_text
from console.new_file import write_new
from store.domain.errors import HandoverUnknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.handover import Handover

_FORMATS = ("text", "md", "html")


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "handover",
        help=_("hand the desk to the next shift, take it over, print what it leaves"),
        description=_(
            "Show the hand-over that is offered, else what would be offered now: open risks,"
            " promises due, exceptions, and what was finished since the desk was taken over. Until"
            " somebody accepts, the desk stays in the old name."
        ),
        epilog=examples(
            "paidan handover",
            "paidan handover --format html --out handover.html",
            "paidan handover offer 'key of hall B is with the porter'",
            "paidan handover note 'bring the ladder back'",
            "paidan handover withdraw",
            "paidan handover past",
        ),
    )
    what: Sub = parser.add_subparsers(dest="what")
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help=_("text, Markdown or HTML (text)")
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help=_("write to a new file"))
    parser.add_argument(
        "--number", type=whole, metavar="N", help=_("an old one by its number, see past")
    )
    offer = what.add_parser("offer", help=_("offer the desk to the next shift"))
    offer.add_argument("text", nargs="?", default="", metavar="NOTE")
    note = what.add_parser("note", help=_("write something down for the next shift"))
    note.add_argument("text", metavar="NOTE")
    tick = what.add_parser("tick", help=_("tick open risks that you have read"))
    tick.add_argument("orders", type=whole, nargs="+", metavar="ORDER")
    accept = what.add_parser("accept", help=_("take the desk over, when every risk is ticked"))
    withdraw = what.add_parser("withdraw", help=_("offer it no longer"))
    past = what.add_parser("past", help=_("list hand-overs that are over"))
    for one in (offer, note, tick, accept, withdraw, past):
        one.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=_("print JSON")
        )


def run(args: argparse.Namespace, call: Call) -> int:
    """Do what is asked, or show it."""
    if args.what == "past":
        return _past(args, call)
    if args.what is None:
        return _show(args, call)
    with call.records() as records:
        who, at = call.who(records), call.at()
        from store.queries.handover import ShowHandover

        held = records.ask(ShowHandover(), who=who, at=at)
        done = records.do(_command(args, held), who=who, at=at)
    if args.json:
        call.json({"ok": True, "message": fill(done.sentence, done.facts), **_numbers(done.facts)})
    else:
        call.print(fill(done.sentence, done.facts))
    return 0


def _numbers(facts: dict[str, Any]) -> dict[str, Any]:
    return {"number": facts.get("handover", facts.get("accepted"))}


def _command(args: argparse.Namespace, held: Handover) -> Command:
    from store.commands.handover import (
        AcceptHandover,
        NoteHandover,
        OfferHandover,
        TickRisks,
        WithdrawHandover,
    )

    if args.what == "offer":
        return OfferHandover(note=args.text)
    if held.id is None:
        raise HandoverUnknown(handover=0)
    if args.what == "note":
        return NoteHandover(handover=held.id, text=args.text)
    if args.what == "tick":
        return TickRisks(handover=held.id, numbers=tuple(args.orders))
    if args.what == "accept":
        return AcceptHandover(handover=held.id, seen=held.version)
    return WithdrawHandover(handover=held.id)


def _show(args: argparse.Namespace, call: Call) -> int:
    from store.queries.handover import ShowHandover

    with call.records() as records:
        held = records.ask(ShowHandover(handover=args.number), who=call.who(records), at=call.at())
    from console import print_handover

    if args.json and args.out is None:
        call.json(print_handover.plain(held))
        return 0
    printed: Iterable[str]
    if args.json:
        printed = [json_text(print_handover.plain(held), indent=2)]
    elif args.format == "text":
        printed = print_handover.lines(held, at=call.at())
    else:
        made = {"md": print_handover.markdown, "html": print_handover.html}[args.format]
        printed = made(held, at=call.at(), zone=None)
    if args.out is not None:
        write_new(args.out, printed)
        call.say(_("written to {path}").format(path=args.out))
    elif args.format == "text":
        for line in printed:
            call.print(line)
    else:  # made safe already, and a long note must not be cut
        sys.stdout.writelines(f"{line}\n" for line in printed)
    return 0


def _past(args: argparse.Namespace, call: Call) -> int:
    from store.queries.handover import ListHandovers

    with call.records() as records:
        found = records.ask(ListHandovers(), who=call.who(records), at=call.at())
    if args.json:
        call.json(
            [
                {
                    "number": one.id,
                    "holder": one.holder,
                    "offered_at": one.offered_at,
                    "accepted_by": one.accepted_by,
                    "over_at": one.over_at,
                    "risks": one.risks,
                }
                for one in found
            ]
        )
        return 0
    if not found:
        call.say(_("the desk was never handed over"))
        return 0
    from console.cli_table import local, screen_width, table

    heads = [
        _("hand-over"),
        _("handed over by"),
        _("offered"),
        _("taken over by"),
        _("at"),
        _("risks"),
    ]
    rows = [
        (
            str(one.id),
            one.holder,
            local(one.offered_at),
            one.accepted_by or _("withdrawn"),
            local(one.over_at),
            str(one.risks),
        )
        for one in found
    ]
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    return 0
