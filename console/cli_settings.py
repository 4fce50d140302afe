"""`paidan settings`: what dispatch reckons with, shown and set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _, done_said
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.actions_kinds import Ask
    from console.cli_call import Call
    from console.cli_parser import Sub


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    from console.actions_settings import FIGURE_SAID

    parser = sub.add_parser(
        "settings",
        help=_("show and set what dispatch reckons with"),
        description=_(
            "Show what dispatch reckons with, or set it. speed: km/h on the road. road: how long"
            " roads are by the straight line (1.35). fixed: minutes of each way besides. rest:"
            " between two working days. stale, forgotten: how old a technician's position may be"
            " before it is marked, and before the home site counts instead. table: travel times"
            " of your own, which `paidan import --travel` loads and `usual` takes away. backup: the"
            " folder in which backups are made by themselves, how often, and how many stay of"
            " hours, days, weeks and months; off for none. revisit_key, revisit_standard,"
            " revisit_others: every how many months customers of a tier are revisited, 0 for never."
        ),
        epilog=examples(
            "paidan settings",
            "paidan settings rest 10h",
            "paidan settings speed 30",
            "paidan settings rest usual",
            "paidan do undo",
            "paidan settings backup /backups every 1h keep 24 7 4 12",
        ),
    )
    names = tuple(FIGURE_SAID)
    told = ", ".join(names)
    parser.add_argument(
        "figure", metavar="FIGURE", nargs="?", choices=names, type=_called, help=told
    )
    value = _("what it is to be, such as 10h, 90min, 30, 1.4; usual takes back what was set")
    parser.add_argument("value", metavar="VALUE", nargs="*", help=value)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def _called(said: str) -> str:
    """A figure by its name or by any word for it; else what was said, which is none."""
    from console.grammar.settings import figure_called

    return figure_called(said) or said


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or set and say what was set."""
    if args.figure is None:
        return _show(args, call)
    from console.actions_settings import set_figure
    from console.grammar.settings import label_of, right_of, told_of

    text = " ".join(args.value)
    told = told_of(args.figure, args.value, text)
    if told is None:
        raise BadInput(
            where=label_of(args.figure),
            wrong=text or N_("nothing is said"),
            right=right_of(args.figure),
        )
    with call.records() as records:

        def ask(query: Any) -> Any:
            return records.ask(query, who=call.who(records), at=call.at())

        command = set_figure(None, told, ask)
        done = records.do(command, who=call.who(records), at=call.at())
    call.print(done_said(done))
    return 0


def _show(args: argparse.Namespace, call: Call) -> int:
    from console.cli_table import screen_width, table
    from console.render_backups import backup_lines
    from console.render_settings import HEADS, figure_rows, settings_plain, travel_lines
    from store.queries.figures import DispatchFigures

    with call.records() as records:
        found = records.ask(DispatchFigures(), who=call.who(records), at=call.at())
    if args.json:
        call.json(settings_plain(found))
        return 0
    heads, rows = [_(head) for head in HEADS], list(figure_rows(found))
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    for line in (*travel_lines(found.travel, None), *backup_lines(found.backups, at=call.at())):
        call.print(line)
    return 0


def settings(ask: Ask) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What is set, in lines and for a script."""
    from console.render_settings import figure_rows, settings_plain, travel_lines
    from store.queries.figures import DispatchFigures

    found = ask(DispatchFigures())
    lines = ("  ".join(cells[:2]) for cells in figure_rows(found))
    return (*lines, *travel_lines(found.travel, None)), {"settings": settings_plain(found)}
