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
    from console.cli_help import examples  # brings the parser, which opening the console spares

    parser = sub.add_parser(
        "console",
        help=_("open the console (the default)"),
        description=_(
            "Open the console, full screen, on the store. ? explains every key, q leaves. An empty"
            " store offers a sample desk, an import, or a blank start."
        ),
        epilog=examples(
            "paidan console",
            "paidan console --as desk --lang zh_CN",
            "paidan console --readonly --theme contrast",
            "paidan console --low-bandwidth --mouse off",
        ),
    )
    parser.add_argument(
        "--readonly",
        action="store_true",
        default=None,
        help=_("only show the desk, as on a wall: no command can be sent from it"),
    )
    parser.add_argument(
        "--theme",
        metavar="THEME",
        help=_("the colours: auto, dark, light, contrast, colour-blind or 16"),
    )
    parser.add_argument(
        "--mouse",
        choices=("auto", "on", "off"),
        help=_("auto has it on, but off over SSH"),
    )
    parser.add_argument(
        "--low-bandwidth",
        action="store_true",
        default=None,
        help=_("spare a slow line: a tick in five seconds, nothing flashes, bytes are counted"),
    )


def run(_args: argparse.Namespace, call: Call) -> int:
    """Open the console; its exit code."""
    from console import litter

    with litter.left():
        litter.share_heaps()
        from console.desk import run as open_console

        return open_console(call.settings)
