"""`paidan automatic`: in which mode the desk dispatches what, shown and set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _, fill

if TYPE_CHECKING:
    import argparse

    from console.actions_kinds import Ask
    from console.cli_call import Call
    from console.cli_parser import Sub

_SET = ("off", "propose", "act", "drop")


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "automatic",
        help=_("show and set in which mode the desk dispatches by itself"),
        description=_(
            "Show in which mode the desk dispatches by itself, or set it. off: everything by hand."
            " propose: it proposes somebody for each order that nobody has. act: it sends the best"
            " where he beats the next one by the margin and no order of the first priority becomes"
            " late; else it asks. drop: a wider setting counts again."
        ),
        epilog=examples(
            "paidan automatic",
            "paidan automatic propose",
            "paidan automatic act --queue overdue --priority 1 --margin 20 --accept 5",
            "paidan automatic off --priority 4",
            "paidan automatic drop --queue overdue --priority 1",
            "paidan do undo",
        ),
    )
    parser.add_argument("mode", metavar="MODE", nargs="?", choices=_SET, help=", ".join(_SET))
    queue = _("all_open (the usual), at_risk, overdue, or a view that everybody has")
    parser.add_argument("--queue", metavar="NAME", default="all_open", help=queue)
    priority = _("only orders of this priority, 1 to 4")
    parser.add_argument("--priority", metavar="P", type=whole, help=priority)
    margin = _("minutes of cost by which the best must beat the next one to be sent (15)")
    parser.add_argument("--margin", metavar="MIN", type=whole, help=margin)
    accept = _("minutes that one technician has to accept, before the next one is asked (10)")
    parser.add_argument("--accept", metavar="MIN", type=whole, help=accept)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or set and say what was set."""
    if args.mode is None:
        return _show(args, call)
    from console.grammar.automatic import queue_of
    from store.commands.automatic import SetAutomatic

    command = SetAutomatic(
        mode=None if args.mode == "drop" else args.mode,
        queue=queue_of(args.queue),
        priority=args.priority,
        margin=args.margin,
        accept_min=args.accept,
    )
    with call.records() as records:
        done = records.do(command, who=call.who(records), at=call.at())
    call.print(fill(done.sentence, done.facts))
    return 0


def _show(args: argparse.Namespace, call: Call) -> int:
    from console.cli_table import screen_width, table
    from console.render_automatic import HEADS, explained, setting_cells, setting_plain
    from store.queries.automatic import ListAutomatic

    with call.records() as records:
        found = records.ask(ListAutomatic(), who=call.who(records), at=call.at())
    if args.json:
        call.json([setting_plain(line) for line in found])
        return 0
    if not found:
        call.say(_("every order is dispatched by hand: nothing else is set"))
        return 0
    heads, rows = [_(head) for head in HEADS], [setting_cells(line) for line in found]
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    for mode, text in explained():
        call.say(f"{mode}: {text}")
    return 0


def settings(ask: Ask) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What is set, in lines and for a script."""
    from console.render_automatic import setting_cells, setting_plain
    from store.queries.automatic import ListAutomatic

    found = ask(ListAutomatic())
    lines = tuple("  ".join(filter(None, setting_cells(line))) for line in found)
    return lines, {"automatic": [setting_plain(line) for line in found]}
