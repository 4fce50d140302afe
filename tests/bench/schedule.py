"""The schedule board with five hundred technicians: from the key on a real terminal to the paint.

`python -m tests.bench schedule`. A job is chosen, and what it would come to elsewhere is weighed.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Final

from store import clock
from store.commands import MoveOrder, NewOrder, SaveShift, SaveSite, SaveTechnician
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.records import open_records
from tests.bench.figures import Row, quantile
from tests.bench.keys import PEER, measure, press, walk
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command

PEOPLE, EACH, SITES = 500, 6, 60
PRESSES: Final = 120
DESK: Final = Who(operator=2, via="generate")
RIGHT, LEFT = "\x1b[C", "\x1b[D"


def run(*, quick: bool = False) -> list[Row]:
    """Three thousand planned jobs; quick, a fifth of that."""
    people = PEOPLE // 5 if quick else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "desk.db")
        _fill(url, people)
        cursor, jobs, weighed = _pressed(url)
    bare = measure(PEER, ready="board on 0", painted=b"on", keys=walk(), presses=PRESSES)
    name = f"schedule board, {people} technicians with {EACH} jobs each"
    return [
        Row(
            measure=f"{name}: cursor key → painted, p95",
            ours=quantile(cursor, 0.95),
            unit="ms",
            peer=quantile(bare, 0.95),
            peer_name="bare counter",
        ),
        Row(measure=f"{name}: another job at hand, p95", ours=quantile(jobs, 0.95), unit="ms"),
        Row(
            measure=f"{name}: another place → what it costs is painted, p95",
            ours=quantile(weighed, 0.95),
            unit="ms",
            most=250.0,
        ),
    ]


def _fill(url: str, people: int) -> None:
    dice, now = Random(7), clock.now()
    with closing(open_records(url, feed=False)) as records:
        for command in _people(dice, people):
            records.do(command, who=DESK, at=now)
        for turn in range(people * EACH):
            asked = NewOrder(
                title=f"job {turn}",
                priority=dice.randint(1, 4),
                site=f"S{dice.randrange(SITES)}",
                level="critical",
            )
            number = records.do(asked, who=DESK, at=now).numbers[0]
            given = MoveOrder(number=number, move=Move.ASSIGN, technician=f"T{turn % people}")
            records.do(given, who=DESK, at=now)


def _people(dice: Random, people: int) -> Iterator[Command]:
    now = clock.now()
    for n in range(SITES):
        place = {"latitude": 31 + dice.random() / 5, "longitude": 121 + dice.random() / 5}
        yield SaveSite(code=f"S{n}", name=f"站点 {n}", zone="UTC", **place)  # type: ignore[arg-type]
    for n in range(people):
        yield SaveTechnician(code=f"T{n}", name=f"王芳 {n}", home=f"S{n % SITES}")
        yield SaveShift(technician=f"T{n}", starts_at=now, ends_at=now + timedelta(hours=9))


def _pressed(url: str) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of a cursor key, of another job, and of another place for one."""
    with Desk([PYTHON, "-m", "console.cli", "--db", url], size=(160, 42)) as desk:
        desk.sees("job 0", timeout=30)
        desk.press("Y")
        desk.sees("+ ", timeout=30)
        desk.settle(2.0)
        keys = walk()
        cursor = [press(desk, next(keys), b">") for _ in range(PRESSES)]
        turns = cycle([RIGHT] * 3 + [LEFT] * 3)
        jobs = [press(desk, next(turns), b"<") for _ in range(PRESSES)]
        desk.press("m")
        desk.settle(1.0)
        turns = cycle([RIGHT, RIGHT, LEFT, LEFT])
        return cursor, jobs, [_weighed(desk, next(turns)) for _ in range(PRESSES // 2)]


def _weighed(desk: Desk, key: str) -> float:
    """Until the place where it would come is drawn."""
    desk.settle(0.02)
    before, began = len(desk.raw), perf_counter()
    desk.press(key)
    while b"?" not in desk.raw[before:] and perf_counter() - began < 5:
        desk.read(1.0)
    return 1000 * (perf_counter() - began)
