"""`paidan radar`: trouble that comes again, taken up with the customer invited."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from console.cli_deeds import add_deeds, check_options, no_more, number_in
from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.radar import RecurrenceLine


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "radar",
        help=_("see what comes again where it was, and take it up with the customer"),
        description=_(
            "Proposed are: complaints about the same at one asset or site three months running;"
            " orders of one kind there three months running, or in alike words, on more days than"
            " chance would have it; five orders on an asset within 30 days. The desk looks once a"
            " day. Whatever is taken up becomes an action; what comes again after that, or after"
            " it was left, is proposed anew."
        ),
        epilog=examples(
            "paidan radar",
            "paidan radar look",
            "paidan radar list --over --json",
        ),
    )
    deeds = {
        "list": _("what is proposed, with its evidence (the default)"),
        "take": _("PROPOSAL: make an action of it, with --invite"),
        "leave": _("PROPOSAL WORDS: why it is not taken up"),
        "look": _("look now"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    invite = _("take: who of the customer's is invited to take part")
    parser.add_argument("--invite", metavar="NAME", help=invite)
    cause = _("take: the root cause, as far as it is known")
    parser.add_argument("--cause", metavar="CAUSE", help=cause)
    parser.add_argument("--owner", metavar="CODE", help=_("take: who sees to it"))
    parser.add_argument("--over", action="store_true", help=_("list: those that are over"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


_TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("over",),
    "take": ("invite", "cause", "owner"),
}
"""Which options a deed takes; those that are not here take none. All print JSON."""


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do a step and say what was done."""
    check_options(args, _TAKES)
    return _list(args, call) if args.deed == "list" else call.do(_command(args))


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.render_radar import radar_lines
    from store.queries.radar import ListRadar

    no_more(args, 0)
    with call.records() as records:
        found = records.ask(ListRadar(over=args.over), who=call.who(records), at=call.at())
    if args.json:
        call.json([_plain(line) for line in found])
        return 0
    if not found:
        call.say(_("nothing comes again"))
        return 0
    for line in found:
        for text in radar_lines(line, at=call.at(), zone=None):
            call.print(text)
    return 0


def _plain(line: RecurrenceLine) -> dict[str, Any]:
    told = asdict(line)
    return {**told.pop("recurrence"), **told}


def _command(args: argparse.Namespace) -> Command:
    from console.radar_steps import radar_command

    if args.deed == "look":
        no_more(args, 0)
        return radar_command("look", None, {})
    number = number_in(
        args.what,
        _("radar {deed} wants the number of a proposal").format(deed=args.deed),
    )
    if args.deed == "leave":
        return radar_command("leave", number, {"reason": " ".join(args.what[1:])})
    no_more(args, 1)
    told = {"invited": args.invite or "", "cause": args.cause, "owner": args.owner}
    return radar_command("take", number, told)
