"""What a second costs the real board: forty countdowns in seconds, and nothing urgent at all."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.runner import fire_due
from store import clock
from store.commands.orders import NewOrder
from store.domain.who import Who
from store.records import open_records
from tests.bench.board_desk import at_desk, paidan
from tests.bench.figures import Row, middle
from tests.bench.tick import PEER
from tests.bench.tick import measure as measure_table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk

SIZE = (160, 66)
"""High enough for forty orders beside everything else that a board shows."""

URGENT, SECONDS = 48, 40
RESPOND = timedelta(minutes=30)
"""What the level `critical` promises orders of priority 1."""

_SECONDS = re.compile(r" \d:\d\d ")
_ALARMED_S = 4.0
WHO = Who(operator=1, via="bench")


def ticking(folder: Path) -> list[Row]:
    """Both desks beside DataTable."""
    peer, peer_cpu = measure_table(PEER, SECONDS)
    calm, calm_cpu = seconds(urgent_desk(folder / "calm.db", urgent=False), folder, countdowns=0)
    busy, busy_cpu = seconds(urgent_desk(folder / "busy.db", urgent=True), folder, countdowns=40)
    return [
        Row(
            measure="board: bytes of a second with 40 countdowns in seconds",
            ours=middle(busy),
            unit="B",
            peer=middle(peer),
            peer_name="DataTable.update_cell x40",
            most=400,
            most_ratio=1 / 40,
        ),
        Row(
            measure="board: bytes a second, nothing under ten minutes",
            ours=sum(calm) / len(calm),
            unit="B",
            most=60,
        ),
        Row(
            measure="board: processor time of a second with 40 countdowns",
            ours=busy_cpu - calm_cpu,
            unit="ms",
            peer=peer_cpu,
            peer_name="DataTable",
            most_ratio=1 / 6,
        ),
        Row(measure="board: processor time of a second without", ours=calm_cpu, unit="ms"),
    ]


def urgent_desk(file: Path, *, urgent: bool) -> str:
    """A desk of orders due in four to seven minutes, or in some hours."""
    url = f"sqlite:///{file}"
    records = open_records(url, feed=False)
    at = clock.now()
    for number in range(URGENT):
        left = timedelta(seconds=250 + 3.5 * number)
        order = NewOrder(
            title=f"三号楼 lift {number} stands still",
            level="critical",
            priority=1 if urgent else 3,
            opened_at=at - RESPOND + left if urgent else None,
        )
        records.do(order, who=WHO, at=at)
    fire_due(records, at=at)
    records.close()
    return url


def seconds(
    url: str, folder: Path, *, countdowns: int, size: tuple[int, int] = SIZE
) -> tuple[list[int], float]:
    """Bytes of each second, and the processor milliseconds of one."""
    with at_desk(paidan(url, folder, size=size)) as desk:
        desk.sees("timers ok", 60)
        desk.until(lambda: len(_SECONDS.findall(desk.text())) >= countdowns, 30)
        _wait(desk, _ALARMED_S)
        before = desk.cpu_seconds()
        counts = []
        for _ in range(SECONDS):
            desk.take()
            _wait(desk, 1)
            counts.append(len(desk.take()))
        spent = desk.cpu_seconds() - before
        desk.feed()
        assert len(_SECONDS.findall(desk.text())) >= countdowns, desk.text()
        return counts, 1000 * spent / SECONDS


def _wait(desk: Desk, seconds: float) -> None:
    end = clock.monotonic() + seconds
    while (left := end - clock.monotonic()) > 0:
        desk.read(left)


if __name__ == "__main__":
    import tempfile
    from pathlib import Path as Folder

    from tests.bench.figures import show

    with tempfile.TemporaryDirectory() as made:
        raise SystemExit(show(ticking(Folder(made))))
