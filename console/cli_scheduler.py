"""`paidan scheduler`: fire timers without a console."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from console.cli_help import examples
from console.i18n import _, tell

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.errors import Refusal


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "scheduler",
        help=_("ring alarms and reminders where no console is open"),
        description=_(
            "Fire what falls due (warnings before deadlines, alarms, reminders) until Ctrl-C. An"
            " open console does that by itself. Any number may run at once, beside any number of"
            " consoles; each warning still comes exactly once."
        ),
        epilog=examples("paidan scheduler", "paidan scheduler --notify 'tee -a alarms.log'"),
    )
    notices = parser.add_mutually_exclusive_group()
    notices.add_argument(
        "--notify",
        metavar="COMMAND",
        help=_(
            "run a command for every alarm of severity 1 or 2, with the alarm as JSON on its"
            " standard input; from now on the desk keeps such alarms until they have been told"
        ),
    )
    notices.add_argument(
        "--no-notify",
        action="store_true",
        help=_("let the desk keep no more alarms to be told, until --notify is given again"),
    )


def run(args: argparse.Namespace, call: Call) -> int:
    """Run the service until it is told to stop; its exit code."""
    from console import logs
    from scheduler import notices, service
    from scheduler.errands import command_sender

    words = _words(args.notify)
    senders = {notices.KIND: command_sender(words)} if words else None

    logs.keep(call.say)

    def told(trouble: Refusal | None) -> None:
        call.say(tell(trouble) if trouble else _("firing timers again"))

    return service.run(
        call.settings.store,
        senders=senders,
        notify=True if words else False if args.no_notify else None,
        began=lambda: call.say(_("firing timers; stop with Ctrl-C")),
        told=told,
    )


def _words(command: str | None) -> list[str]:
    from console.cli_guard import WrongUsage

    if command is None:
        return []
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise WrongUsage(why=_("--notify needs a command, such as --notify 'mail -s alarm duty'"))
    return words
