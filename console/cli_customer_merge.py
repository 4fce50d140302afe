"""`paidan customer doubles` and `merge`: customers who are kept as two, made one."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from console.i18n import _, fill
from store.domain.who import Right, require

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call


def add_words(merge: argparse.ArgumentParser) -> None:
    """Put the command's words in."""
    merge.description = _(
        "Everything of the second customer goes to the first: orders, contacts, contracts, plans,"
        " complaints and praise, revisits, tags, wishes. What the first says of himself stays; the"
        " second's code means the first from then on. Nothing takes it back: --dry-run tells first"
        " what would go."
    )
    merge.add_argument("kept", metavar="KEPT", help=_("the customer that stays, by his code"))
    merge.add_argument("gone", metavar="GONE", help=_("the one that goes into him"))
    sure = _("the code of the one that goes, once more; without it, it is asked for")
    merge.add_argument("--sure", metavar="CODE", help=sure)
    dry = _("only tell what would go, or what keeps it from going")
    merge.add_argument("--dry-run", action="store_true", help=dry)


def run(args: argparse.Namespace, call: Call) -> int:
    """Show pairs, or make one of two."""
    return _doubles(args, call) if args.what == "doubles" else _merge(args, call)


def _doubles(args: argparse.Namespace, call: Call) -> int:
    from console.render_doubles import alike
    from store.queries.customer_doubles import CustomerDoubles

    asked = CustomerDoubles(limit=args.limit)
    with call.records() as records:
        who = call.who(records)
        require(who, Right.REGISTER, desk_wide=True)
        found = records.ask(asked, who=who, at=call.at())
    if args.json:
        call.json([asdict(line) for line in found])
        return 0
    if not found:
        call.say(_("there are none"))
        return 0
    heads = (_("customer"), _("orders"), _("maybe the same"), _("orders"), _("alike"))
    rows = [
        [
            *(f"{line.first.code} {line.first.name}", str(line.first.orders)),
            *(f"{line.second.code} {line.second.name}", str(line.second.orders)),
            alike(line),
        ]
        for line in found
    ]
    call.table(heads, rows)
    return 0


def _merge(args: argparse.Namespace, call: Call) -> int:
    from store.commands.customer_merges import MergeCustomers
    from store.domain.merging import MERGED
    from store.queries.customer_doubles import WouldMerge

    with call.records() as records:
        who = call.who(records)
        if args.dry_run:
            would = records.ask(WouldMerge(kept=args.kept, gone=args.gone), who=who, at=call.at())
            facts = asdict(would)
            what = fill(MERGED, facts)
            if args.json:
                call.json({"dry_run": True, "said": what, **facts})
            else:
                call.print(_("would be done: {what}").format(what=what))
            return 0
        sure = args.sure
        if sure is None and not args.json and sys.stdin.isatty() and sys.stderr.isatty():
            asked = _("{gone} goes into {kept} for ever; write {gone} once more:")
            call.say(asked.format(gone=args.gone, kept=args.kept))
            sure = sys.stdin.readline().strip()
        command = MergeCustomers(kept=args.kept, gone=args.gone, sure=sure or "")
        call.told(records.do(command, who=who, at=call.at()))
    return 0
