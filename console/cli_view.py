"""`paidan view`: named queries, listed with how many orders are in each, saved and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _, fill
from store.domain.finding.sorts import SORTS
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.queries.views import View
    from store.records import Records


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "view",
        help=_("list, save and drop named queries"),
        description=_(
            "List the saved views with how many orders are in each; save one, or drop it. The board"
            " shows them below its queues; `paidan list --view NAME` lists the orders."
        ),
        epilog=examples(
            "paidan view",
            "paidan view save late 'overdue or due<1h' --sort left --shared",
            "paidan list --view late",
            "paidan view drop late --shared",
            "paidan do undo",
        ),
    )
    what: Sub = parser.add_subparsers(dest="what")
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    save = what.add_parser("save", help=_("save a query under a name"))
    save.add_argument("name", metavar="NAME")
    save.add_argument("query", metavar="QUERY")
    save.add_argument("--sort", metavar="COLUMN", choices=tuple(SORTS), default="")
    save.add_argument("--descending", action="store_true", help=_("from the highest down"))
    drop = what.add_parser("drop", help=_("forget a view; orders are not touched"))
    drop.add_argument("name", metavar="NAME")
    for one in (save, drop):
        one.add_argument("--shared", action="store_true", help=_("the view that everybody sees"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Do what is asked, or show what there is."""
    if args.what is None:
        return _show(args, call)
    from store.commands.views import DropView, SaveView

    with call.records() as records:
        command: SaveView | DropView = DropView(name=args.name, shared=args.shared)
        if args.what == "save":
            command = SaveView(
                name=args.name,
                query=args.query,
                sort=args.sort,
                descending=args.descending,
                shared=args.shared,
            )
        done = records.do(command, who=call.who(records), at=call.at())
    call.print(fill(done.sentence, done.facts))
    return 0


def _show(args: argparse.Namespace, call: Call) -> int:
    from store.queries.finding import MOST
    from store.queries.views import CountViews, ListViews

    with call.records() as records:
        who = call.who(records)
        views = records.ask(ListViews(), who=who, at=call.at())
        counts = records.ask(CountViews(), who=who, at=call.at())
    if args.json:
        call.json([{**_plain(view), "orders": counts.get(view.id)} for view in views])
        return 0
    if not views:
        call.say(_("no view is saved"))
        return 0
    from console.cli_table import screen_width, table

    heads = [_("view"), _("orders"), _("sort"), _("for all"), _("query")]
    rows = []
    for view in views:
        count = counts.get(view.id, 0)
        told = f"{MOST}+" if count is None else str(count)
        sort = _(SORTS[view.sort]) if view.sort in SORTS else ""
        rows.append((view.name, told, sort, _("yes") if view.shared else "", view.query))
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    return 0


def _plain(view: View) -> dict[str, object]:
    return {
        "name": view.name,
        "query": view.query,
        "sort": view.sort,
        "descending": view.descending,
        "shared": view.shared,
    }


def of_view(asked: dict[str, Any], call: Call, records: Records) -> dict[str, Any]:
    """The question with what a saved view asks for; a sort of one's own goes before its own."""
    from store.domain.errors import NameUnknown
    from store.queries.views import ListViews

    name = asked.pop("view")
    views = records.ask(ListViews(), who=call.who(records), at=call.at())
    view = next((one for one in views if one.name == name), None)
    if view is None:
        raise NameUnknown(what=N_("view"), name=name)
    both = f"({view.query}) ({asked['text']})" if view.query and asked["text"] else ""
    own = {"sort": view.sort, "descending": view.descending} if view.sort else {}
    return {**own, **asked, "text": both or view.query or asked["text"]}
