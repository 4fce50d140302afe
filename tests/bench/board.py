"""The real console on a real terminal over a store of a million orders.

Run `python -m tests.bench board`. Start, cursor keys under live writes, memory; then the seconds
that tick on a desk of forty urgent orders, and on one where nothing is urgent. Each stands beside
its peer, in turns, so that noise hits both alike.
"""

from __future__ import annotations

import random
import tempfile
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.runner import fire_due
from store import clock
from store.records import open_records
from tests.bench.bare import PAINTED
from tests.bench.board_desk import BARE, COUNTER, FIRST_FRAME, FIRST_ROW, Times, at_desk, paidan
from tests.bench.board_ticks import ticking
from tests.bench.board_writer import writing
from tests.bench.figures import Row, middle, quantile, show
from tests.bench.keys import walk
from tests.bench.million import ORDERS, QUICK, million
from tests.postgres import PgMissing

if TYPE_CHECKING:
    from tests.console.pty_desk import Desk

STARTS, ROUNDS, PRESSES = 11, 4, 60
WRITES_A_SECOND = 20
SETTLED_S, MINUTE_S = 4.0, 60.0
PAGES = 30
QUEUE_KEYS = "234567890-1"
PAGE_DOWN = "\x1b[6~"


def run(*, quick: bool = False) -> list[Row]:
    """All of them; without PostgreSQL on the machine, SQLite alone."""
    orders = QUICK if quick else ORDERS
    url = swept(million("sqlite", orders=orders, now=True))
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            *starts(url, STARTS, Path(folder)),
            *keys("SQLite", url, ROUNDS, Path(folder)),
            memory(url, Path(folder), minute=MINUTE_S / 6 if quick else MINUTE_S),
            *ticking(Path(folder)),
        ]
        if quick:
            return rows
        try:
            theirs = swept(million("postgresql", orders=orders, now=True))
        except PgMissing:
            return rows
        return rows + keys("PostgreSQL", theirs, ROUNDS, Path(folder))


def swept(url: str) -> str:
    """A desk has fired what fell due before; here it would all fall on the first console."""
    records = open_records(url, feed=False)
    fire_due(records, at=clock.now())
    records.close()
    return url


def starts(url: str, rounds: int, folder: Path) -> list[Row]:
    """From the command to the first frame and the first orders, beside a bare app's first paint."""
    ours, bare = Times(), Times()
    paidan(url, folder).start_once()  # the first start of an installation compiles
    for _ in range(rounds):
        bare.add(BARE.started([PAINTED]))
        ours.add(paidan(url, folder).started([FIRST_FRAME, FIRST_ROW]))
    rows = []
    for place, what, most in ((0, "first frame", 1.5), (1, "first orders", 4.0)):
        for unit, kind in (("wall", "ms"), ("processor", "ms")):
            rows.append(
                Row(
                    measure=f"start → {what}, a million orders, {unit}",
                    ours=middle(ours.of(place, unit)),
                    unit=kind,
                    peer=middle(bare.of(0, unit)),
                    peer_name="bare app's first paint",
                    most_ratio=most,
                )
            )
    return rows


def keys(name: str, url: str, rounds: int, folder: Path) -> list[Row]:
    """From a cursor key to its paint, whatever the board is doing, while others write."""
    ours: list[float] = []
    peer: list[float] = []
    dice = random.Random(1)
    with writing(url, a_second=WRITES_A_SECOND) as writer:
        for _ in range(rounds):
            with at_desk(paidan(url, folder)) as desk:
                await_orders(desk)
                ours += presses(desk, b">", dice)
            with at_desk(COUNTER) as desk:
                desk.sees("board on 0")
                read_for(desk, SETTLED_S / 4)
                peer += presses(desk, b"on", dice)
        reached = writer.a_second()
    return [
        *(
            Row(
                measure=f"{name}: cursor key → painted, a million orders, live writes, {part_name}",
                ours=quantile(ours, part),
                unit="ms",
                peer=quantile(peer, part),
                peer_name="bare counter",
                most_ratio=most,
            )
            for part_name, part, most in (("p50", 0.5, 1.5), ("p95", 0.95, 2.0))
        ),
        Row(measure=f"{name}: commits a second meanwhile", ours=reached, unit="/s"),
    ]


def memory(url: str, folder: Path, *, minute: float) -> Row:
    """What stays in memory after looking around and a minute of news."""
    with at_desk(paidan(url, folder)) as desk, at_desk(BARE.over(url)) as bare:
        await_orders(desk)
        bare.sees(PAINTED.decode())
        for key in chain(repeat(PAGE_DOWN, PAGES), "Gg", QUEUE_KEYS):
            desk.press(key)
            read_for(desk, 0.2)
        with writing(url, a_second=WRITES_A_SECOND):
            read_for(desk, minute)
        read_for(bare, 0.2)
        return Row(
            measure="resident memory, a million orders, scrolled, after a minute of news",
            ours=resident(desk),
            unit="MiB",
            peer=resident(bare),
            peer_name="bare Textual + SQLAlchemy",
            most_ratio=1.6,
        )


def resident(desk: Desk) -> float:
    """MiB of a process that stand in memory."""
    rollup = Path(f"/proc/{desk.process.pid}/smaps_rollup").read_text("utf-8")
    lines = (line.split() for line in rollup.splitlines())
    return next(int(line[1]) for line in lines if line[0] == "Rss:") / 1024


def presses(desk: Desk, painted: bytes, dice: random.Random) -> list[float]:
    """Milliseconds of each press; pressed at any time, not when the board happens to be quiet."""
    turns = walk()
    times = []
    for _ in range(PRESSES):
        read_for(desk, dice.uniform(0.04, 0.14))
        start, began = len(desk.raw), clock.monotonic()
        desk.press(next(turns))
        while painted not in desk.raw[start:]:
            assert clock.monotonic() - began < 10, desk.text()
            desk.read(1)
        times.append(1000 * (clock.monotonic() - began))
    return times


def await_orders(desk: Desk) -> None:
    desk.until(lambda: "> " in desk.text(), 60)
    read_for(desk, SETTLED_S)


def read_for(desk: Desk, seconds: float) -> None:
    end = clock.monotonic() + seconds
    while (left := end - clock.monotonic()) > 0:
        desk.read(left)


if __name__ == "__main__":
    raise SystemExit(show(run()))
