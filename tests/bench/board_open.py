"""The board at its largest: the card, the technicians and the alarms beside the orders.

Run `python -m tests.bench board_open`: cursor keys under live writes and the seconds that tick,
with every panel open, beside the same board at eighty columns and a bare counter of that size.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.board import WRITES_A_SECOND, await_orders, presses, read_for, swept
from tests.bench.board_desk import COUNTER, at_desk, paidan
from tests.bench.board_ticks import seconds, urgent_desk
from tests.bench.board_writer import writing
from tests.bench.figures import Row, middle, quantile, show
from tests.bench.million import ORDERS, QUICK, million

if TYPE_CHECKING:
    from tests.console.pty_desk import Desk

LARGE, SMALL = (200, 50), (80, 42)
ROUNDS, QUICK_ROUNDS = 4, 2
PANELS = ("all open", "what happened", "jobs", "more alarms")
"""What stands on the screen only while the queues, the card, the people, the alarms do."""
COUNTDOWNS_LARGE, COUNTDOWNS_SMALL = 20, 20
"""As many orders as each size has room for, all under ten minutes."""


def run(*, quick: bool = False) -> list[Row]:
    """Keys, then ticks."""
    url = swept(million("sqlite", orders=QUICK if quick else ORDERS, now=True))
    with tempfile.TemporaryDirectory() as folder:
        rounds = QUICK_ROUNDS if quick else ROUNDS
        return [*_keys(url, Path(folder), rounds), *_ticks(Path(folder))]


def _keys(url: str, folder: Path, rounds: int) -> list[Row]:
    """From a cursor key to its paint, while others write."""
    large: list[float] = []
    small: list[float] = []
    bare: list[float] = []
    dice = random.Random(1)
    with writing(url, a_second=WRITES_A_SECOND):
        for _ in range(rounds):
            with at_desk(paidan(url, folder, size=LARGE)) as desk:
                await_orders(desk)
                _all_open(desk)
                large += presses(desk, b">", dice)
            with at_desk(paidan(url, folder, size=SMALL)) as desk:
                await_orders(desk)
                small += presses(desk, b">", dice)
            with at_desk(replace(COUNTER, size=LARGE)) as desk:
                desk.sees("board on 0")
                read_for(desk, 1)
                bare += presses(desk, b"on", dice)
    return [
        Row(
            measure=f"every panel open: cursor key → painted, live writes, {name}",
            ours=quantile(large, part),
            unit="ms",
            peer=quantile(peer, part),
            peer_name=peer_name,
            most_ratio=most,
        )
        for name, part, budget in (("p50", 0.5, 1.5), ("p95", 0.95, 2.0))
        for peer, peer_name, most in ((bare, "bare counter", budget), (small, "80 columns", None))
    ]


def _ticks(folder: Path) -> list[Row]:
    """What a second costs while orders are due within minutes."""
    url = urgent_desk(folder / "busy.db", urgent=True)
    large, large_cpu = seconds(url, folder, countdowns=COUNTDOWNS_LARGE, size=LARGE)
    small, small_cpu = seconds(url, folder, countdowns=COUNTDOWNS_SMALL, size=SMALL)
    return [
        Row(
            measure="every panel open: bytes of a second of countdowns",
            ours=middle(large),
            unit="B",
            peer=middle(small),
            peer_name="80 columns",
            most=400,
        ),
        Row(
            measure="every panel open: processor time of that second",
            ours=large_cpu,
            unit="ms",
            peer=small_cpu,
            peer_name="80 columns",
        ),
    ]


def _all_open(desk: Desk) -> None:
    """What is measured is what the name says."""
    desk.until(lambda: all(panel in desk.text() for panel in PANELS), 30)


if __name__ == "__main__":
    raise SystemExit(show(run()))
