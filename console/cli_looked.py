"""`paidan list` where nothing fits: says so, and from when to when it looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_meant import times_meant

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call


def say_nothing(args: argparse.Namespace, call: Call) -> None:
    """That there is nothing; who asked for some time sees whether he meant what was looked at."""
    call.say(_("nothing fits") if args.query or args.queue or args.view else _("there are none"))
    times = times_meant(args.query, at=call.at(), zone=None) if args.what == "orders" else ()
    for told in times:
        call.say(f"= {told}")
