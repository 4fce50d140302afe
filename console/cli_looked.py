"""What `paidan list` is asked for, and what it says where nothing fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_guard import only_orders
from console.i18n import _
from console.render_meant import times_meant
from store.domain.finding.asked import parse_asked
from store.domain.finding.stretches import Here

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call


def asked(args: argparse.Namespace, call: Call) -> dict[str, Any]:
    """What the question is made of; refused where it asks for what cannot be."""
    told: dict[str, Any] = {"text": args.query, "limit": args.limit}
    for name in ("queue", "view", "sort", "descending"):
        if getattr(args, name):
            only_orders(args.what, name)
            told[name] = getattr(args, name)
    if args.what == "orders" and args.query:
        parse_asked(args.query, Here(at=call.at(), zone=None))
    return told


def say_nothing(args: argparse.Namespace, call: Call) -> None:
    """That there is nothing; who asked for some time sees whether he meant what was looked at."""
    call.say(_("nothing fits") if args.query or args.queue or args.view else _("there are none"))
    times = times_meant(args.query, at=call.at(), zone=None) if args.what == "orders" else ()
    for told in times:
        call.say(f"= {told}")
