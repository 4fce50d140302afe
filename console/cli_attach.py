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
            " key in as that operator, and nothing else. Where sshd_config says ExposeAuthInfo yes"
            " the journal names the key, paidan operator key remove ends its sessions, and without"
            " OPERATOR, as in ForceCommand paidan attach, it is whose key it is. What a client"
            " sends along as a command is carried out as behind paidan serve: do, list, show, who"
            " or export, nothing else."
        ),
        epilog=examples(
            "paidan attach ana",
            "paidan attach ana --key SHA256:NIC9WGJorF4ctXET9B4G315qNipTQlR1Q5MT+k1RPyc",
            "paidan attach   # whose key sshd has let in",
        ),
    )
    whose = _("the code of the operator (whose key it is, where sshd tells the key)")
    parser.add_argument("code", metavar="OPERATOR", nargs="?", default="", help=whose)
    shown = _(
        "as paidan operator list and ssh-keygen -l show it: SHA256:… (the one that sshd tells)"
    )
    parser.add_argument("--key", default="", metavar="FINGERPRINT", help=shown)
    parser.add_argument(
        "--folder", metavar="FOLDER", help=_("where the served desk has its socket and host key")
    )


def run(args: argparse.Namespace, call: Call) -> int:
    """Hold the terminal in a session, or have a command carried out; the exit code."""
    from console.cli_guard import WrongUsage
    from console.serve import house, opening
    from console.serve.proved_key import proved_key

    key = proved_key(os.environ) or args.key
    if not args.code and not key:
        why = _("name the operator, or have sshd tell the key: ExposeAuthInfo yes")
        raise WrongUsage(why=why)
    client = os.environ.get("SSH_CONNECTION", "").split(" ")[0]
    told = opening.Opening(
        operator=args.code,
        address=client,
        key=key,
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
    from console import cli_guard
    from console.cli_guard import WrongUsage
    from console.config_serve import Serving
    from console.serve import attach, opening

    if wrong := opening.too_long(told.command):
        raise WrongUsage(why=wrong)
    seconds = Serving(**call.settings.serve).command_seconds
    code = attach.carry_out(path, told, seconds=seconds)
    if code == attach.LOST:
        cli_guard.say(_("the served desk went away; whether the command was done is not known"))
    return code


def _shown(told: Opening, path: str) -> int:
    """A console on this terminal."""
    from dataclasses import replace

    from console import cli_guard
    from console.cli_guard import WrongUsage
    from console.serve import attach, opening

    if not os.isatty(0) or os.environ.get("TERM", "") in opening.NO_SCREEN:
        raise WrongUsage(why=_("the console needs a terminal; with ssh write ssh -t"))
    code = attach.attach(path, replace(told, line="tty"))
    if code in attach.CUT:
        cli_guard.say(_("The desk was stopped or started anew; come in again. Drafts are kept."))
    elif code > attach.KILLED:
        cli_guard.say(_("The session ended unexpectedly; what you typed is kept."))
    return code
