"""What one second costs: bytes on the wire and processor time while forty countdowns tick."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.bench.figures import Row, middle, show
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = (160, 42)
TICKS = 40

OURS = (PYTHON, "-m", "tests.console.apps.board", "1000", "7", "100")
CALM = (PYTHON, "-m", "tests.console.apps.board", "1000", "97", "700")
PEER = (PYTHON, "-m", "tests.bench.peers", "table")


def _bytes_a_tick(desk: Desk, ticks: int) -> list[int]:
    counts = []
    for _ in range(ticks):
        desk.take()
        desk.press("t")
        desk.settle(0.08)
        counts.append(len(desk.take()))
    return counts


def _cpu_of(desk: Desk, key: str, times: int) -> float:
    """Processor seconds for one press of a key."""
    before = desk.cpu_seconds()
    for _ in range(times):
        desk.press(key)
        desk.settle(0.04)
    return (desk.cpu_seconds() - before) / times


def measure(command: Sequence[str], ticks: int) -> tuple[list[int], float]:
    """Bytes of each tick, and the processor milliseconds of one without its key press."""
    with Desk(command, size=SIZE) as desk:
        desk.sees("board")
        desk.settle(0.5)
        _cpu_of(desk, "t", 5)
        counts = _bytes_a_tick(desk, ticks)
        tick, key = _cpu_of(desk, "t", ticks), _cpu_of(desk, "z", ticks)
        return counts, 1000 * (tick - key)


def run() -> list[Row]:
    """Our table beside DataTable in the same minute."""
    ours, our_cpu = measure(OURS, TICKS)
    peer, peer_cpu = measure(PEER, TICKS)
    calm, _ = measure(CALM, 60)
    return [
        Row(
            measure="bytes of a tick of 40 countdowns in seconds",
            ours=middle(ours),
            unit="B",
            peer=middle(peer),
            peer_name="DataTable.update_cell x40",
            most=400,
            most_ratio=1 / 40,
        ),
        Row(measure="bytes of the largest such tick", ours=max(ours), unit="B"),
        Row(
            measure="bytes a second, nothing under ten minutes",
            ours=sum(calm) / len(calm),
            unit="B",
            most=60,
        ),
        Row(
            measure="processor time of a tick",
            ours=our_cpu,
            unit="ms",
            peer=peer_cpu,
            peer_name="DataTable",
            most_ratio=1 / 6,
        ),
    ]


if __name__ == "__main__":
    sys.exit(show(run()))
