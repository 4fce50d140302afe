"""How long the cursor takes: from the key on a real terminal to the painted row.

`measure` takes any command line, so a board over a real store is measured by the same hand:

    times = measure([PYTHON, "-m", "console.cli", "--db", url], ready="W0000001", painted=b">")
"""

from __future__ import annotations

import gc
import sys
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.figures import Row, quantile, show
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SIZE = (160, 42)
PRESSES = 200
ROUNDS = 4

OURS = (PYTHON, "-m", "tests.console.apps.board", "1000000", "7", "900")
PEER = (PYTHON, "-m", "tests.bench.peers", "counter")
_LIMIT_S = 5.0
_QUIET_S = 0.02


def _until_painted(desk: Desk, painted: bytes) -> float:
    """When the mark of the new row had been read."""
    start = len(desk.raw)
    end = perf_counter() + _LIMIT_S
    while painted not in desk.raw[start:]:
        if perf_counter() > end:
            raise AssertionError("no paint in time; the screen:\n" + desk.text())
        desk.read(_LIMIT_S)
    return perf_counter()


def press(desk: Desk, key: str, painted: bytes) -> float:
    """Milliseconds from one key to its paint; the screen is quiet before."""
    while desk.read(_QUIET_S):
        pass
    began = perf_counter()
    desk.press(key)
    return 1000 * (_until_painted(desk, painted) - began)


def measure(
    command: Sequence[str],
    *,
    ready: str,
    painted: bytes,
    keys: Iterator[str],
    presses: int = PRESSES,
    env: Mapping[str, str | None] | None = None,
) -> list[float]:
    """Milliseconds of each key press, once the screen shows `ready`."""
    with Desk(command, size=SIZE, env=env) as desk:
        desk.sees(ready, timeout=30)
        desk.settle(0.5)
        gc.disable()
        try:
            times = [press(desk, next(keys), painted) for _ in range(presses + 10)]
        finally:
            gc.enable()
    return times[10:]


def walk() -> Iterator[str]:
    """Down fifteen rows and up again, for ever: the list scrolls at neither end."""
    while True:
        yield from "j" * 15
        yield from "k" * 15


def run() -> list[Row]:
    """A million rows made in memory beside a counter, in turns, so that noise hits both alike."""
    ours: list[float] = []
    peer: list[float] = []
    for _ in range(ROUNDS):
        part = PRESSES // ROUNDS
        ours += measure(OURS, ready="board on 0", painted=b">", keys=walk(), presses=part)
        peer += measure(PEER, ready="board on 0", painted=b"on", keys=walk(), presses=part)
    return [
        Row(
            measure=f"cursor key to painted row, a million rows in memory, {name}",
            ours=quantile(ours, part),
            unit="ms",
            peer=quantile(peer, part),
            peer_name="bare counter",
            most_ratio=most,
        )
        for name, part, most in (("p50", 0.5, 1.5), ("p95", 0.95, 2.0))
    ]


if __name__ == "__main__":
    sys.exit(show(run()))
