"""`paidan` alone: the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_help import examples
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
        description=_(
            "Open the console, full screen, on the store. ? explains every key, q leaves. An empty"
            " store offers a sample desk, an import, or a blank start."
        ),
        epilog=examples(
            "paidan console",
            "paidan console --as desk --lang zh_CN",
            "paidan console --db sqlite:///second-desk.db",
        ),
    )


def run(_args: argparse.Namespace, call: Call) -> int:
    """Open the console; its exit code."""
    from console import litter

    litter.leave()
    from console.desk import run as open_console

    return open_console(call.settings)
