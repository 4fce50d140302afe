"""`paidan progress`: work that runs for days, and the note that it owes each working day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "progress",
        help=_("see that work which runs for days is told of each working day"),
        description=_(
            "Work that somebody is at for more than a day owes a note each working day, by the"
            " hour that its service level says (daily_by_s in paidan add level --file), or by"
            " 17:00 where it is asked for by hand. A day that passes without one rings. Any note"
            " counts; one that begins with a percentage says how far the work is."
        ),
        epilog=examples("paidan progress", "paidan progress list --json"),
    )
    deeds = {
        "list": _("orders that owe notes, missing ones first (the default)"),
        "note": _("NUMBER WORDS: a note, such as 60% pump is in; --by says who told it"),
        "ask": _("NUMBER: a note each working day, though its level asks for none"),
        "spare": _("NUMBER: no more"),
    }
    told = "; ".join(f"{name}: {text}" for name, text in deeds.items())
    parser.add_argument(
        "deed",
        nargs="?",
        choices=[*deeds],
        default="list",
        metavar="DEED",
        help=told.replace("%", "%%"),
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--by", metavar="NAME", default="", help=_("note: who told it"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or do and say what was done."""
    if args.deed == "list":
        _words(args, 0, 0)
        return _list(args, call)
    return call.do(_command(args))


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from console.render_card import when
    from console.render_daily import HEADS, daily_cells
    from store.queries.daily import ListDaily

    at = call.at()
    with call.records() as records:
        found = records.ask(ListDaily(limit=10_000), who=call.who(records), at=at)
    if args.json:
        call.json([plain(line) for line in found])
        return 0
    if not found:
        call.say(_("no running work owes a note each day"))
        return 0
    rows = [list(daily_cells(line, lambda moment: when(moment, None, at=at))) for line in found]
    call.table([_(head) for head in HEADS], rows)
    return 0


def _command(args: argparse.Namespace) -> Command:
    from store.commands.contact import NoteOrder
    from store.commands.daily import AskDaily

    if args.deed != "note":
        (number,) = _words(args, 1, 1)
        return AskDaily(number=_number(number), on=args.deed == "ask")
    number, *words = _words(args, 2, 10_000)
    text = " ".join(words)
    if args.by:
        text = _("{text} (told by {name})").format(text=text, name=args.by)
    return NoteOrder(number=_number(number), text=text)


def _words(args: argparse.Namespace, least: int, most: int) -> list[str]:
    if not least <= len(args.what) <= most:
        raise _wrong(_("say: progress note NUMBER WORDS, ask NUMBER, spare NUMBER, or list"))
    return list(args.what)


def _number(text: str) -> int:
    digits = text.removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 12:
        return int(digits)
    raise _wrong(_("“{text}” is no number of an order").format(text=text))


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
