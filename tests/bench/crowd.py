"""A hundred sessions whose clients drop, stop and hammer, and a flood of hostile log-ins.

Run `python -m tests.bench crowd`: `paidan serve` and real OpenSSH clients on one machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from console.demo.seats import NEXT
from store import clock
from tests.bench.crowd_lasts import hammered
from tests.bench.figures import Row, quantile, show
from tests.bench.sessions import COUNTING, SETTLED_S, connected, counting_desk, drain, presses
from tests.console.pty_desk import PYTHON, ROOT
from tests.console.ssh_desk import SshDesk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.console.pty_desk import Desk

FLOODED, A_SECOND = 10, 200
FLOOD_S, QUICK_FLOOD_S = 60, 10
QUIET_PRESSES, QUICK_PRESSES = 200, 60
PRESSES_TO_A_LOGIN = 60
TIMES = 2.0
"""What a key may take during the flood, in what it takes without."""


def run(*, quick: bool = False) -> list[Row]:
    """The crowd, then the flood."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return [*hammered(place, quick=quick), *_flooded(place, quick=quick)]


def _flooded(place: Path, *, quick: bool) -> list[Row]:
    """Keys at open sessions before, during and after."""
    url = counting_desk(place / "flood.db", urgent=True)
    (home := place / "flood").mkdir()
    with SshDesk(url, home, people=[NEXT]) as served, ExitStack() as stack:
        desks: list[Desk] = []
        for _ in range(FLOODED):
            desks.append(stack.enter_context(connected(served, desks, COUNTING)[0]))
        drain(desks, SETTLED_S)
        count = QUICK_PRESSES if quick else QUIET_PRESSES
        quiet = list(presses(desks, count))
        flood = _Flood(served.port, QUICK_FLOOD_S if quick else FLOOD_S)
        busy: list[float] = []
        logins: list[float | None] = []
        while flood.goes_on:
            busy += presses(desks, PRESSES_TO_A_LOGIN)
            if flood.goes_on:
                logins.append(_login(served, desks))
        made = flood.made()
        print("flood:", made, file=sys.stderr)
        quiet += presses(desks, count)
        gone = sum(desk.process.poll() is not None for desk in desks)
    return _rows(quiet, busy, logins, gone, made)


def _rows(
    quiet: Sequence[float],
    busy: Sequence[float],
    logins: Sequence[float | None],
    gone: int,
    made: dict[str, int],
) -> list[Row]:
    what = f"{A_SECOND} hostile log-ins a second"
    tried = sum(made.get(kind, 0) for kind in ("silent", "garbage", "key", "not connected"))
    return [
        Row(
            measure=f"cursor key → painted over SSH, {name}, {FLOODED} sessions, {what}",
            ours=quantile(busy, part),
            unit="ms",
            peer=quantile(quiet, part),
            peer_name="without",
            most_ratio=most,
        )
        for name, part, most in (("p50", 0.5, None), ("p95", 0.95, TIMES))
    ] + [
        Row(
            measure="hostile log-ins really made a second, "
            + ", ".join(f"{kind} {count}" for kind, count in made.items()),
            ours=tried / max(1, made["seconds"]),
            unit="",
        ),
        Row(measure=f"sessions that ended, {what}, of {FLOODED}", ours=gone, unit="", most=0),
        Row(
            measure=f"operators who did not come in, {what}, of {len(logins)}",
            ours=logins.count(None),
            unit="",
            most=0,
        ),
        Row(
            measure=f"ssh → first rows painted, the slowest of {len(logins)}, {what}",
            ours=max((took for took in logins if took is not None), default=0.0),
            unit="ms",
        ),
    ]


def _login(served: SshDesk, others: Sequence[Desk]) -> float | None:
    """In how many milliseconds one more operator came in; None for who did not."""
    with suppress(AssertionError):
        desk, took = connected(served, others, COUNTING)
        with desk:
            return took
    return None


class _Flood:
    """The process that floods."""

    def __init__(self, port: int, seconds: float) -> None:
        words = [PYTHON, "-m", "tests.bench.crowd_flood", str(port), str(A_SECOND), str(seconds)]
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self._until = clock.monotonic() + seconds

    @property
    def goes_on(self) -> bool:
        return clock.monotonic() < self._until

    def made(self) -> dict[str, int]:
        """How many of each kind there were, once it is over."""
        told: dict[str, int] = json.loads(self._process.communicate(timeout=60)[0])
        return told


if __name__ == "__main__":
    raise SystemExit(show(run()))
