"""`paidan demo`: a throw-away desk of real requests, with its day going on."""

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
        "demo",
        help=_("open a throw-away desk of real orders"),
        epilog=_("example: paidan demo --speed 5"),
    )


def run(args: argparse.Namespace, call: Call) -> int:
    """Build the desk, open the console on it, and clear it away."""
    raise NotImplementedError
