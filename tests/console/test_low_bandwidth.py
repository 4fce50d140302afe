"""A console on a slow line: few ticks, nothing that moves, and it tells what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from console.meter import Meter
from store import clock
from store.commands.moves import MoveOrder
from store.domain.lifecycle import Move
from tests.console.faulty_desk import ANA, console, furnish

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_bytes_a_second_are_those_since_the_last_look() -> None:
    """Not since the start, when the whole screen was painted."""
    meter = Meter()
    assert meter.read(9_000, AT) == 0
    assert meter.read(9_100, AT + timedelta(seconds=5)) == 20
    assert meter.read(9_101, AT + timedelta(seconds=10)) == 1
    assert meter.read(9_101, AT + timedelta(seconds=10)) == 0


def _rate(desk: Desk) -> int | None:
    found = re.search(r"(\d+) B/s", desk.line(0))
    return int(found[1]) if found else None


def test_it_ticks_every_five_seconds_and_says_what_that_costs(tmp_path: Path) -> None:
    """In a real terminal, beside a countdown that shows seconds."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    records, at = furnish(url), clock.now()
    wake = at + timedelta(minutes=9)
    for step in (
        MoveOrder(number=2, move=Move.ACCEPT),
        MoveOrder(number=2, move=Move.WAIT, reason="parts", wake_at=wake),
    ):
        records.do(step, who=ANA, at=at)
    records.close()
    seen: list[int] = []

    def collect(desk: Desk) -> bool:
        found = re.search(r"(\d+):(\d\d) wake", desk.text())
        left = int(found[1]) * 60 + int(found[2]) if found else None
        if left is not None and left not in seen:
            seen.append(left)
        return len(seen) == 6

    with console(url, tmp_path, "--low-bandwidth", size=(140, 30)) as desk:
        desk.until(lambda: collect(desk), 40)
        desk.until(lambda: (_rate(desk) or 1_000) < 100, 30)
    gaps = [a - b for a, b in pairwise(seen)]
    assert gaps.count(5) >= 2, gaps  # news repaints, too
