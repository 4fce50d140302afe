"""`paidan attach`: a session of the served desk on this terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from console.serve.opening import Opening


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    from console.cli_help import examples

    parser = sub.add_parser(
        "attach",
        help=_("open a console of the desk that `paidan serve` serves, on this terminal"),
        description=_(
            "Open a console of the desk that `paidan serve` serves on this machine. It is for"
            ' OpenSSH: a line of authorized_keys with command="paidan attach OPERATOR" lets that'
            " key in as that operator, and nothing else; with --key the journal names the key, and"
            " paidan operator key remove ends its sessions. What a client sends along as a command"
            " is carried out as behind paidan serve: do, list, show, who or export, nothing else."
        ),
        epilog=examples(
            "paidan attach ana",
            "paidan attach ana --key SHA256:NIC9WGJorF4ctXET9B4G315qNipTQlR1Q5MT+k1RPyc",
        ),
    )
    parser.add_argument("code", metavar="OPERATOR", help=_("the code of the operator"))
    shown = _("as paidan operator list and ssh-keygen -l show it: SHA256:…")
    parser.add_argument("--key", default="", metavar="FINGERPRINT", help=shown)
    parser.add_argument(
        "--folder", metavar="FOLDER", help=_("where the served desk has its socket and host key")
    )


def run(args: argparse.Namespace, call: Call) -> int:
    """Hold the terminal in a session, or have a command carried out; the exit code."""
    from console.cli_guard import WrongUsage
    from console.serve import house, opening

    client = os.environ.get("SSH_CONNECTION", "").split(" ")[0]
    told = opening.Opening(
        operator=args.code,
        address=client,
        key=args.key,
        command=os.environ.get("SSH_ORIGINAL_COMMAND", "").strip(),
        environ=opening.cleaned(os.environ),
    )
    folder = house.folder(args.folder)
    path = str(house.socket_in(folder))
    try:
        return _carried(told, path, call) if told.command else _shown(told, path)
    except TimeoutError as error:
        raise WrongUsage(why=_("the command took too long and was ended")) from error
    except OSError as error:
        raise house.none_served(folder) from error


def _carried(told: Opening, path: str, call: Call) -> int:
    """What the client has sent along; OpenSSH hands it over as one line."""
    from console.cli_guard import WrongUsage
    from console.config_serve import Serving
    from console.serve import attach, opening

    if wrong := opening.too_long(told.command):
        raise WrongUsage(why=wrong)
    seconds = Serving(**call.settings.serve).command_seconds
    return attach.carry_out(path, told, seconds=seconds)


def _shown(told: Opening, path: str) -> int:
    """A console on this terminal."""
    from dataclasses import replace

    from console.cli_guard import WrongUsage
    from console.serve import attach, opening

    if not os.isatty(0) or os.environ.get("TERM", "") in opening.NO_SCREEN:
        raise WrongUsage(why=_("the console needs a terminal; with ssh write ssh -t"))
    return attach.attach(path, replace(told, line="tty"))
