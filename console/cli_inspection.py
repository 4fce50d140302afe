"""`paidan inspection`: draw, score, and do a draw again; step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.cli_deeds import add_deeds, check_options, no_more
from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command

_MOST = 2**17
"""Bytes of a score sheet that are read."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "inspection",
        help=_("draw finished orders to be inspected, score them, do a draw again"),
        description=_(
            "Once a week is over, some of the orders that were closed in it are drawn to be"
            " inspected: of each technician's a share by lot (paidan settings inspect_share 10"
            " has the desk draw by itself), and besides these the first jobs of somebody new, bad"
            " answers, assets that need somebody again and again, what was opened again, what"
            " used an exception. The ticket of an order is the SHA-256 of the seed, a colon and"
            " its number; the smallest tickets of each technician are drawn, so many of a hundred"
            " as the share says, rounded up. Seed and population are kept, so that anybody may do"
            " it again. Nobody inspects what he did himself."
        ),
        epilog=examples(
            "paidan inspection",
            "paidan inspection draws --json",
            "paidan inspection sheet",
        ),
    )
    deeds = {
        "list": _("those to be inspected, the first due before the others (the default)"),
        "draws": _("every draw with its week and seed"),
        "draw": _("draw a week that is over, with --week, --share, --again"),
        "rerun": _("do a draw again from its seed and say whether it is the same, with --week"),
        "show": _("INSPECTION: one whole, with its steps"),
        "score": _("INSPECTION SCORES: one of 0 to 4 for each criterion, - for none; --remark"),
        "words": _("INSPECTION: raw words, with --technician-said and --customer-said"),
        "action": _("INSPECTION WORDS: open an action, with --cause, --owner and --due"),
        "again": _("INSPECTION: it is to be done again"),
        "drop": _("INSPECTION WORDS: it cannot be inspected, and why"),
        "sheet": _("[KIND]: the score sheet as a file, to begin one's own with"),
        "sheets": _("every score sheet with its versions"),
        "import": _("FILE: a score sheet for what is drawn from now on"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--week", metavar="WEEK", help=_("such as 2026-W47"))
    share = _("draw: percent of each technician's orders")
    parser.add_argument("--share", type=whole, metavar="N", help=share)
    another = _("draw: another one beside the draw that the week has")
    parser.add_argument("--again", action="store_true", help=another)
    nth = _("rerun: which draw of the week, 0 for the first")
    parser.add_argument("--nth", type=whole, metavar="N", help=nth)
    parser.add_argument("--remark", metavar="TEXT", help=_("score: what was found"))
    front = _("words: in the technician's own words")
    parser.add_argument("--technician-said", metavar="TEXT", help=front)
    customer = _("words: in the customer's own words")
    parser.add_argument("--customer-said", metavar="TEXT", help=customer)
    parser.add_argument("--technician", metavar="CODE", help=_("list: only of this technician"))
    parser.add_argument("--cause", metavar="CAUSE", help=_("action: the root cause"))
    parser.add_argument("--owner", metavar="CODE", help=_("action: who sees to it"))
    parser.add_argument("--due", metavar="WHEN", help=_("action: by when its plan is there"))
    parser.add_argument("--over", action="store_true", help=_("list: those that are over"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do a step and say what was done."""
    from console.cli_inspection_told import SHOWS, SPELLED, TAKES

    check_options(args, TAKES, SPELLED)
    if args.deed in SHOWS:
        return SHOWS[args.deed](args, call)
    return call.do(_command(args, call))


def _command(args: argparse.Namespace, call: Call) -> Command:
    from console.cli_complaint_told import number_of, wrong
    from console.inspection_commands import inspection_command, week_read
    from console.words_heard import cause_read
    from store.commands.inspections import (
        ActOnInspection,
        DrawInspections,
        ImportSheet,
        KeepInspectionWords,
    )

    if args.deed == "draw":
        no_more(args, 0)
        week = week_read(args.week or "-")
        return DrawInspections(week=week, share=args.share, again=args.again)
    if args.deed == "import":
        no_more(args, 1)
        return ImportSheet(source=_read(args.what[0]))
    number, words = number_of(args), " ".join(args.what[1:])
    if args.deed == "words":
        no_more(args, 1)
        front, customer = args.technician_said or "", args.customer_said or ""
        return KeepInspectionWords(inspection=number, technician=front, customer=customer)
    if args.deed == "action":
        from console.whens import parse_when

        if not args.cause:
            raise wrong(_("--cause says what the root cause is: design, workmanship, ..."))
        due_at = None if args.due is None else parse_when(args.due, at=call.at())
        cause = cause_read(args.cause)
        return ActOnInspection(
            inspection=number, problem=words, cause=cause, owner=args.owner, due_at=due_at
        )
    told = {"scores": words, "remark": args.remark or "", "reason": words}
    return inspection_command(args.deed, number, told)


def _read(path: str) -> str:
    """A score sheet as it lies there; refused with what is wrong."""
    where = N_("the file")
    try:
        with Path(path).open("rb") as file:
            source = file.read(_MOST + 1)
    except OSError as error:
        raise BadInput(
            where=where, wrong=str(error.strerror or error), right=N_("name a file that is there")
        ) from None
    try:
        if len(source) <= _MOST:
            return source.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        pass
    right = N_("paidan inspection sheet prints a right one")
    raise BadInput(where=where, wrong=N_("it is no score sheet"), right=right)
