"""`paidan plan`: who should go where and in which order, asked and answered as plain JSON."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, Any

from console.cli_guard import DONE, INTERRUPTED
from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel
    from store.domain.dispatch.standing import Plan
    from store.domain.dispatch.told import Stop

SECONDS = 1.0
"""Of the processor, where nothing else is said."""

EXAMPLE = """\
{"technicians": [{"id": "T1", "skills": ["lift"], "at": [42.36, -71.06], "shift": [0, 480]}],
 "orders": [{"id": "1042", "skill": "lift", "at": [42.34, -71.1], "duration_min": 45,
             "ready": 0, "due": 120, "weight": 3, "not_served_cost": 900}]}"""
"""A small board as the help shows it."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    from console.intake.board_keys import keys_told

    example = examples(f"echo '{EXAMPLE}' | paidan plan - --iterations 500")
    parser = sub.add_parser(
        "plan",
        help=_("plan who goes where on a board that a JSON file tells"),
        description=_(
            "Read technicians and orders, times in minutes from now, and print routes, the orders"
            " that nobody goes to and why, and the objective with its parts: minutes of lateness"
            " times weight, minutes of travel, overload (minutes of work and travel above"
            " overload_share of a shift), and what the orders cost that nobody goes to. No store is"
            " needed. The same seed and iterations give the same plan. Ctrl+C prints the best plan"
            " so far."
        ),
        epilog=f"{keys_told()}\n\n{example}",
    )
    parser.add_argument("board", metavar="BOARD", help=_("the JSON file; - reads standard input"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--iterations", type=count, metavar="N", help=_("rounds of bettering"))
    how.add_argument(
        "--seconds", type=seconds, metavar="S", help=_("seconds of processor time (1)")
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("the dice's seed (1)"))
    parser.add_argument("--json", action="store_true", help=_("print JSON, which it always does"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Plan the board of a file, and print the plan on stdout; interrupted, the best one so far."""
    from console.cli_plan_watch import Watch
    from console.intake.board_file import read_board
    from console.replan.apart import bettered
    from store.domain.dispatch.linked import search_for

    limit = SECONDS if args.seconds is None else args.seconds
    watch = Watch(rounds=args.iterations, seconds=limit)
    board = read_board(args.board)
    with watch, at_full_speed():
        search = search_for(board, seed=args.seed, over=watch.over)
        for _better in bettered(search, watch.spent, wanted=lambda: watch.goes_on(search)):
            pass
        call.json(told(search.kernel, search.best))
    return INTERRUPTED if watch.stopped else DONE


@contextlib.contextmanager
def at_full_speed() -> Iterator[None]:
    """A search makes no rings of objects; looking for them takes a fifth of its time.

    What is there at the end is looked through by nobody any more.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()


def told(kernel: Kernel, plan: Plan) -> dict[str, Any]:
    """A plan as plain values."""
    from store.domain.dispatch.left_out import why_out
    from store.domain.dispatch.told import objective

    board, cost = kernel.board, objective(kernel, plan)
    return {
        "routes": [
            {"technician": board.people[route.person].id, "stops": _stops(kernel, route)}
            | _breaks(route)
            for route in plan.routes
        ],
        "unserved": [
            {"order": board.jobs[job].id, "why": _(why_out(kernel, plan, job))}
            for job in sorted(plan.unserved)
            if board.jobs[job].twin_of is None
        ],
        "objective": {
            "total": cost.total,
            "lateness": cost.lateness,
            "travel": cost.travel,
            "overload": cost.overload,
            "unserved": cost.unserved,
        }
        | ({"other_technician": cost.apart} if any(job.apart for job in board.jobs) else {})
        | ({"interrupted": cost.interrupted} if any(job.split_cost for job in board.jobs) else {}),
    }


def _breaks(route: Route) -> dict[str, Any]:
    """When breaks are, for those who have some."""
    rests = [{"start": start, "end": end} for start, end in route.rests]
    return {"breaks": rests} if rests else {}


def _parts(stop: Stop) -> dict[str, Any]:
    """When work is done at what is left at the end of a shift and goes on in the next."""
    parts = [{"start": start, "end": end} for start, end in stop.parts]
    return {"parts": parts} if len(parts) > 1 else {}


def _stops(kernel: Kernel, route: Route) -> list[dict[str, Any]]:
    from store.domain.dispatch.told import stops_of

    return [
        {
            "order": kernel.job(stop.job).id,
            "arrive": stop.arrive,
            "start": stop.start,
            "end": stop.end,
        }
        | _parts(stop)
        for stop in stops_of(route)
    ]


def count(text: str) -> int:
    """How many rounds."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def seconds(text: str) -> float:
    """How much time of the processor."""
    number = float(text)
    if not 0 <= number <= 86_400:
        raise ValueError(text)
    return number
