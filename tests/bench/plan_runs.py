"""Runs our command and the peers on boards, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING, Any, Final
from venv import create

from tests.domain.dispatch_judge import judged

if TYPE_CHECKING:
    from tests.bench.plan_judge import Judge

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HOME: Final = ROOT / ".venv-peers"
PEERS: Final = ("ortools", "pyvrp", "vroom")
FROM_OURS: Final = "ortools from our first plan"

Values = dict[str, Any]


def peers_at_hand() -> Path:
    """The interpreter of the peers' own environment, which is made when it is first wanted."""
    python, done = HOME / "bin" / "python", HOME / ".set-up"
    wanted = (HERE / "plan_peers.txt").read_text("utf-8")
    if not done.exists() or done.read_text("utf-8") != wanted:
        print(f"making {HOME.name} for the peers ...", file=sys.stderr, flush=True)
        create(HOME, with_pip=True)
        install: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        listed: list[str | Path] = ["--requirement", HERE / "plan_peers.txt"]
        subprocess.run([*install, *listed], check=True, stdout=sys.stderr)
        done.write_text(wanted, "utf-8")
    return python


def stretch() -> float:
    """Seconds that pass while the processor computes one for us: others are at work, too."""
    begun, used = time.monotonic(), time.process_time()
    while time.process_time() - used < 0.5:
        pass
    return max(1.0, (time.monotonic() - begun) / 0.5)


def ours(board: Values, *words: str) -> float:
    """What our plan for a board costs; AssertionError where it breaks a rule."""
    return judged(board, planned(board, *words))


def planned(board: Values, *words: str) -> Values:
    """What `paidan plan` prints for a board."""
    ran = subprocess.run(
        [sys.executable, "-m", "console.cli", "plan", "-", *words],
        input=json.dumps(board),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    plan: Values = json.loads(ran.stdout)
    return plan


def timed(board: Values, *words: str) -> tuple[Values, float]:
    """The same, and the seconds of processor that the whole command took; not beside another."""
    before = getrusage(RUSAGE_CHILDREN)
    plan = planned(board, *words)
    after = getrusage(RUSAGE_CHILDREN)
    return plan, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def theirs(judge: Judge, peer: str, seconds: float, *, wait: float) -> float:
    """What a peer's answer costs, given so many seconds of processor, once it is mended.

    VROOM knows no clock but the one on the wall, and is given `wait` times as long on that.
    """
    asked = {
        "peer": peer.split()[0],
        "seconds": seconds,
        "stretch": wait,
        "board": judge.board,
        "minutes": judge.minutes,
        "first": _first(judge) if peer == FROM_OURS else judge.greedy(),
    }
    ran = subprocess.run(
        [peers_at_hand(), HERE / "plan_peers.py"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return judge.worth(json.loads(ran.stdout.splitlines()[-1])["routes"])


def _first(judge: Judge) -> list[list[int]]:
    """Our first plan by insertion: already far better than greedy."""
    plan = planned(judge.board, "--iterations", "0")
    places = {order["id"]: place for place, order in enumerate(judge.orders)}
    routes = {one["technician"]: one["stops"] for one in plan["routes"]}
    return [[places[stop["order"]] for stop in routes[person["id"]]] for person in judge.people]
