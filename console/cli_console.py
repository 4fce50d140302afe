"""`paidan` alone: the full screen."""

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
        "console",
        help=_("open the console (the default)"),
        description=_("Open the console on the store; q leaves it."),
        epilog=_("example: paidan console --db postgresql://desk@host/paidan"),
    )


def run(_args: argparse.Namespace, call: Call) -> int:
    """Open the console; its exit code."""
    from console import litter

    litter.leave()
    from console.desk import run as open_console

    return open_console(call.settings)
