"""`paidan generate`: a store of any size, for measurements."""

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
        "generate",
        help=_("fill a store for measurements"),
        epilog=_("example: paidan generate --orders 100000 --open 500 --db sqlite:///big.db"),
    )


def run(args: argparse.Namespace, call: Call) -> int:
    """Fill the store."""
    raise NotImplementedError
