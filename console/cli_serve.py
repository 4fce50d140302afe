"""`paidan serve`: the desk over SSH, for everybody whose key it knows."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from console.config_serve import ROLES, Serving
from console.i18n import _
from console.public_address import told
from console.serve import origins
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub

PORT = 8022
_LAST_PORT = 65_535


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    from console.cli_help import examples
    from console.cli_parser import between

    parser = sub.add_parser(
        "serve",
        help=_("serve the desk over SSH, a console to each operator whose key is known"),
        description=_(
            "Serve the desk over SSH until Ctrl-C: ssh -p 8022 HOST opens the console of the"
            " operator whose key it is (paidan operator key add); there is no shell behind it."
            " Whoever was told a one-time code (paidan operator code) gives his own key by"
            " ssh -p 8022 claim@HOST. It listens to this machine alone until another address is"
            " given."
        ),
        epilog=examples(
            "paidan serve",
            "paidan serve --host 0.0.0.0 --port 8022",
            "paidan serve --metrics 127.0.0.1:9464",
            "paidan serve --browser 127.0.0.1:8023",
            'paidan serve --only-attach   # OpenSSH lets in, with command="paidan attach CODE"',
        ),
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="HOST", help=_("the address to listen at")
    )
    parser.add_argument(
        "--port", type=between(0, _LAST_PORT), default=PORT, metavar="N", help=_("the port")
    )
    parser.add_argument(
        "--public-address",
        type=address,
        metavar="HOST[:PORT]",
        help=_("by which clients reach it, where a gate or a firewall has another: said at start"),
    )
    parser.add_argument(
        "--authority",
        action="append",
        default=[],
        metavar="FILE",
        help=_("the .pub file of who signs certificates of operators; may be given several times"),
    )
    parser.add_argument(
        "--idle",
        type=between(0, 100_000),
        metavar="MINUTES",
        help=_("end a session in which nothing was typed for so long; 0 for never, usually 720"),
    )
    parser.add_argument(
        "--lock",
        type=between(0, 100_000),
        metavar="MINUTES",
        help=_(
            "cover the screen of such a session after so long: who comes back comes in again, to"
            " where he was; 0 for never, as usual"
        ),
    )
    parser.add_argument(
        "--record",
        action="append",
        choices=ROLES,
        metavar="ROLE",
        help=_(
            "record what sessions of this role show, never what is typed; who is recorded is told"
            " so; may be given several times: {roles}"
        ).format(roles=_(", ").join(ROLES)),
    )
    parser.add_argument(
        "--folder", metavar="FOLDER", help=_("where the served desk has its socket and host key")
    )
    parser.add_argument(
        "--metrics",
        type=place,
        metavar="HOST:PORT",
        help=_(
            "show Prometheus what is measured at http://HOST:PORT/metrics, and at /healthz whether"
            " the desk is well; only a port for this machine alone"
        ),
    )
    parser.add_argument(
        "--restart",
        action="store_true",
        help=_("have the desk that is served from the folder start anew, as SIGHUP does"),
    )
    parser.add_argument(
        "--only-attach", action="store_true", help=_("open no port: paidan attach is the way in")
    )
    parser.add_argument(
        "--browser",
        nargs="?",
        const=origins.DEFAULT,
        metavar="HOST:PORT",
        help=_("give the desk to browsers, too, at this address ({usual})").format(
            usual=origins.DEFAULT
        ),
    )
    parser.add_argument(
        "--browser-origin",
        default="",
        metavar="URL",
        help=_("what browsers see where a proxy with TLS stands before it: https://desk.example"),
    )


def place(text: str) -> tuple[str, int]:
    """The type of where to listen: a host and a port, or a port of this machine."""
    host, _colon, port = text.rpartition(":")
    if not port.isdecimal() or int(port) > _LAST_PORT or (_colon and not host):
        raise ArgumentTypeError(_("give HOST:PORT, such as 127.0.0.1:9464"))
    return host.strip("[]") or "127.0.0.1", int(port)


def address(text: str) -> str:
    """The type of what clients are told: a host, with its port or without."""
    try:
        told(text)
    except ValueError:
        raise ArgumentTypeError(_("give HOST or HOST:PORT, such as desk.example:22")) from None
    return text


def run(args: argparse.Namespace, call: Call) -> int:
    """Serve until told to stop; its exit code."""
    from console.serve.kept_tapes import Keeping
    from console.serve.serving import Served, serve

    if args.restart:
        from console.serve import house
        from console.serve.restart import restart

        process = restart(house.folder(args.folder))
        call.say(_("the served desk starts anew (process {process})").format(process=process))
        return 0
    if args.browser_origin and args.browser is None:
        raise BadInput(
            where="--browser-origin", wrong=args.browser_origin, right=N_("give --browser with it")
        )

    serving = Serving(**call.settings.serve)
    return serve(
        Served(
            store=call.settings.store,
            host=args.host,
            port=args.port,
            idle=serving.idle if args.idle is None else args.idle,
            lock=serving.lock if args.lock is None else args.lock,
            command_s=serving.command_seconds,
            record=args.record or serving.record,
            kept=Keeping(days=serving.record_days, megabytes=serving.record_megabytes),
            folder=args.folder,
            only_attach=args.only_attach,
            address=args.public_address or serving.address,
            authorities=args.authority,
            metrics=args.metrics,
            pages=None
            if args.browser is None
            else origins.place(args.browser, args.browser_origin),
        ),
        call.say,
    )
