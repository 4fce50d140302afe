"""`paidan complaint` and `paidan praise`: what customers say without being asked, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_deeds import add_deeds, check_options, no_more
from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "complaint",
        help=_("keep what customers complain of, answer it in time, find its cause"),
        description=_(
            "A complaint is kept about an order, a site or a customer. It is to be answered within"
            " the working time that the customer's service level sets, and rings before that is"
            " over. It is closed once the customer was answered and its root cause is known, and"
            " may lead to an action, as a bad answer does."
        ),
        epilog=examples(
            "paidan complaint",
            "paidan complaint add 'the lift hums every night' --about noise --order 17",
            "paidan complaint list --over --json",
        ),
    )
    deeds = {
        "list": _("those that are not over, the first due before the others (the default)"),
        "show": _("COMPLAINT: one whole, with its steps"),
        "add": _("WORDS: what the customer said, with --about and --order, --site or --customer"),
        "answer": _("COMPLAINT WORDS: what the customer was told, with --to"),
        "cause": _("COMPLAINT CAUSE: its root cause"),
        "close": _("COMPLAINT: it is over; --cause where that is found only now"),
        "action": _("COMPLAINT: open an action for it, with --owner and --due"),
        "withdraw": _("COMPLAINT WORDS: why it should not have been kept"),
    }
    _words(parser, deeds)
    about = _("late, again, work, manner, noise, news, price, other")
    parser.add_argument("--about", metavar="WORD", help=about)
    parser.add_argument("--to", metavar="NAME", help=_("answer: who was told"))
    parser.add_argument("--cause", metavar="CAUSE", help=_("close: the root cause"))
    parser.add_argument("--owner", metavar="CODE", help=_("action: who sees to it"))
    parser.add_argument("--due", metavar="WHEN", help=_("action: by when its plan is there"))
    parser.add_argument("--over", action="store_true", help=_("list: those that are over"))


def add_praise(sub: Sub) -> None:
    """Put the words of `paidan praise` in."""
    parser = sub.add_parser(
        "praise",
        help=_("keep what customers praise: it counts for the technician"),
        description=_(
            "Praise is kept about an order, a site or a customer. It counts for the technician who"
            " is named, else for whoever did the order last."
        ),
        epilog=examples(
            "paidan praise",
            "paidan praise add 'quick and friendly' --order 17",
            "paidan praise list --technician L1 --json",
        ),
    )
    deeds = {
        "list": _("the newest first (the default)"),
        "add": _("WORDS: what the customer said, with --order, --site or --customer"),
        "withdraw": _("PRAISE WORDS: why it should not have been kept"),
    }
    _words(parser, deeds)
    parser.add_argument("--over", action="store_true", help=_("list: those that were withdrawn"))


def _words(parser: argparse.ArgumentParser, deeds: Mapping[str, str]) -> None:
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--order", type=whole, metavar="N", help=_("about this order"))
    parser.add_argument("--site", metavar="CODE", help=_("about this site"))
    parser.add_argument("--customer", metavar="CODE", help=_("of this customer"))
    parser.add_argument("--asset", metavar="CODE", help=_("about this asset"))
    parser.add_argument("--technician", metavar="CODE", help=_("about this technician"))
    parser.add_argument("--by", metavar="NAME", help=_("add: who said it"))
    how = _("add: how it came: phone, message, letter, person, survey, other")
    parser.add_argument("--how", metavar="WORD", help=how)
    parser.add_argument(
        "--at", metavar="WHEN", help=_("add: when it was said: 09:15, 2h ago, 2026-09-21")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do a step and say what was done."""
    from console.cli_complaint_told import TAKES, list_them, show_one

    check_options(args, TAKES[args.command])
    if args.deed == "list":
        return list_them(args, call)
    if args.deed == "show":
        return show_one(args, call)
    return call.do(_command(args, call))


def _command(args: argparse.Namespace, call: Call) -> Command:
    from console.cli_complaint_told import number_of
    from console.voice_commands import voice_command
    from store.commands.voices import ActOnComplaint, CloseComplaint

    if args.deed == "add":
        return _kept(args, call)
    number, words = number_of(args), " ".join(args.what[1:])
    if args.deed == "action":
        no_more(args, 1)
        return ActOnComplaint(complaint=number, owner=args.owner, due_at=_when(args.due, call))
    if args.deed == "close":
        from console.words_heard import cause_read

        no_more(args, 1)
        return CloseComplaint(complaint=number, cause=cause_read(args.cause) if args.cause else "")
    told = {"told": words, "whom": getattr(args, "to", None) or ""}
    return voice_command(args.deed, number, told | {"cause": words, "reason": words})


def _kept(args: argparse.Namespace, call: Call) -> Command:
    from console.cli_complaint_told import wrong
    from console.moments import read_moment
    from console.words_voices import about_read
    from store.commands.voices import KeepComplaint, KeepPraise

    told: dict[str, Any] = {"said": " ".join(args.what), "speaker": args.by or ""}
    told |= {"site": args.site, "customer": args.customer, "asset": args.asset}
    told |= {"number": args.order, "technician": args.technician}
    told |= {"received_at": None if args.at is None else read_moment(args.at, at=call.at())}
    if args.how:
        told["channel"] = args.how
    if args.command == "praise":
        return KeepPraise(**told)
    if not args.about:
        raise wrong(_("--about says what it is about: late, work, noise, ..."))
    return KeepComplaint(**told, about=about_read(args.about))


def _when(text: str | None, call: Call) -> Any:
    from console.whens import parse_when

    return None if text is None else parse_when(text, at=call.at())
