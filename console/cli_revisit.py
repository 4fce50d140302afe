"""`paidan revisit`: the calls of a month to customers by tier: planned, listed, noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub

_OUTCOMES: Mapping[str, str] = {
    "content": "content",
    "to-do": "to_do",
    "no-answer": "no_answer",
    "refused": "refused",
}


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "revisit",
        help=_("call customers again by tier: plan the month, list it, note what came of it"),
        description=_(
            "Key customers are called each month, others as often as the desk is set to (paidan"
            " settings revisit_key 1, revisit_standard 3, revisit_others 0). The scheduler plans a"
            " day for each, evenly over the working days of his calendar; plan does it now. One"
            " that is not held by the end of its day rings, and stands on top of the calls."
        ),
        epilog=examples(
            "paidan revisit",
            "paidan settings revisit_key 1",
            "paidan revisit plan",
            "paidan revisit list --month 2026-10 --json",
        ),
    )
    deeds = {
        "list": _("those that are open, missed ones first (the default)"),
        "plan": _("plan now what customers are due for in this month; no other can be planned"),
        "done": _("NUMBER content|to-do|no-answer|refused WORDS: what came of the call"),
    }
    told = "; ".join(f"{name}: {text}" for name, text in deeds.items())
    parser.add_argument(
        "deed", nargs="?", choices=[*deeds], default="list", metavar="DEED", help=told
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--month", metavar="MONTH", default="", help=_("list: all of a month"))
    parser.add_argument(
        "--place", type=whole, metavar="N", help=_("done: which promise of the order it was")
    )
    parser.add_argument(
        "--opens",
        choices=("order", "call"),
        default="order",
        help=_("done: what something to do opens (order)"),
    )
    parser.add_argument("--again", metavar="WHEN", help=_("done: when to call again: +2h, 15:00"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or plan or note and say what that came to."""
    if args.deed == "list":
        _no_more(args, 0)
        return _list(args, call)
    if args.deed == "plan":
        return _plan(args, call)
    return _done(args, call)


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.render_revisits import HEADS, revisit_cells, revisit_plain
    from store.queries.revisits import ListRevisits

    query = ListRevisits(period=args.month, limit=10_000)
    with call.records() as records:
        found = records.ask(query, who=call.who(records), at=call.at())
    if args.json:
        call.json([revisit_plain(line) for line in found])
        return 0
    if not found:
        call.say(_("no revisit is open") if not args.month else _("no revisit is of that month"))
        return 0
    heads, rows = [_(head) for head in HEADS], [list(revisit_cells(line)) for line in found]
    call.table(heads, rows)
    return 0


def _plan(args: argparse.Namespace, call: Call) -> int:
    from store.commands.revisits import PlanRevisits

    _no_more(args, 0)
    if args.month:
        raise _wrong(_("revisit plan plans this month; --month is for revisit list"))
    return call.do(PlanRevisits())


def _done(args: argparse.Namespace, call: Call) -> int:
    from console.whens import parse_when
    from store.commands.revisits import RecordRevisit

    if len(args.what) < 2 or args.what[1] not in _OUTCOMES:
        raise _wrong(_("say: done NUMBER content|to-do|no-answer|refused, and what was said"))
    digits = args.what[0].removeprefix("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 12):
        raise _wrong(_("“{text}” is no number of an order").format(text=args.what[0]))
    again: Any = None if args.again is None else parse_when(args.again, at=call.at())
    command = RecordRevisit(
        number=int(digits),
        outcome=_OUTCOMES[args.what[1]],
        place=args.place,
        note=" ".join(args.what[2:]),
        opens=args.opens,
        next_at=again,
    )
    return call.do(command)


def _no_more(args: argparse.Namespace, count: int) -> None:
    if len(args.what) != count:
        raise _wrong(_("revisit {deed} takes no word behind it").format(deed=args.deed))


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
