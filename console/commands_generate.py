"""`paidan generate`: a store of any size, for measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from console.cli_call import Call
    from console.cli_parser import Sub

DONE = 0

NUMBERS = ("orders", "open", "technicians", "sites", "seed", "weeks")
"""The flags that `Wish` takes as they are."""
MOST_OPEN = 500
"""Open orders where nobody says how many."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "generate",
        help=_("fill an empty store with made-up orders, for measurements"),
        description=_(
            "Fill an empty store with made-up orders: closed ones through the past weeks, open ones"
            " with deadlines around now. The same numbers, seed and time make the same store."
        ),
        epilog=examples("paidan generate --orders 2000 --open 200 --db sqlite:///big.db"),
    )
    helps = {
        "orders": (100_000, _("how many orders, open ones included")),
        "open": (MOST_OPEN, _("how many of them have not left the desk, if there are so many")),
        "technicians": (60, _("how many technicians")),
        "sites": (300, _("how many sites")),
        "seed": (1, _("another number makes another store")),
        "weeks": (104, _("how many weeks its past reaches back")),
    }
    for name in NUMBERS:
        default, text = helps[name]
        parser.add_argument(
            f"--{name}", metavar="N", type=whole, default=default, help=f"{text} ({default})"
        )
    parser.set_defaults(open=None)
    parser.add_argument(
        "--at", metavar="TIME", type=_instant, help=_("the time that is now in it, in ISO 8601")
    )
    parser.add_argument(
        "--add", action="store_true", help=_("fill a store that has orders already")
    )
    parser.add_argument("--quiet", action="store_true", help=_("no progress bar, no summary"))
    parser.add_argument("--json", action="store_true", help=_("the summary as JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Fill the store, and say how long it took."""
    from console.demo.generate import Wish, generate
    from console.intake.progress import Progress
    from store import clock

    if args.open is None:
        args.open = min(args.orders, MOST_OPEN)
    wish = Wish(**{name: getattr(args, name) for name in NUMBERS})
    quiet = args.quiet or args.json
    begun = clock.monotonic()
    progress = Progress(wish.orders, monotonic=clock.monotonic, quiet=quiet)
    with call.records(create=True) as records:
        who, at = call.who(records), args.at or call.at()
        try:
            count = generate(records, wish, who=who, at=at, add=args.add, progress=progress)
        finally:
            progress.end()
        records.reckon_on(at=at)
        kept = str(records.database)
    spent = clock.monotonic() - begun
    if args.json:
        call.json({"store": kept, "orders": count, "open": wish.open, "seconds": round(spent, 1)})
    elif not args.quiet:
        said = _("{orders} orders, {open} of them open, in {store}; it took {seconds} s.")
        call.print(said.format(orders=count, open=wish.open, store=kept, seconds=round(spent, 1)))
    return DONE


def _instant(text: str) -> datetime:
    from argparse import ArgumentTypeError
    from datetime import UTC, datetime

    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("give a time such as 2026-01-31T08:00:00Z")) from None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
