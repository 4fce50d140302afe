"""`paidan scheduler`: fire timers without a console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    sub.add_parser(
        "scheduler",
        help=_("fire timers without a console"),
        description=_(
            "Fire what falls due until it is stopped. Any number may run at once, beside any"
            " number of consoles; each warning still comes exactly once."
        ),
        epilog=_("example: paidan scheduler --db postgresql://desk@host/paidan"),
    )


def run(_args: argparse.Namespace, call: Call) -> int:
    """Run the service until it is told to stop; its exit code."""
    from scheduler import service

    return int(service.run(call.settings.store) or 0)
