"""`paidan demo`: a throw-away desk of real requests, with its day going on."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli_help import examples
from console.i18n import _
from console.throw_away import thrown_away

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from console.child import Child
    from console.cli_call import Call
    from console.cli_parser import Sub

SLOWEST, FASTEST = 0.1, 500.0


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "demo",
        help=_("open a throw-away desk of real orders"),
        description=_(
            "Open a desk of 2,200 real requests to the City of Boston (2015, public domain), moved"
            " to now, while real arrivals come in and technicians get on with their work."
            " Everything is gone when you leave."
        ),
        epilog=examples("paidan demo", "paidan demo --speed 20 --lang zh_CN"),
    )
    parser.add_argument(
        "--keep", action="store_true", help=_("leave the store behind, and say where")
    )
    parser.add_argument(
        "--speed",
        metavar="N",
        type=_speed,
        default=6.0,
        help=_("how many times faster than in the city (6)"),
    )
    parser.add_argument(
        "--still", action="store_true", help=_("without arrivals and without technicians at work")
    )


def run(args: argparse.Namespace, call: Call) -> int:
    """Build the desk, open the console on it, and clear it away."""
    from console import desk
    from console.demo.seats import SEAT
    from store import clock

    if desk.terminal_lacks():
        return desk.run(call.settings)  # it says why not, and nothing was built for nothing
    with _folder(keep=args.keep) as folder:
        store = f"sqlite:///{folder / 'demo.db'}"
        began = clock.now()
        _build(store, began, call)
        settings = replace(call.settings, store=store, operator=SEAT)
        with _replaying(store, began, args, call) as child:
            code = int(desk.run(settings, sample=True, child=child) or 0)
    if args.keep:
        call.say(_("The demo is kept: paidan --db {store}").format(store=store))
    return code


def _folder(*, keep: bool) -> AbstractContextManager[Path]:
    """Where the demo lies; what is to be kept is nobody's to throw away."""
    if keep:
        return nullcontext(Path(tempfile.mkdtemp(prefix="paidan-demo-")))
    return thrown_away("paidan-demo-")


def _build(store: str, at: datetime, call: Call) -> None:
    from console.demo.build import make_desk
    from console.demo.seats import name_operators, second_console
    from store.records import open_records

    call.say(_("Building a demo desk: real requests to the City of Boston, 2015, moved to now ..."))
    records = open_records(store, feed=False)
    try:
        make_desk(records, at=at, language=call.settings.language)
        name_operators(records, at)
    finally:
        records.close()
    said = _("For a hand-over (J) a second terminal is the next shift: {command}")
    call.say(said.format(command=second_console(store)))


@contextmanager
def _replaying(
    store: str, began: datetime, args: argparse.Namespace, call: Call
) -> Iterator[Child | None]:
    """The day goes on beside the console; None where it stands still."""
    from console.child import beside

    if args.still:
        yield None
        return
    task = {
        "store": store,
        "began": began.isoformat(),
        "language": call.settings.language,
        "speed": args.speed,
        "folder": "" if args.keep else str(Path(store.removeprefix("sqlite:///")).parent),
    }
    with beside("console.demo.replayer", task) as child:
        yield child
    if child.died:
        call.say(child.said())


def _speed(text: str) -> float:
    from argparse import ArgumentTypeError

    with suppress(ValueError):
        if SLOWEST <= (value := float(text)) <= FASTEST:
            return value
    said = _("give a number from {slowest} to {fastest}")
    raise ArgumentTypeError(said.format(slowest=SLOWEST, fastest=FASTEST))
